import type { HyperparameterRule, TrainingRun } from "./algorithm.ts";

/** Holds while a hyperparameter, given or by default, has one of the values. */
export interface Condition {
  hyperparameter: string;
  values: readonly string[];
}

export function when(hyperparameter: string, ...values: readonly string[]): Condition {
  return { hyperparameter, values };
}

export function holds({ hyperparameter, values }: Condition, run: TrainingRun): boolean {
  const value = effectiveValue(run, hyperparameter);
  return value !== undefined && values.includes(value);
}

/** As it goes to the container, or what the container takes instead. */
export function effectiveValue({ algorithm, hyperparameters }: TrainingRun, name: string) {
  const fallback = algorithm.hyperparameters[name]?.default;
  return hyperparameters[name] ?? (fallback === undefined ? undefined : String(fallback));
}

/** `needs loss quantile_loss, not auto`. */
export function unmet({ hyperparameter, values }: Condition, run: TrainingRun): string {
  return `needs ${hyperparameter} ${values.join(" or ")}, not ${effectiveValue(run, hyperparameter) ?? "left out"}`;
}

/** What to write for it to hold. */
export function remedyOf({ hyperparameter, values }: Condition): string {
  return `set ${hyperparameter}: ${values[0]}`;
}

/** Required while the condition holds. */
export function requiredWhen(
  condition: Condition,
  hyperparameter: string,
  example: string,
): HyperparameterRule {
  return (run) => {
    if (run.hyperparameters[hyperparameter] !== undefined || !holds(condition, run))
      return undefined;
    const value = effectiveValue(run, condition.hyperparameter);
    return {
      hyperparameter,
      rule: `required when ${condition.hyperparameter} is ${value}`,
      remedy: `add it, such as ${hyperparameter}: ${example}`,
    };
  };
}

/**
 * Hyperparameters that the container drops without a word unless the condition holds. Their defaults may stand anywhere:
 * nothing is lost by them.
 */
export function usedOnly(condition: Condition, ...names: readonly string[]): HyperparameterRule[] {
  return names.map((hyperparameter) => (run) => {
    const given = run.hyperparameters[hyperparameter];
    if (given === undefined || isDefault(run, hyperparameter, given) || holds(condition, run)) {
      return undefined;
    }
    return {
      hyperparameter,
      rule: `${unmet(condition, run)}: without that it changes nothing`,
      remedy: `remove it, or ${remedyOf(condition)}`,
    };
  });
}

function isDefault({ algorithm }: TrainingRun, name: string, given: string): boolean {
  const fallback = algorithm.hyperparameters[name]?.default;
  if (fallback === undefined) return false;
  if (typeof fallback === "number") return Number(given) === fallback;
  return given === fallback;
}
