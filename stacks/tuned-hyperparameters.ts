import type { Algorithm, TunableRange } from "../components/algorithms/algorithm.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import { canonicalName } from "./read-hyperparameters.ts";
import { isMapping, numberOf } from "./section.ts";

/**
 * A value for each hyperparameter that config leaves to a tuning job: what is required is then there for the checks of
 * hyperparameters, though nothing is fixed. What is wrong with the ranges themselves is told where they are read.
 *
 * @param fixed hyperparameters of config, checked and unchecked
 * @param tuning section `tuning`, as YAML gave it
 */
export function tunedHyperparameters(
  { catalogued }: AlgorithmChoice,
  fixed: readonly unknown[],
  tuning: unknown,
): Record<string, string | number> {
  if (catalogued === undefined || !isMapping(tuning)) return {};
  const { algorithm } = catalogued;
  const given = fixed.filter(isMapping).flatMap((one) => Object.keys(one));
  const taken = new Set(given.map((name) => canonicalName(algorithm, name) ?? name));
  const ranges = isMapping(tuning["ranges"]) ? tuning["ranges"] : {};
  const named = isMapping(tuning["ranges"]) ? Object.keys(ranges) : required(algorithm);
  return Object.fromEntries(
    named
      .filter((name) => !taken.has(name) && Object.hasOwn(algorithm.tunable, name))
      .map((name) => [name, standIn(algorithm.tunable[name] as TunableRange, ranges[name])]),
  );
}

/** Those that recommended ranges take in place of config. Others may be tuned or not: no check misses them. */
function required({ hyperparameters, tunable }: Algorithm): string[] {
  return Object.keys(tunable).filter((name) => hyperparameters[name]?.required);
}

/** The least value that may be tried, where config has one. */
function standIn(range: TunableRange, given: unknown): string | number {
  if (range.type === "categorical") return range.values[0] ?? "";
  const least = isMapping(given) ? numberOf(given["min"]) : Number.NaN;
  return Number.isNaN(least) ? range.min : least;
}
