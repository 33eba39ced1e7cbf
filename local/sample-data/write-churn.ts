import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { churnCsv } from "./churn.ts";

// node local/sample-data/write-churn.ts [FILE] [--rows N] [--seed N]: standard output without FILE.
const { values, positionals } = parseArgs({
  options: { rows: { type: "string", default: "5000" }, seed: { type: "string", default: "1" } },
  allowPositionals: true,
});
const csv = churnCsv({
  rows: wholeNumber("rows", values.rows),
  seed: wholeNumber("seed", values.seed),
});
writeFileSync(positionals[0] ?? process.stdout.fd, csv);

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} ${text}: write a whole number from 0`);
  return Number(text);
}
