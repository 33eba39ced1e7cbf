import type { ComparisonTask } from "../comparison-metrics.ts";
import type { Finding, TrainingRun } from "./algorithm.ts";

/** In which tasks an algorithm can be compared with others, and what its endpoint then answers. */
export interface Comparable {
  /** What its hyperparameters make it answer in a task that it takes, or which of them makes it do something else. */
  answers: Readonly<Partial<Record<ComparisonTask, (run: TrainingRun) => Answer | Finding>>>;
  /** Channel that takes the validation split; absent where training scores nothing. */
  validationChannel?: string;
  /** Hyperparameter that holds the number of classes, for the task `multiclass`. */
  classCount?: string;
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
  /** `text/csv`: a line for each row, its values separated by commas. */
  | "csv"
  /**
   * `application/json`, `{"predictions": [{"score": s, "predicted_label": c}]}`: the value (without a label), the probability
   * of class 1, or the list of all probabilities. The label follows a threshold of its own, not 0.5.
   */
  | "linear-learner json"
  /** `application/json`, `{"predictions": [{"predicted_label": v}]}`: the value, or the class. */
  | "knn json";
