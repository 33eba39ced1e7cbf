import type { TrainingRun, TunableRange } from "../components/algorithms/algorithm.ts";
import { checkValue } from "../components/algorithms/check-value.ts";
import { wireValue } from "../components/algorithms/wire-value.ts";
import type { Problem } from "./config-error.ts";
import { isMapping, readSection } from "./section.ts";
import type { TuningRange } from "./tuning-config.ts";
import { numberRangeSection } from "./tuning-sections.ts";

type Wrong = Pick<Problem, "rule" | "remedy">;

/** SageMaker's limit on values of one categorical hyperparameter. */
const maxValues = 30;

/** One of `tuning.ranges`; `undefined` where it is wrong, and reported. */
export function readRange(
  tunable: TunableRange,
  raw: unknown,
  path: string,
  problems: Problem[],
): TuningRange | undefined {
  if (tunable.type === "categorical") return readValues(tunable.values, raw, path, problems);
  const before = problems.length;
  if (!isMapping(raw)) {
    const example = `{ min: ${tunable.min}, max: ${tunable.max} }`;
    problems.push({ path, received: raw, rule: "a range", remedy: `write ${example}` });
    return undefined;
  }
  const { min, max, scale = "Auto" } = readSection(numberRangeSection, raw, path, problems);
  if (problems.length > before || min === undefined || max === undefined) return undefined;
  const range = { type: tunable.type, min, max, scale };
  const wrong = checkBounds(range);
  if (wrong === undefined) return range;
  problems.push({ path, received: raw, ...wrong });
  return undefined;
}

function checkBounds({ type, min, max, scale }: Exclude<TuningRange, { values: string[] }>) {
  if (min >= max) {
    return { rule: "min less than max", remedy: "fix the value instead, or swap the two" };
  }
  if (scale === "Logarithmic" && min <= 0) {
    return {
      rule: "min greater than 0 for scale Logarithmic",
      remedy: "raise it, or write Linear",
    };
  }
  if (scale !== "ReverseLogarithmic") return undefined;
  if (type === "continuous" && min >= 0 && max < 1) return undefined;
  return {
    rule: "scale ReverseLogarithmic is for fractions, from 0 to less than 1",
    remedy: "leave it out, or write Linear",
  };
}

function readValues(
  known: readonly string[],
  raw: unknown,
  path: string,
  problems: Problem[],
): TuningRange | undefined {
  const given = isMapping(raw) && Object.keys(raw).join() === "values" ? raw["values"] : undefined;
  const values = Array.isArray(given) ? given.map((value) => wireValue(value)) : [];
  const isList = values.length > 0 && values.every((value) => value !== undefined);
  const isRight = isList && values.length <= maxValues && new Set(values).size === values.length;
  if (isRight) return { type: "categorical", values };
  const rule = `a list of values, each once, ${maxValues} at most`;
  problems.push({
    path,
    received: raw,
    rule,
    remedy: `write { values: [${known.join(", ")}] } or some of them`,
  });
  return undefined;
}

/** What the hyperparameter itself takes. */
export function checkRangeValues(
  { algorithm, version }: TrainingRun,
  name: string,
  range: TuningRange,
): Wrong | undefined {
  const spec = algorithm.hyperparameters[name];
  if (spec === undefined) return undefined;
  for (const value of range.type === "categorical" ? range.values : edgesOf(range)) {
    const wrong = checkValue(algorithm, version, spec, value);
    if (wrong === undefined) continue;
    return { rule: `${name} is ${wrong.rule}, which ${value} is not`, remedy: wrong.remedy };
  }
  return undefined;
}

/** The values that are tried first where something may be wrong, as they go to the container. */
export function edgesOf(range: TuningRange): string[] {
  if (range.type === "categorical") return range.values;
  return [range.min, range.max].map((value) => wireValue(value) ?? "");
}
