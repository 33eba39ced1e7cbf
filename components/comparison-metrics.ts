/** What is predicted: a number, one of two classes (0 and 1), or one of several (0, 1, 2, ...). */
export type ComparisonTask = "regression" | "binary" | "multiclass";

export type ComparisonMetric = "rmse" | "mae" | "r2" | "accuracy" | "f1" | "auc" | "log_loss";

export interface ComparisonMetricSpec {
  /** As people write it. */
  title: string;
  /** `min`: the lower the better. */
  direction: "min" | "max";
  tasks: readonly ComparisonTask[];
  /** Whether it needs the probability of each class; the class alone says nothing of how sure a model was. */
  needsProbabilities: boolean;
}

const classes = ["binary", "multiclass"] as const;

/** Scores that candidates are compared by; the first of a task is its default. */
export const comparisonMetrics: Readonly<Record<ComparisonMetric, ComparisonMetricSpec>> = {
  rmse: { title: "RMSE", direction: "min", tasks: ["regression"], needsProbabilities: false },
  mae: { title: "MAE", direction: "min", tasks: ["regression"], needsProbabilities: false },
  r2: { title: "R²", direction: "max", tasks: ["regression"], needsProbabilities: false },
  log_loss: { title: "log loss", direction: "min", tasks: classes, needsProbabilities: true },
  accuracy: { title: "accuracy", direction: "max", tasks: classes, needsProbabilities: false },
  // of class 1; of several classes the mean of each one's
  f1: { title: "F1", direction: "max", tasks: classes, needsProbabilities: false },
  auc: { title: "AUC", direction: "max", tasks: ["binary"], needsProbabilities: true },
};

export function metricsOf(task: ComparisonTask): ComparisonMetric[] {
  const names = Object.keys(comparisonMetrics) as ComparisonMetric[];
  return names.filter((name) => comparisonMetrics[name].tasks.includes(task));
}
