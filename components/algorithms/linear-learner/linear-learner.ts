import type { Algorithm } from "../algorithm.ts";
import { linearLearnerComparable } from "./comparable.ts";
import { linearLearnerHyperparameters } from "./hyperparameters.ts";
import { linearLearnerMetrics } from "./metrics.ts";
import { linearLearnerRules } from "./rules.ts";

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/linear-learner.html */
export const linearLearner: Algorithm = {
  name: "linear-learner",
  title: "Linear Learner",
  summary: "Linear and logistic regression for tables, several candidates fitted at once",
  tasks: ["binary classification", "multi-class classification", "regression"],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/linear-learner.html",
  imageRepository: "linear-learner",
  versions: [{ name: "1" }],
  defaultVersion: "1",
  channels: {
    train: { description: "rows to learn from", required: true, distribution: "ShardedByS3Key" },
    validation: { description: "rows that choose between candidates and thresholds" },
    test: { description: "rows for a last evaluation" },
  },
  contentTypes: ["text/csv", "application/x-recordio-protobuf"],
  defaultContentType: "text/csv",
  inputModes: ["File", "Pipe"],
  instances: {
    training: "either",
    serving: "either",
    distributed: true,
    notes: "Several GPUs bring little over one. Instances share the work; give each its own files.",
  },
  hyperparameters: linearLearnerHyperparameters,
  rules: linearLearnerRules,
  metricsFollow: ["predictor_type", "num_models"],
  metrics: linearLearnerMetrics,
  tunable: {
    wd: { type: "continuous", min: 1e-7, max: 1 },
    l1: { type: "continuous", min: 1e-7, max: 1 },
    learning_rate: { type: "continuous", min: 1e-5, max: 1 },
    mini_batch_size: { type: "integer", min: 100, max: 5000 },
    use_bias: { type: "categorical", values: ["true", "false"] },
    positive_example_weight_mult: { type: "continuous", min: 1e-5, max: 100_000 },
  },
  tuning: {
    sets: () => ({ num_models: "1" }),
    // what AWS lists; the other metrics are those of the finished model
    iterations: {
      hyperparameter: "epochs",
      metrics: ["validation:objective_loss", "train:objective_loss"],
    },
  },
  comparable: linearLearnerComparable,
  serving: {
    requests: ["text/csv", "application/json", "application/x-recordio-protobuf"],
    responses: ["application/json", "application/jsonlines", "application/x-recordio-protobuf"],
    exampleRequest: "128,25,265.1\n84,0,299.4",
    exampleResponse:
      '{"predictions": [{"score": 0.031, "predicted_label": 0}, {"score": 0.884, "predicted_label": 1}]}',
  },
  notes: [
    "CSV has the label in its first column and no header; requests have no label",
    "Labels are 0 and 1 of two classes, 0 to num_classes - 1 of several (three at least)",
    "score is a probability for logistic and softmax_loss, not for hinge_loss; a regressor answers no predicted_label",
    "RecordIO has to hold 32-bit floats",
    "A tuning job fits one candidate at a time, whatever num_models says",
  ],
  example: {
    pipeline: "churn-linear",
    // Accuracy says little where most customers stay, and batches of 1000 leave a small file hardly any steps.
    hyperparameters: { predictor_type: "binary_classifier", mini_batch_size: 100 },
    gate: { metric: "validation:roc_auc_score", threshold: 0.7 },
    script: "glue/churn_etl.py",
    etlWrites: "CSV, the label in the first column, no header",
  },
};
