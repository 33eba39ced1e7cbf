import type { MetricDefinition } from "@aws-sdk/client-sagemaker";

/** A number at the end of a metric's line. */
const number = "(\\S+)";

const quality = (name: string, line: string): MetricDefinition => ({
  Name: name,
  Regex: `#quality_metric: host=\\S+, ${line}=${number}`,
});

/** The line of a metric on one data set, `<loss>` where less is better and `<score>` where more is. */
const onDataset = (dataset: string, name: string, line: string) =>
  quality(`${dataset}:${name}`, `${dataset} ${line}`);

const datasets = ["train", "validation", "test"];

const linearLearnerLines = {
  absolute_loss: "absolute_loss <loss>",
  binary_classification_accuracy: "binary_classification_accuracy <score>",
  binary_f_beta: "binary_f_\\S+ <score>",
  dcg: "dcg <score>",
  macro_f_beta: "macro_f_\\S+ <score>",
  macro_precision: "macro_precision <score>",
  macro_recall: "macro_recall <score>",
  mse: "mse <loss>",
  multiclass_accuracy: "multiclass_accuracy <score>",
  multiclass_top_k_accuracy: "multiclass_top_k_accuracy_\\S+ <score>",
  precision: "precision <score>",
  recall: "recall <score>",
  rmse: "rmse <loss>",
  roc_auc_score: "roc_auc_score <score>",
};

/** Of what Linear Learner says of its training set, SageMaker reads these. */
const linearLearnerTrain = [
  "absolute_loss",
  "binary_classification_accuracy",
  "binary_f_beta",
  "mse",
  "precision",
  "recall",
];

export const linearLearnerMetrics: readonly MetricDefinition[] = [
  ...["train", "validation"].flatMap((dataset) => [
    quality(`${dataset}:objective_loss`, `epoch=\\S+, ${dataset} \\S+_objective <loss>`),
    onDataset(dataset, "objective_loss:final", "\\S+_objective <loss>"),
  ]),
  onDataset("test", "objective_loss", "\\S+_objective <loss>"),
  ...datasets.flatMap((dataset) =>
    Object.entries(linearLearnerLines)
      .filter(([name]) => dataset !== "train" || linearLearnerTrain.includes(name))
      .map(([name, line]) => onDataset(dataset, name, line)),
  ),
  { Name: "train:progress", Regex: `#progress_metric: host=\\S+, completed ${number} %` },
  {
    Name: "train:throughput",
    Regex: `#throughput_metric: host=\\S+, train throughput=${number} records/second`,
  },
];

export const kmeansMetrics: readonly MetricDefinition[] = [
  onDataset("test", "msd", "msd <loss>"),
  onDataset("test", "ssd", "ssd <loss>"),
];

export const knnMetrics: readonly MetricDefinition[] = [
  onDataset("test", "accuracy", "accuracy <score>"),
  onDataset("test", "mse", "mse <loss>"),
];

export const object2vecMetrics: readonly MetricDefinition[] = ["validation", "test"].flatMap(
  (dataset) => [
    onDataset(dataset, "accuracy", "accuracy <score>"),
    onDataset(dataset, "cross_entropy", "cross_entropy <loss>"),
    onDataset(dataset, "mean_squared_error", "mean_squared_error <loss>"),
  ],
);
