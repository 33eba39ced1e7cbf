import { Archive, Asset } from "../asset.ts";
import {
  type InputsOf,
  type IsRequired,
  isAbsent,
  type Options,
  type Problem,
  type Property,
  property,
  type Shape,
  wrong,
} from "./property.ts";

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
    (a, b) => eachOf(a, b, of.same),
    (input, live) => eachOf(input, live, of.holds),
  );
}

function eachOf(a: unknown, b: unknown, compare: Property["same"]): boolean {
  return (
    Array.isArray(a) &&
    Array.isArray(b) &&
    a.length === b.length &&
    a.every((item, index) => compare(item, b[index]))
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
    (input, live) =>
      isRecord(input) &&
      isRecord(live) &&
      Object.entries(shape).every(([key, item]) => item.holds(input[key], live[key])),
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Asset) &&
    !(value instanceof Archive)
  );
}
