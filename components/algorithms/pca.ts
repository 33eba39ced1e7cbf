import type { Algorithm, HyperparameterRule } from "./algorithm.ts";
import { usedOnly, when } from "./condition.ts";
import { boolean, count } from "./hyperparameter-shapes.ts";

const pcaRules: readonly HyperparameterRule[] = [
  function noMoreThanColumns({ hyperparameters: { num_components, feature_dim } }) {
    if (num_components === undefined || feature_dim === undefined) return undefined;
    if (Number(num_components) <= Number(feature_dim)) return undefined;
    return {
      hyperparameter: "num_components",
      rule: `at most feature_dim (${feature_dim}): rows have no more directions`,
      remedy: `lower it to ${feature_dim} at most`,
    };
  },
  ...usedOnly(when("algorithm_mode", "randomized"), "extra_components"),
];

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/pca.html */
export const pca: Algorithm = {
  name: "pca",
  title: "Principal Component Analysis",
  summary: "Fewer columns that keep most of the spread of many",
  tasks: ["dimensionality reduction"],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/pca.html",
  imageRepository: "pca",
  versions: [{ name: "1" }],
  defaultVersion: "1",
  channels: {
    train: { description: "rows to learn from", required: true, distribution: "ShardedByS3Key" },
    test: { description: "rows that are projected after training" },
  },
  contentTypes: ["application/x-recordio-protobuf", "text/csv;label_size=0"],
  defaultContentType: "text/csv;label_size=0",
  inputModes: ["File", "Pipe"],
  instances: {
    training: "either",
    serving: "either",
    distributed: true,
    notes: "CPUs or GPUs; which is faster depends on rows, columns and components.",
  },
  hyperparameters: {
    feature_dim: { ...count, required: true, description: "columns of a row" },
    num_components: { ...count, required: true, description: "columns that are left" },
    mini_batch_size: { ...count, required: true, description: "rows read at once, such as 500" },
    algorithm_mode: {
      type: "categorical",
      values: ["regular", "randomized"],
      default: "regular",
      description: "exact, or approximate for many columns",
    },
    subtract_mean: {
      ...boolean,
      default: "true",
      description: "shift columns to mean 0, in training and in requests",
    },
    extra_components: {
      type: "integer",
      min: -1,
      default: -1,
      description:
        "randomized: components computed beside, for accuracy; -1 is max(10, num_components)",
    },
  },
  rules: pcaRules,
  metricsFollow: [],
  metrics: {},
  tunable: {},
  serving: {
    requests: ["text/csv", "application/json", "application/x-recordio-protobuf"],
    responses: ["application/json", "application/jsonlines", "application/x-recordio-protobuf"],
    exampleRequest: "128,25,265.1\n84,0,299.4",
    exampleResponse: '{"projections": [{"projection": [1.2, -0.4]}, {"projection": [-0.7, 0.3]}]}',
  },
  notes: [
    "CSV has features alone, no label and no header, and says so: text/csv;label_size=0",
    "Answers come under projections, not under predictions",
    "There is no metric: no gate, and no tuning",
  ],
  example: {
    pipeline: "components",
    hyperparameters: { feature_dim: 17, num_components: 3, mini_batch_size: 500 },
    etlWrites: "CSV of features alone, no label, no header",
  },
};
