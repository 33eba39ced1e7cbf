// Every test of the project: mocha for TypeScript, pytest for each Python environment. Ends with one line of counts.
import { globSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";
import { projectRoot } from "../local/setup/node-packages.mjs";
import { type Counts, runPythonSuites } from "./pytest-suites.ts";

async function main(patterns: string[]) {
  const runs = [await runMocha(patterns.length > 0 ? patterns : ["test/**/*.test.ts"])];
  if (patterns.length === 0) runs.push(...(await runPythonSuites()));
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

await main(process.argv.slice(2));
