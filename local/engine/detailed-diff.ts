import { Archive, Asset } from "../provider/asset.ts";

export type Change = "add" | "delete" | "update";

/**
 * Where two values of a property differ, by path as the engine writes it: `environment.variables.LOG_LEVEL`,
 * `rules[0].expiration`. Goes down into maps and objects, and into lists of one length.
 */
export function changedPaths(path: string, before: unknown, after: unknown): [string, Change][] {
  if (isAbsent(before)) return isAbsent(after) ? [] : [[path, "add"]];
  if (isAbsent(after)) return [[path, "delete"]];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => changedPaths(`${path}[${index}]`, item, after[index]));
  }
  if (isPlain(before) && isPlain(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => changedPaths(join(path, key), before[key], after[key]));
  }
  return sameLeaf(before, after) ? [] : [[path, "update"]];
}

function sameLeaf(a: unknown, b: unknown): boolean {
  if (a instanceof Asset || a instanceof Archive) {
    return (b instanceof Asset || b instanceof Archive) && a.hash === b.hash;
  }
  return a === b;
}

function join(path: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Not assets and archives, which are one value each. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
