import type { RawStackConfig } from "../../../stacks/config.ts";
import { ConfigError, type Problem } from "../../../stacks/config-error.ts";
import { minimalPipeline, parse } from "../../stacks/pipeline-config.ts";
import type { MalformedCase } from "./case.ts";

/** Of a rule, which may list all that the catalogue has. */
const longest = 90;

/** `path: rule` of every mistake, or `accepted`. The report that a user gets is made of them, so that it is seen to be possible. */
export function toldOf(config: () => unknown): string {
  try {
    config();
    return "accepted";
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(told).join("; ");
    throw error;
  }
}

function told({ path, rule, remedy }: Problem): string {
  if (remedy === "") throw new Error(`${path}: ${rule}, and nothing says what to do`);
  return `${path}: ${rule.length > longest ? `${rule.slice(0, longest)}…` : rule}`;
}

function entry(name: string, expected: string, config: () => unknown): MalformedCase {
  return { name, expected, seen: () => toldOf(config) };
}

/** The minimal pipeline with `sections` in place of its own. */
export function churn(
  name: string,
  sections: Record<string, unknown>,
  expected: string,
): MalformedCase {
  return entry(name, expected.replaceAll("~", "pipelines.churn"), () =>
    parse({ churn: { ...minimalPipeline(), ...sections } }),
  );
}

export function whole(name: string, raw: Partial<RawStackConfig>, expected: string): MalformedCase {
  return entry(name, expected, () => parse({ churn: minimalPipeline() }, raw));
}

export function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value;
}

/** A mapping with one key, also where JavaScript means something else by it. */
export const own = (key: string, value: unknown) =>
  JSON.parse(`{${JSON.stringify(key)}: ${JSON.stringify(value)}}`);
