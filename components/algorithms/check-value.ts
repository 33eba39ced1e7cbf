import { nearestName } from "../nearest-name.ts";
import { type Algorithm, type Finding, isInVersions } from "./algorithm.ts";
import type {
  CategoricalSpec,
  HyperparameterSpec,
  JsonListSpec,
  ListSpec,
  NumberSpec,
} from "./hyperparameter-spec.ts";

type Verdict = Omit<Finding, "hyperparameter"> | undefined;

/** What is wrong with `value`, as it goes to the container, taken by itself. */
export function checkValue(
  algorithm: Algorithm,
  version: string,
  spec: HyperparameterSpec,
  value: string,
): Verdict {
  switch (spec.type) {
    case "integer":
    case "float":
      return checkNumber(spec, value);
    case "categorical":
      return checkOneOf(valuesIn(algorithm, version, spec), value);
    case "list":
      return checkList(valuesIn(algorithm, version, spec), spec, value);
    case "json list":
      return checkJsonList(algorithm, version, spec, value);
    case "text":
      return spec.pattern.test(value) ? undefined : { rule: spec.format, remedy: "write it so" };
  }
}

const integerText = /^[+-]?\d+$/;
const floatText = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** @param value as the container reads it, `["msd","ssd"]` */
function checkJsonList(
  algorithm: Algorithm,
  version: string,
  { items, literals }: JsonListSpec,
  value: string,
): Verdict {
  if (literals?.includes(value)) return undefined;
  const words = literals === undefined ? "" : `, or ${literals.map(quoteEmpty).join(", ")}`;
  const example =
    items.type === "categorical" ? JSON.stringify(items.values.slice(0, 2)) : "[1, 2]";
  const list = parseList(value);
  if (list === undefined) {
    return { rule: `a list${words}`, remedy: `write one in brackets, such as ${example}` };
  }
  for (const item of list) {
    const isText = items.type === "categorical";
    const verdict =
      typeof item === (isText ? "string" : "number")
        ? checkValue(algorithm, version, { ...items, description: "" }, String(item))
        : { rule: isText ? "texts in quotes" : describeNumber(items), remedy: "write it so" };
    if (verdict === undefined) continue;
    return { rule: `each of the list: ${verdict.rule}${words}`, remedy: verdict.remedy };
  }
  return undefined;
}

function parseList(value: string): unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function quoteEmpty(literal: string): string {
  return literal === "" ? '""' : literal;
}

function checkNumber(spec: NumberSpec & { default?: string | number }, value: string): Verdict {
  if (spec.literals?.includes(value)) return undefined;
  const rule = describeNumber(spec);
  const example = `write ${spec.default === undefined ? "such a number" : `such a number; left out it is ${spec.default}`}`;
  if (!(spec.type === "integer" ? integerText : floatText).test(value))
    return { rule, remedy: example };
  const number = Number(value);
  const { min, max, above, below } = spec;
  if (max !== undefined && number > max) return { rule, remedy: `lower it to ${max} at most` };
  if (below !== undefined && number >= below) return { rule, remedy: `lower it below ${below}` };
  if (min !== undefined && number < min) return { rule, remedy: `raise it to ${min} at least` };
  if (above !== undefined && number <= above) return { rule, remedy: `raise it above ${above}` };
  return undefined;
}

/** `a whole number from 1 to 5`, `a number greater than 0 and at most 1`. */
export function describeNumber({ type, min, max, above, below, literals }: NumberSpec): string {
  const kind = type === "integer" ? "a whole number" : "a number";
  const ends = [
    min === undefined ? undefined : `at least ${min}`,
    above === undefined ? undefined : `greater than ${above}`,
    max === undefined ? undefined : `at most ${max}`,
    below === undefined ? undefined : `less than ${below}`,
  ].filter((end) => end !== undefined);
  const range =
    min !== undefined && max !== undefined ? `from ${min} to ${max}` : ends.join(" and ");
  const words = literals === undefined ? "" : `, or ${literals.map(quoteEmpty).join(", ")}`;
  return `${kind}${range === "" ? "" : ` ${range}`}${words}`;
}

function valuesIn(algorithm: Algorithm, version: string, spec: CategoricalSpec | ListSpec) {
  return spec.values.filter((value) =>
    isInVersions(algorithm, version, spec.valueVersions?.[value] ?? {}),
  );
}

function checkOneOf(values: readonly string[], value: string): Verdict {
  if (values.includes(value)) return undefined;
  const nearest = nearestName(value, values);
  return {
    rule: `one of ${values.join(", ")}`,
    remedy: nearest === undefined ? "write one of these" : `write ${nearest}`,
  };
}

function checkList(values: readonly string[], spec: ListSpec, value: string): Verdict {
  const items = spec.spaces ? value.split(/, */) : value.split(",");
  const wrong = items.filter((item) => !isItem(values, spec, item));
  if (wrong.length === 0) return undefined;
  if (wrong.every((item) => isItem(values, spec, item.trim()))) {
    return {
      rule: "names separated by commas, without spaces",
      remedy: `write ${value
        .split(",")
        .map((item) => item.trim())
        .join(",")}`,
    };
  }
  const nearest = wrong.map((item) => nearestName(item.replace(/@.*$/, ""), values));
  const known = nearest.filter((name) => name !== undefined);
  return {
    rule: `${wrong.join(", ")}: not among ${values.join(", ")}${thresholds(spec)}`,
    remedy:
      known.length < wrong.length ? `remove ${wrong.join(", ")}` : `write ${known.join(",")} there`,
  };
}

function isItem(values: readonly string[], spec: ListSpec, item: string): boolean {
  const [name = "", threshold, ...rest] = item.split("@");
  if (threshold === undefined) return values.includes(item);
  const takesThreshold = rest.length === 0 && (spec.withThreshold?.includes(name) ?? false);
  return takesThreshold && values.includes(name) && floatText.test(threshold);
}

function thresholds({ withThreshold }: ListSpec): string {
  if (withThreshold === undefined) return "";
  return `; ${withThreshold.join(", ")} also with a number, such as ${withThreshold[0]}@0.7`;
}
