import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { abaloneLibsvm } from "../sample-data/abalone.ts";
import type { Input } from "./demo-inputs.ts";

export const usage = `npm run compare [-- --input FILE]... [--label COLUMN] [--comparison NAME] [--promote] [--by endpoint|batch]

Deploys a comparison of Pulumi.local.yaml into a local cloud, uploads each input, and shows which algorithm wins.

  --input FILE         libsvm or CSV; once for each run. With accumulate: true in config a run trains on this input and those
                       before it, else on this one alone (default: two files of 3,000 made-up shells)
  --label COLUMN       of CSV with a header: the column to predict (default: LABEL_COLUMN of config, or else the first)
  --comparison NAME    which one of retraining:comparisons (default: the first)
  --promote            a clear winner goes to the comparison's endpoint, which ends with the command
  --by endpoint|batch  how candidates are asked (default: as config says)`;

export interface CompareOptions {
  inputs: Input[];
  label: string | undefined;
  comparison: string | undefined;
  promote: boolean;
  by: string | undefined;
}

const extensions = [".csv", ".libsvm", ".svm"];

/**
 * @returns undefined when only help was asked for
 * @throws an Error that says what is wrong with the options or a file
 */
export async function readCompareOptions(
  args = process.argv.slice(2),
): Promise<CompareOptions | undefined> {
  const { input: files = [], label, comparison, promote, by, help } = parseOptions(args);
  if (help) return undefined;
  if (by !== undefined && by !== "endpoint" && by !== "batch") {
    throw new Error(`--by ${by}: write endpoint or batch\n\n${usage}`);
  }
  const inputs = files.length > 0 ? await Promise.all(files.map(readInput)) : sampleInputs();
  return { inputs, label, comparison, promote: promote ?? false, by };
}

function parseOptions(args: string[]) {
  const options = {
    input: { type: "string", multiple: true },
    label: { type: "string" },
    comparison: { type: "string" },
    promote: { type: "boolean" },
    by: { type: "string" },
    help: { type: "boolean" },
  } as const;
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${usage}`);
  }
}

function sampleInputs(): Input[] {
  return [1, 2].map((seed) => ({
    key: `input/abalone-0${seed}.libsvm`,
    body: Buffer.from(abaloneLibsvm({ rows: 3000, seed })),
  }));
}

// What the comparison would refuse is refused before a cloud is started for it.
async function readInput(path: string, index: number): Promise<Input> {
  const file = await stat(path).catch(() => undefined);
  if (file === undefined) throw new Error(`--input ${path}: there is no such file`);
  if (!file.isFile()) throw new Error(`--input ${path} is no file`);
  if (!extensions.some((extension) => path.toLowerCase().endsWith(extension))) {
    throw new Error(
      `--input ${path}: a comparison takes files named *${extensions.join(", *")}: rename it`,
    );
  }
  if (file.size === 0) throw new Error(`--input ${path} is empty`);
  return { key: `input/${index + 1}/${basename(path)}`, body: await readFile(path) };
}
