import { type IsRequired, type Options, type Property, property, wrong } from "./property.ts";

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
