import type { SplitConfig } from "./comparison-config.ts";
import { splitSection } from "./comparison-sections.ts";
import type { Problem } from "./config-error.ts";
import { readSection } from "./section.ts";

/** How the rows are shared out: percentages that leave none out. */
export function readSplit(raw: unknown, path: string, problems: Problem[]): Partial<SplitConfig> {
  const read = readSection(splitSection, raw, path, problems);
  const { train, validation, test } = read;
  if (train === undefined || validation === undefined || test === undefined) return read;
  const sum = train + validation + test;
  if (sum === 100) return read;
  const rest = 100 - validation - test;
  const remedy = rest >= 1 ? `write train: ${rest}, or other numbers` : "lower validation or test";
  const rule = `train, validation and test add up to 100, not ${sum} (left out they are 70, 15 and 15)`;
  problems.push({ path, received: raw, rule, remedy });
  return read;
}
