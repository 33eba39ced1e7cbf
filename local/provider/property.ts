import { isDeepStrictEqual } from "node:util";
import { Archive, Asset } from "./asset.ts";
import { isUnknown } from "./wire.ts";

/** What one input of a resource type may hold, and what a change of it means. `T` is the type of its value. */
export interface Property<T = unknown, Required extends boolean = boolean> {
  readonly required: Required;
  /** Whether AWS cannot change it in place: a change makes a new resource. */
  readonly replaces: boolean;
  /** What is wrong with `value`, one sentence each, each after the path of the part that is wrong. */
  problems(value: unknown, path: string): Problem[];
  /** Whether two values mean the same to AWS. */
  same(a: unknown, b: unknown): boolean;
  /** Not there at run time: carries `T` for {@link InputsOf}. */
  readonly valueType?: T;
}

export interface Problem {
  /** `rules[0].expiration.days`, as the engine shows it. */
  path: string;
  reason: string;
}

export type Shape = Readonly<Record<string, Property>>;

/** Inputs of a resource type as its create, read, update and delete get them. */
export type InputsOf<S extends Shape> = {
  [K in keyof S as S[K] extends Property<unknown, true> ? K : never]: ValueOf<S[K]>;
} & {
  [K in keyof S as S[K] extends Property<unknown, true> ? never : K]?: ValueOf<S[K]> | undefined;
};

type ValueOf<P> = P extends Property<infer T> ? T : never;

interface Options {
  required?: boolean;
  replaces?: boolean;
}

/** Taken from the options' type, so that create and update see required inputs as always there. */
type IsRequired<O extends Options> = O extends { required: true } ? true : false;

type Check = (value: unknown, path: string) => Problem[];

/** A property with rules of its own. Absent and (in a preview) unknown values never reach `check`. */
function property<T, O extends Options>(
  options: O,
  check: Check,
  same: (a: unknown, b: unknown) => boolean = isDeepStrictEqual,
): Property<T, IsRequired<O>> {
  return {
    required: (options.required ?? false) as IsRequired<O>,
    replaces: options.replaces ?? false,
    problems: (value, path) => (isAbsent(value) || isUnknown(value) ? [] : check(value, path)),
    same: (a, b) => (isAbsent(a) || isAbsent(b) ? isAbsent(a) && isAbsent(b) : same(a, b)),
  };
}

export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

interface TextOptions extends Options {
  /** The only values that AWS takes. */
  values?: readonly string[];
  maxLength?: number;
  /** Of the whole value. */
  pattern?: RegExp;
}

export function text<const O extends TextOptions>(
  options: O = {} as O,
): Property<string, IsRequired<O>> {
  return property(options, (value, path) => {
    if (typeof value !== "string") return wrong(path, "must be a string", value);
    if (options.values !== undefined && !options.values.includes(value)) {
      return wrong(path, `must be one of ${options.values.join(", ")}`, value);
    }
    if (options.maxLength !== undefined && value.length > options.maxLength) {
      return wrong(path, `must have at most ${options.maxLength} characters`, value);
    }
    if (options.pattern !== undefined && !options.pattern.test(value)) {
      return wrong(path, `must match ${options.pattern.source}`, value);
    }
    return [];
  });
}

interface IntegerOptions extends Options {
  min?: number;
  max?: number;
  values?: readonly number[];
}

export function integer<const O extends IntegerOptions>(
  options: O = {} as O,
): Property<number, IsRequired<O>> {
  const { min, max, values } = options;
  return property(options, (value, path) => {
    if (!Number.isInteger(value)) return wrong(path, "must be a whole number", value);
    const number = value as number;
    if (values !== undefined && !values.includes(number)) {
      return wrong(path, `must be one of ${values.join(", ")}`, value);
    }
    if (number < (min ?? number) || number > (max ?? number)) {
      return wrong(path, `must be ${range(min, max)}`, value);
    }
    return [];
  });
}

function range(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `at least ${min}` : `between ${min} and ${max}`;
}

export function decimal<const O extends Options>(
  options: O = {} as O,
): Property<number, IsRequired<O>> {
  return property(options, (value, path) =>
    typeof value === "number" ? [] : wrong(path, "must be a number", value),
  );
}

export function flag<const O extends Options>(
  options: O = {} as O,
): Property<boolean, IsRequired<O>> {
  return property(options, (value, path) =>
    typeof value === "boolean" ? [] : wrong(path, "must be true or false", value),
  );
}

export function list<T, const O extends Options & { maxItems?: number }>(
  of: Property<T>,
  options: O = {} as O,
): Property<T[], IsRequired<O>> {
  return property(
    options,
    (value, path) => {
      if (!Array.isArray(value)) return wrong(path, "must be a list", value);
      if (value.length > (options.maxItems ?? value.length)) {
        return wrong(path, `must have at most ${options.maxItems} items`, value);
      }
      return value.flatMap((item, index) => of.problems(item, `${path}[${index}]`));
    },
    (a, b) =>
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => of.same(item, b[index])),
  );
}

/** Keys are the user's: tags, environment variables, dimensions. */
export function map<T, const O extends Options>(
  of: Property<T>,
  options: O = {} as O,
): Property<Record<string, T>, IsRequired<O>> {
  return property(options, (value, path) => {
    if (!isRecord(value)) return wrong(path, "must be a map", value);
    return Object.entries(value).flatMap(([key, item]) => of.problems(item, `${path}.${key}`));
  });
}

/** Keys are AWS's: those not in `shape` are refused. */
export function object<S extends Shape, const O extends Options>(
  shape: S,
  options: O = {} as O,
): Property<InputsOf<S>, IsRequired<O>> {
  return property(
    options,
    (value, path) => {
      if (!isRecord(value)) return wrong(path, "must be an object", value);
      return shapeProblems(shape, value, `${path}.`);
    },
    (a, b) =>
      isRecord(a) &&
      isRecord(b) &&
      Object.entries(shape).every(([key, item]) => item.same(a[key], b[key])),
  );
}

/** All that is wrong with `values`: unknown keys, missing ones, wrong values. */
export function shapeProblems(
  shape: Shape,
  values: Readonly<Record<string, unknown>>,
  prefix = "",
): Problem[] {
  const unknown = Object.keys(values).filter((key) => !(key in shape) && !isAbsent(values[key]));
  return [
    ...unknown.map((key) => ({
      path: prefix + key,
      reason: `the local provider does not support this property; it knows ${Object.keys(shape).join(", ")}`,
    })),
    ...Object.entries(shape).flatMap(([key, item]) =>
      item.required && isAbsent(values[key])
        ? [{ path: prefix + key, reason: "is required" }]
        : item.problems(values[key], prefix + key),
    ),
  ];
}

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
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, canonicalPolicy(item)]),
  );
}

/** A file's bytes: `StringAsset` or `FileAsset`. Compared by content. */
export function asset<const O extends Options>(
  options: O = {} as O,
): Property<Asset, IsRequired<O>> {
  return property(
    options,
    (value, path) =>
      value instanceof Asset ? [] : wrong(path, "must be a StringAsset or a FileAsset", value),
    sameContent,
  );
}

/** Files by name: `AssetArchive` or `FileArchive`. Compared by content. */
export function archive<const O extends Options>(
  options: O = {} as O,
): Property<Archive, IsRequired<O>> {
  return property(
    options,
    (value, path) =>
      value instanceof Archive
        ? []
        : wrong(path, "must be an AssetArchive or a FileArchive", value),
    sameContent,
  );
}

/** A file or an archive, as the source of an S3 object. */
export function assetOrArchive<const O extends Options>(
  options: O = {} as O,
): Property<Asset | Archive, IsRequired<O>> {
  return property(
    options,
    (value, path) =>
      value instanceof Asset || value instanceof Archive
        ? []
        : wrong(path, "must be an asset or an archive", value),
    sameContent,
  );
}

function sameContent(a: unknown, b: unknown): boolean {
  const hasHash = (value: unknown) => value instanceof Asset || value instanceof Archive;
  return hasHash(a) && hasHash(b) && (a as Asset).hash === (b as Asset).hash;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Asset) &&
    !(value instanceof Archive)
  );
}

function wrong(path: string, rule: string, value: unknown): Problem[] {
  return [{ path, reason: `${rule}, not ${shown(value)}` }];
}

function shown(value: unknown): string {
  if (value instanceof Asset || value instanceof Archive) return `an ${value.constructor.name}`;
  const written = JSON.stringify(value) ?? String(value);
  return written.length > 100 ? `${written.slice(0, 100)}…` : written;
}
