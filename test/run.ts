// Every test of the project: mocha for TypeScript, pytest for each Python environment. Ends with one line of counts.
import { spawn } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";
import { projectRoot } from "../local/setup/node-packages.mjs";
import { type EnvironmentName, interpreter } from "../local/setup/python-environments.mjs";

interface Counts {
  passed: number;
  failed: number;
}

/** Python tests by the environment that they need. */
const pythonSuites: [EnvironmentName, string][] = [
  ["spark", "test/glue"],
  ["xgboost", "test/containers/xgboost"],
];

async function main(patterns: string[]) {
  const runs = [await runMocha(patterns.length > 0 ? patterns : ["test/**/*.test.ts"])];
  if (patterns.length === 0) {
    for (const [environment, folder] of pythonSuites)
      runs.push(await runPytest(environment, folder));
  }
  const passed = runs.reduce((sum, run) => sum + run.passed, 0);
  const failed = runs.reduce((sum, run) => sum + run.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

async function runMocha(patterns: string[]): Promise<Counts> {
  const mocha = new Mocha({ timeout: 30_000, color: process.stdout.isTTY });
  for (const file of patterns.flatMap((pattern) =>
    globSync(pattern, { cwd: projectRoot }).sort(),
  )) {
    mocha.addFile(join(projectRoot, file));
  }
  await mocha.loadFilesAsync();
  return await new Promise((resolve) => {
    const runner = mocha.run(() => {
      // A failed before-hook counts as a failure, and so do the tests that it kept from running.
      const { passes = 0, failures = 0 } = runner.stats ?? {};
      resolve({ passed: passes, failed: failures });
    });
  });
}

async function runPytest(environment: EnvironmentName, folder: string): Promise<Counts> {
  if (!existsSync(join(projectRoot, folder))) throw new Error(`no tests in ${folder}`);
  console.log(`\n  pytest ${folder}\n`);
  const child = spawn(await interpreter(environment), ["-m", "pytest", "--no-header", folder], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  const count = (word: string) =>
    Number(new RegExp(`(\\d+) ${word}`).exec(output.slice(-500))?.[1] ?? 0);
  const failed = count("failed") + count("error");
  // pytest may die before it counts anything: that is a failure too, not an empty success.
  return { passed: count("passed"), failed: code === 0 ? failed : Math.max(failed, 1) };
}

await main(process.argv.slice(2));
