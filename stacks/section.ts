import { z } from "zod";
import { nearestName } from "../components/nearest-name.ts";
import type { Problem } from "./config-error.ts";

type Shape = Readonly<Record<string, z.ZodType>>;

/** What of a section could be read. Complete if, and only if, reading it reported nothing. */
type Read<S extends Shape> = { [K in keyof S]?: z.output<S[K]> };

/**
 * Reads a mapping key by key, so that one wrong value hides nothing of what is beside it: cross checks go on with the rest.
 *
 * @param raw As YAML gave it; a missing or empty section is one without keys.
 * @param problems Gets what is wrong.
 */
export function readSection<S extends Shape>(
  shape: S,
  raw: unknown,
  path: string,
  problems: Problem[],
): Read<S> {
  const known = Object.keys(shape);
  const section = raw ?? {};
  if (!isMapping(section)) {
    const remedy = `write keys below it: ${known.join(", ")}`;
    problems.push({ path, received: raw, rule: "a mapping", remedy });
    return {};
  }
  for (const key of Object.keys(section)) {
    if (!known.includes(key)) problems.push(unknownKey(path, key, section[key], known));
  }
  const read: Record<string, unknown> = {};
  for (const key of known) {
    const parsed = shape[key]?.safeParse(section[key]);
    if (parsed?.success) read[key] = parsed.data;
    else problems.push(problemOf(`${path}.${key}`, section[key], parsed?.error));
  }
  return read as Read<S>;
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unknownKey(
  path: string,
  key: string,
  received: unknown,
  known: readonly string[],
): Problem {
  const nearest = nearestName(key, known);
  return {
    path: `${path}.${key}`,
    received,
    rule: `unknown key; known here: ${known.join(", ")}`,
    remedy: nearest === undefined ? "remove it" : `write ${nearest}`,
  };
}

/** A value that `schema` takes; else the problem says `rule` and `remedy`, whichever of the schema's checks failed. */
export function field<T extends z.ZodType>(
  schema: T,
  rule: string,
  remedy: string | ((received: unknown) => string),
) {
  return z.unknown().transform((received, context): z.output<T> => {
    const parsed = schema.safeParse(received);
    if (parsed.success) return parsed.data;
    const advice = typeof remedy === "string" ? remedy : remedy(received);
    context.issues.push({ code: "custom", input: received, params: { rule, remedy: advice } });
    return z.NEVER;
  });
}

/** A number, or a text that spells one: `pulumi config set --path` stores fractions as texts. */
export const number = z.preprocess(
  (value) => (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value),
  z.number(),
);

/** A whole number of `unit`, within limits. */
export function whole(unit: string, min: number, max: number, limits: string) {
  const rule = `a whole number of ${unit}, ${min} to ${max} (${limits})`;
  return field(number.pipe(z.int().min(min).max(max)), rule, (received) => {
    const given = numberOf(received);
    if (given > max) return `lower it to ${max} at most`;
    if (given < min) return `raise it to ${min} at least`;
    return "write a whole number, without a unit";
  });
}

/** What `received` spells, NaN where it is no number. Not `Number`: a mapping with a key `toString` makes that throw. */
export function numberOf(received: unknown): number {
  const { data } = number.safeParse(received);
  return data ?? Number.NaN;
}

function problemOf(path: string, received: unknown, error: z.ZodError | undefined): Problem {
  const issue = error?.issues[0];
  const told = issue?.code === "custom" ? issue.params : undefined;
  if (told === undefined) throw new Error(`${path}: its schema has no rule: ${issue?.message}`);
  return { path, received, rule: String(told["rule"]), remedy: String(told["remedy"]) };
}

/** Taken as it is: something else reads it. */
export const untouched = z.unknown();

/** An instance type, checked by `check`; `fallback` where none is given. */
export function instanceTypeField(
  check: (value: unknown) => { rule: string; remedy: string } | undefined,
  fallback: string,
) {
  return z
    .unknown()
    .transform((received, context): string => {
      const params = check(received);
      if (params === undefined) return String(received);
      context.issues.push({ code: "custom", input: received, params });
      return z.NEVER;
    })
    .default(fallback);
}
