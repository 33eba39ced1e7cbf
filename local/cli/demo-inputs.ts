import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { churnCsv } from "../sample-data/churn.ts";

/** A file that the demo uploads. */
export interface Input {
  key: string;
  body: Buffer;
}

export const usage = `npm run demo [-- --input FILE]

Deploys the churn pipeline into a local cloud, uploads two inputs, and reports on the runs.

  --input FILE   your own CSV, uploaded twice: the header that docs/churn-input.md shows (default: two files of
                 5,000 made-up customers)`;

/**
 * Two months of made-up customers, or the user's file twice.
 *
 * @returns undefined when only help was asked for
 * @throws an Error that says what is wrong with the options or the file
 */
export async function readInputs(): Promise<Input[] | undefined> {
  const { input, help } = readOptions();
  if (help) return undefined;
  if (input === undefined) {
    return [1, 2].map((month) => ({
      key: `input/2026/churn-0${month}.csv`,
      body: Buffer.from(churnCsv({ seed: month })),
    }));
  }
  const body = await readInput(input);
  return ["first", "second"].map((folder) => ({ key: `input/${folder}/${basename(input)}`, body }));
}

function readOptions() {
  const options = { input: { type: "string" }, help: { type: "boolean" } } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${usage}`);
  }
}

// What the pipeline would refuse is refused before a cloud is started for it.
async function readInput(path: string): Promise<Buffer> {
  const file = await stat(path).catch(() => undefined);
  if (file === undefined) throw new Error(`--input ${path}: there is no such file`);
  if (!file.isFile()) throw new Error(`--input ${path} is no file`);
  if (!path.endsWith(".csv")) {
    throw new Error(`--input ${path}: a pipeline takes only files named *.csv: rename it`);
  }
  if (file.size === 0) throw new Error(`--input ${path} is empty`);
  return readFile(path);
}
