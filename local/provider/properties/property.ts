import { isDeepStrictEqual } from "node:util";
import { Archive, Asset } from "../asset.ts";
import { isUnknown } from "../wire.ts";

/** What one input of a resource type may hold, and what a change of it means. `T` is the type of its value. */
export interface Property<T = unknown, Required extends boolean = boolean> {
  readonly required: Required;
  /** Whether AWS cannot change it in place: a change makes a new resource. */
  readonly replaces: boolean;
  /** What is wrong with `value`, one sentence each, each after the path of the part that is wrong. */
  problems(value: unknown, path: string): Problem[];
  /** Whether two values mean the same to AWS. */
  same(a: unknown, b: unknown): boolean;
  /** Whether `live`, as the cloud has it, is what `input` asked for. What `input` leaves to AWS may be anything. */
  holds(input: unknown, live: unknown): boolean;
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

export interface Options {
  required?: boolean;
  replaces?: boolean;
}

/** Taken from the options' type, so that create and update see required inputs as always there. */
export type IsRequired<O extends Options> = O extends { required: true } ? true : false;

export type Check = (value: unknown, path: string) => Problem[];

/** A property with rules of its own. Absent and (in a preview) unknown values never reach `check`. */
export function property<T, O extends Options>(
  options: O,
  check: Check,
  same: (a: unknown, b: unknown) => boolean = isDeepStrictEqual,
  holds: (input: unknown, live: unknown) => boolean = same,
): Property<T, IsRequired<O>> {
  const ifBothThere = (compare: (a: unknown, b: unknown) => boolean) => (a: unknown, b: unknown) =>
    isAbsent(a) || isAbsent(b) ? isAbsent(a) && isAbsent(b) : compare(a, b);
  return {
    required: (options.required ?? false) as IsRequired<O>,
    replaces: options.replaces ?? false,
    problems: (value, path) => (isAbsent(value) || isUnknown(value) ? [] : check(value, path)),
    same: ifBothThere(same),
    holds: (input, live) => isAbsent(input) || ifBothThere(holds)(input, live),
  };
}

export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** A problem with a value that is there. */
export function wrong(path: string, rule: string, value: unknown): Problem[] {
  return [{ path, reason: `${rule}, not ${shown(value)}` }];
}

function shown(value: unknown): string {
  if (value instanceof Asset || value instanceof Archive) return `an ${value.constructor.name}`;
  const written = JSON.stringify(value) ?? String(value);
  return written.length > 100 ? `${written.slice(0, 100)}…` : written;
}
