import type { Algorithm, TunableRange } from "../components/algorithms/algorithm.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import { canonicalName } from "./read-hyperparameters.ts";
import { isMapping } from "./section.ts";

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
  const named = isMapping(tuning["ranges"]) ? Object.keys(tuning["ranges"]) : required(algorithm);
  return Object.fromEntries(
    named
      .filter((name) => !taken.has(name) && Object.hasOwn(algorithm.tunable, name))
      .map((name) => [name, standIn(algorithm.tunable[name] as TunableRange)]),
  );
}

/** Those that recommended ranges take in place of config. Others may be tuned or not: no check misses them. */
function required({ hyperparameters, tunable }: Algorithm): string[] {
  return Object.keys(tunable).filter((name) => hyperparameters[name]?.required);
}

function standIn(range: TunableRange): string | number {
  return range.type === "categorical" ? (range.values[0] ?? "") : range.min;
}
