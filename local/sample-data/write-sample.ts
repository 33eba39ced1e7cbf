import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

/**
 * The command line of a writer: `[FILE] [--name N]...`, a whole number for each name; standard output without FILE.
 * What is wrong with it goes to standard error, with exit code 1.
 *
 * @param defaults by name
 */
export function writeSample<Name extends string>(
  defaults: Record<Name, number>,
  csv: (options: Record<Name, number>) => string,
): void {
  try {
    write(defaults, csv);
  } catch (error) {
    const names = Object.entries(defaults).map(([name, value]) => `--${name} N (${value})`);
    console.error(`${(error as Error).message}\n\n[FILE] and any of ${names.join(", ")}`);
    process.exitCode = 1;
  }
}

function write<Name extends string>(
  defaults: Record<Name, number>,
  csv: (options: Record<Name, number>) => string,
): void {
  const names = Object.keys(defaults) as Name[];
  const { values, positionals } = parseArgs({
    options: Object.fromEntries(names.map((name) => [name, { type: "string" as const }])),
    allowPositionals: true,
  });
  const options = { ...defaults };
  for (const name of names) {
    const text = values[name];
    if (typeof text === "string") options[name] = wholeNumber(name, text);
  }
  writeFileSync(positionals[0] ?? process.stdout.fd, csv(options));
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} ${text}: write a whole number from 0`);
  return Number(text);
}
