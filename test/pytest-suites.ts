import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname } from "node:path";
import { projectRoot } from "../local/setup/node-packages.mjs";
import { type EnvironmentName, interpreter } from "../local/setup/python-environments.mjs";

export interface Counts {
  passed: number;
  failed: number;
}

interface PythonSuite {
  environment: EnvironmentName;
  folder: string;
}

/** Each folder of Python tests with the environment that it needs. Each is a pytest of its own: their modules have the same names. */
function pythonSuites(): PythonSuite[] {
  const tests = globSync("test/containers/*/test_*.py", { cwd: projectRoot });
  const containers = [...new Set(tests.map((file) => basename(dirname(file))))];
  return [
    { environment: "spark", folder: "test/glue" },
    ...containers.map((name): PythonSuite => {
      const environment = name === "xgboost" ? "xgboost" : "learners";
      return { environment, folder: `test/containers/${name}` };
    }),
  ];
}

/** Runs all Python tests, as many suites at a time as there are cores; each one's output is shown when it has ended. */
export async function runPythonSuites(): Promise<Counts[]> {
  const next = pythonSuites().values();
  const results: Counts[] = [];
  const work = async () => {
    for (const suite of next) results.push(await runPytest(suite));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return results;
}

async function runPytest({ environment, folder }: PythonSuite): Promise<Counts> {
  const child = spawn(await interpreter(environment), ["-m", "pytest", "--no-header", folder], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk;
    });
  }
  const code = await new Promise((resolve) => child.on("close", resolve));
  console.log(`\n  pytest ${folder}\n\n${output.trimEnd()}`);
  const count = (word: string) =>
    Number(new RegExp(`(\\d+) ${word}`).exec(output.slice(-500))?.[1] ?? 0);
  const failed = count("failed") + count("error");
  // pytest may die before it counts anything: that is a failure too, not an empty success.
  return { passed: count("passed"), failed: code === 0 ? failed : Math.max(failed, 1) };
}
