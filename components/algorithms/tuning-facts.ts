/** What SageMaker's tuning jobs do with an algorithm. */
export interface TuningFacts {
  /** Hyperparameters as tuning jobs set them for this objective, whatever config says. */
  sets?: (metric: string) => Readonly<Record<string, string>>;
  /** Absent where metrics come once, at the end: a training job then gives nothing to stop it by. */
  iterations?: {
    /** Hyperparameter that says how many there are. */
    hyperparameter: string;
    /** Metrics that come after each of them. @default all */
    metrics?: readonly string[];
  };
}
