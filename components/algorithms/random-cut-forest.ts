import type { Algorithm } from "./algorithm.ts";
import { whyNotInList } from "./metric-in-list.ts";

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/randomcutforest.html */
export const randomCutForest: Algorithm = {
  name: "randomcutforest",
  title: "Random Cut Forest",
  summary: "Scores that tell how unusual a row is, without labels",
  tasks: ["anomaly detection"],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/randomcutforest.html",
  imageRepository: "randomcutforest",
  versions: [{ name: "1" }],
  defaultVersion: "1",
  channels: {
    train: { description: "rows to learn from", required: true, distribution: "ShardedByS3Key" },
    test: {
      description: "labelled rows to measure on: 1 unusual, 0 not",
      contentType: "text/csv;label_size=1",
    },
  },
  contentTypes: ["application/x-recordio-protobuf", "text/csv;label_size=0"],
  defaultContentType: "text/csv;label_size=0",
  inputModes: ["File", "Pipe"],
  instances: {
    training: "either",
    serving: "either",
    discouraged: {
      training: { gpu: "GPUs stay idle: take a CPU family, such as ml.c5.xlarge" },
      serving: { gpu: "GPUs stay idle: take a CPU family, such as ml.c5.xlarge" },
    },
    distributed: true,
    notes:
      "ml.m4, ml.c4 and ml.c5 for training, ml.c5.xlarge for endpoints. Each instance needs a file or more of its own.",
  },
  hyperparameters: {
    feature_dim: {
      type: "integer",
      min: 1,
      max: 10_000,
      required: true,
      description: "columns of a row",
    },
    num_trees: { type: "integer", min: 50, max: 1000, default: 100, description: "how many trees" },
    num_samples_per_tree: {
      type: "integer",
      min: 1,
      max: 2048,
      default: 256,
      description: "rows that a tree is grown from; about 1 / share of unusual rows",
    },
    eval_metrics: {
      type: "json list",
      items: { type: "categorical", values: ["accuracy", "precision_recall_fscore"] },
      default: '["accuracy","precision_recall_fscore"]',
      channel: "test",
      description: "what is measured on the test channel",
    },
  },
  rules: [],
  metricsFollow: ["eval_metrics"],
  metrics: {
    "test:f1": {
      direction: "max",
      description: "F1 score, where 3 deviations above the mean score are unusual",
      channel: "test",
      whyNot: whyNotInList("test:f1", "eval_metrics", "precision_recall_fscore"),
    },
  },
  tunable: {
    num_samples_per_tree: { type: "integer", min: 1, max: 2048 },
    num_trees: { type: "integer", min: 50, max: 1000 },
  },
  serving: {
    requests: ["text/csv", "application/json", "application/x-recordio-protobuf"],
    responses: ["application/json", "application/jsonlines", "application/x-recordio-protobuf"],
    exampleRequest: "128,25,265.1\n84,0,999.4",
    exampleResponse: '{"scores": [{"score": 0.72}, {"score": 3.15}]}',
  },
  notes: [
    "CSV has features alone, no label and no header, and says so: text/csv;label_size=0",
    "The test channel is labelled: text/csv;label_size=1, first column 1 for unusual and 0 for usual",
    "Files of the train channel go to instances one by one (ShardedByS3Key); it takes no other distribution",
    "Answers come under scores; greater is more unusual",
  ],
  example: {
    pipeline: "anomalies",
    hyperparameters: { feature_dim: 17, num_trees: 100 },
    gate: { metric: "test:f1", threshold: 0.5 },
    etlWrites: "CSV of features alone, no label, no header",
  },
};
