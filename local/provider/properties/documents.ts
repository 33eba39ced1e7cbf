import { isDeepStrictEqual } from "node:util";
import { isUnknown } from "../wire.ts";
import {
  type IsRequired,
  type Options,
  type Problem,
  type Property,
  property,
  wrong,
} from "./property.ts";

/** A JSON document as a string. Layout and the order of keys mean nothing. */
export function json<const O extends Options>(
  options: O = {} as O,
): Property<string, IsRequired<O>> {
  return property(options, jsonProblems, (a, b) => isDeepStrictEqual(parse(a), parse(b)));
}

/** An IAM policy document as a string: besides {@link json}, `"x"` is `["x"]` and the order of actions means nothing. */
export function policyDocument<const O extends Options>(
  options: O = {} as O,
): Property<string, IsRequired<O>> {
  return property(options, jsonProblems, (a, b) =>
    isDeepStrictEqual(canonicalPolicy(parse(a)), canonicalPolicy(parse(b))),
  );
}

function jsonProblems(value: unknown, path: string): Problem[] {
  if (typeof value !== "string") return wrong(path, "must be a JSON document as a string", value);
  try {
    JSON.parse(value);
    return [];
  } catch (error) {
    return wrong(path, `must be JSON (${(error as Error).message})`, value);
  }
}

function parse(value: unknown): unknown {
  if (typeof value !== "string" || isUnknown(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value; // Not JSON, as something outside of this provider may have left it: then it equals itself alone.
  }
}

function canonicalPolicy(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(canonicalPolicy);
    if (items.length === 1) return items[0];
    return items.every((item) => typeof item === "string") ? items.sort() : items;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, canonicalPolicy(item)]),
  );
}
