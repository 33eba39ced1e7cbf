import type { ComparisonMetric, ComparisonTask } from "../comparison-metrics.ts";
import type { Finding, TrainingRun } from "./algorithm.ts";

/** In which tasks an algorithm can be compared with others, and what its endpoint then answers. */
export interface Comparable {
  /** What its hyperparameters make it answer in a task that it takes, or which of them makes it do something else. */
  answers: Readonly<Partial<Record<ComparisonTask, (run: TrainingRun) => Answer | Finding>>>;
  /** Channel that takes the validation split, whatever the algorithm calls it. */
  validationChannel: string;
  /** Hyperparameter that holds the number of classes, for the task `multiclass`. */
  classCount?: string;
  /** Its own metrics that measure a score, or what comes closest to it: the first that a run emits is what tuning goes by. */
  scores: Readonly<Partial<Record<ComparisonMetric, readonly string[]>>>;
}

/** How predictions are read from the answer of an endpoint, or of a batch transform, to rows of test data. */
export interface Answer {
  kind: AnswerKind;
  format: AnswerFormat;
}

export type AnswerKind =
  /** Of regression: the number. */
  | "value"
  /** Of two classes: the probability of class 1. */
  | "probability"
  /** Of several classes: a probability for each. */
  | "probabilities"
  /** The class alone. */
  | "class";

export type AnswerFormat =
  /** `text/csv`: a line for each row, its values separated by commas; in a batch transform several stand in brackets. */
  | "csv"
  /**
   * `application/json`, `{"predictions": [{"score": s, "predicted_label": c}]}`: the value (without a label), the probability
   * of class 1, or the list of all probabilities. The label follows a threshold of its own, not 0.5.
   */
  | "linear-learner json"
  /** `application/json`, `{"predictions": [{"predicted_label": v}]}`: the value, or the class. */
  | "knn json";

/**
 * The answer that a hyperparameter decides.
 *
 * @param answers by its values
 * @param fallback what the container takes where it is left out
 */
export function answerBy(
  hyperparameter: string,
  answers: Readonly<Record<string, Answer>>,
  fallback?: string,
): (run: TrainingRun) => Answer | Finding {
  return ({ hyperparameters }) => {
    const value = hyperparameters[hyperparameter] ?? fallback ?? "";
    const answer = Object.hasOwn(answers, value) ? answers[value] : undefined;
    if (answer !== undefined) return answer;
    const values = Object.keys(answers);
    return {
      hyperparameter,
      rule: `for the comparison's task ${values.length > 1 ? "one of " : ""}${values.join(", ")}`,
      remedy: `write ${hyperparameter}: "${values[0]}"`,
    };
  };
}
