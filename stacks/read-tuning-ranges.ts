import {
  type Algorithm,
  isInVersions,
  type TrainingRun,
  type TunableRange,
} from "../components/algorithms/algorithm.ts";
import { nearestName } from "../components/nearest-name.ts";
import type { Problem } from "./config-error.ts";
import { checkRangeValues, edgesOf, readRange } from "./read-tuning-range.ts";
import { isMapping } from "./section.ts";
import type { TuningRange } from "./tuning-config.ts";

/** SageMaker's limit on hyperparameters that one tuning job searches. */
const maxRanges = 30;

interface Tuned {
  /** With what config fixes, and a value for what is tuned. */
  run: TrainingRun;
  /** Hyperparameters that config gives a value. */
  fixed: readonly string[];
  /** What Hyperband counts by: it cannot be searched as well. */
  resource: string | undefined;
}

/**
 * `tuning.ranges`: those of AWS's recommendation that apply to the run, or those that config gives.
 *
 * @returns `undefined` where something is wrong, and reported
 */
export function readTuningRanges(
  tuned: Tuned,
  raw: unknown,
  path: string,
  problems: Problem[],
): Record<string, TuningRange> | undefined {
  const before = problems.length;
  const ranges =
    raw === undefined || raw === null || raw === "recommended"
      ? recommended(tuned)
      : readGiven(tuned, raw, path, problems);
  if (problems.length > before) return undefined;
  const count = Object.keys(ranges).length;
  if (count > 0 && count <= maxRanges) return ranges;
  const { title } = tuned.run.algorithm;
  problems.push(
    count === 0
      ? {
          path,
          received: raw ?? undefined,
          rule: `something to search: every hyperparameter that AWS recommends for tuning ${title} has its value already`,
          remedy: "remove one of them below training.hyperparameters, or give ranges",
        }
      : {
          path,
          received: count,
          rule: `at most ${maxRanges} hyperparameters, SageMaker's limit`,
          remedy: `remove ${count - maxRanges}`,
        },
  );
  return undefined;
}

/** What the other hyperparameters allow of AWS's recommendation. */
function recommended({ run, fixed, resource }: Tuned): Record<string, TuningRange> {
  const { algorithm, version } = run;
  const ranges: Record<string, TuningRange> = {};
  for (const [name, range] of Object.entries(algorithm.tunable)) {
    const spec = algorithm.hyperparameters[name];
    if (spec === undefined || !isInVersions(algorithm, version, spec)) continue;
    if (fixed.includes(name) || name === resource) continue;
    const allowed = allowedPart(run, name, asRange(range));
    if (allowed !== undefined) ranges[name] = allowed;
  }
  return ranges;
}

/** A range whose greatest value no rule refuses, `k` up to the rows that could vote; `undefined` where there is none. */
function allowedPart(run: TrainingRun, name: string, range: TuningRange): TuningRange | undefined {
  if (ruleAgainst(run, name, range) === undefined) return range;
  if (range.type !== "integer") return undefined;
  const max = Math.floor((range.min + range.max) / 2);
  return max > range.min ? allowedPart(run, name, { ...range, max }) : undefined;
}

function asRange(range: TunableRange): TuningRange {
  if (range.type === "categorical") return { type: "categorical", values: [...range.values] };
  const { type, min, max, scale } = range;
  const scales = { linear: "Linear", logarithmic: "Logarithmic" } as const;
  return { type, min, max, scale: scale === undefined ? "Auto" : scales[scale] };
}

function readGiven(
  tuned: Tuned,
  raw: unknown,
  path: string,
  problems: Problem[],
): Record<string, TuningRange> {
  if (!isMapping(raw)) {
    problems.push({
      path,
      received: raw,
      rule: "recommended, or a mapping of hyperparameters to ranges",
      remedy: "write recommended, or <hyperparameter>: { min: ..., max: ... } below it",
    });
    return {};
  }
  const ranges: Record<string, TuningRange> = {};
  for (const [name, given] of Object.entries(raw)) {
    const place = `${path}.${name}`;
    const report = (received: unknown, wrong: Pick<Problem, "rule" | "remedy">) =>
      problems.push({ path: place, received, ...wrong });
    const wrong = checkName(tuned, name);
    if (wrong !== undefined) {
      report(given, wrong);
      continue;
    }
    const { algorithm } = tuned.run;
    const range = readRange(algorithm.tunable[name] as TunableRange, given, place, problems);
    if (range === undefined) continue;
    const refused = checkRangeValues(tuned.run, name, range) ?? ruleAgainst(tuned.run, name, range);
    if (refused === undefined) ranges[name] = range;
    else report(given, refused);
  }
  return ranges;
}

function checkName({ run: { algorithm, version }, fixed, resource }: Tuned, name: string) {
  const known = tunableIn(algorithm, version);
  if (!known.includes(name)) {
    const nearest = aliased(algorithm, name) ?? nearestName(name, known);
    return {
      rule: `a hyperparameter that AWS documents as tunable for ${algorithm.title}: ${known.join(", ")}`,
      remedy: nearest === undefined ? "remove it, and fix its value" : `write ${nearest}`,
    };
  }
  if (fixed.includes(name)) {
    return {
      rule: "given a value below training.hyperparameters too: what is fixed is not searched",
      remedy: "remove one of the two",
    };
  }
  if (name !== resource) return undefined;
  return {
    rule: `not with Hyperband, which shares out ${name} itself`,
    remedy: `move it to training.hyperparameters, as the most that a training job may have`,
  };
}

function tunableIn(algorithm: Algorithm, version: string): string[] {
  return Object.keys(algorithm.tunable).filter((name) =>
    isInVersions(algorithm, version, algorithm.hyperparameters[name] ?? {}),
  );
}

function aliased({ hyperparameters, tunable }: Algorithm, name: string): string | undefined {
  return Object.keys(tunable).find((known) => hyperparameters[known]?.aliases?.includes(name));
}

/** Why the other hyperparameters do not allow what may be tried. */
function ruleAgainst(run: TrainingRun, name: string, range: TuningRange) {
  for (const edge of edgesOf(range)) {
    const tried = { ...run, hyperparameters: { ...run.hyperparameters, [name]: edge } };
    for (const rule of run.algorithm.rules) {
      const finding = rule(tried);
      if (finding?.hyperparameter !== name) continue;
      return { rule: `${edge}: ${finding.rule}`, remedy: finding.remedy };
    }
  }
  return undefined;
}
