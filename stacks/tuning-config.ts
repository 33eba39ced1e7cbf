/** A hyperparameter tuning job in place of one training job: many trainings, of which the best one's model goes on. */
export interface TuningConfig {
  /** The objective: a metric that SageMaker reads from each training job, `validation:rmse`. */
  metric: string;
  direction: "min" | "max";
  strategy: TuningStrategy;
  /** Training jobs at most, in all. */
  maxJobs: number;
  /** Training jobs at most, at a time. */
  maxParallelJobs: number;
  /** `Auto` stops training jobs that will hardly become the best one. */
  earlyStopping: "Auto" | "Off";
  /** Iterations of a training job, at least and at most, that Hyperband shares out; `undefined` for other strategies. */
  hyperband: { minResource: number; maxResource: number } | undefined;
  /** By hyperparameter, under the container's own names. None of them is among `training.hyperparameters`. */
  ranges: Record<string, TuningRange>;
}

export type TuningStrategy = "Bayesian" | "Random" | "Hyperband";

/** What is searched; both ends are included. The API takes numbers as texts: `wireValue` writes them. */
export type TuningRange =
  | { type: "continuous" | "integer"; min: number; max: number; scale: TuningScale }
  | { type: "categorical"; values: string[] };

export type TuningScale = "Auto" | "Linear" | "Logarithmic" | "ReverseLogarithmic";
