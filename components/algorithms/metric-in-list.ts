import type { MetricSpec } from "./algorithm.ts";
import { effectiveValue } from "./condition.ts";

/** For a metric that is computed where a JSON list of hyperparameters names it. */
export function whyNotInList(
  metric: string,
  hyperparameter: string,
  item: string,
): NonNullable<MetricSpec["whyNot"]> {
  return (run) => {
    const value = effectiveValue(run, hyperparameter) ?? "[]";
    if (listOf(value).includes(item)) return undefined;
    return {
      rule: `${metric} needs ${item} in ${hyperparameter}, which is ${value}`,
      remedy: `set training.hyperparameters.${hyperparameter}: [${[...listOf(value), item].join(", ")}]`,
    };
  };
}

/** Nothing for a text that is no list: the check of the hyperparameter reports it. */
function listOf(value: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
