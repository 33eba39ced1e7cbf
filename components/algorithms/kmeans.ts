import type { Algorithm, HyperparameterRule } from "./algorithm.ts";
import { effectiveValue } from "./condition.ts";
import { count, share } from "./hyperparameter-shapes.ts";
import { whyNotInList } from "./metric-in-list.ts";

const auto = { literals: ["auto"], default: "auto" } as const;
const starts = { type: "categorical", values: ["random", "kmeans++"] } as const;

const kmeansRules: readonly HyperparameterRule[] = [
  function startsFromFirstBatch(run) {
    const { k } = run.hyperparameters;
    const rows = effectiveValue(run, "mini_batch_size");
    if (k === undefined || !(Number(k) > Number(rows))) return undefined;
    return {
      hyperparameter: "k",
      rule: `at most mini_batch_size (${rows}): the first centres are rows of the first mini-batch`,
      remedy: "lower it, or raise mini_batch_size",
    };
  },
];

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/k-means.html */
export const kmeans: Algorithm = {
  name: "kmeans",
  title: "K-Means",
  summary: "Groups rows around k centres, in one pass over any amount of data",
  tasks: ["clustering"],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/k-means.html",
  imageRepository: "kmeans",
  versions: [{ name: "1" }],
  defaultVersion: "1",
  channels: {
    train: { description: "rows to group", required: true, distribution: "ShardedByS3Key" },
    test: { description: "rows to measure distances on" },
  },
  contentTypes: ["application/x-recordio-protobuf", "text/csv;label_size=0"],
  defaultContentType: "text/csv;label_size=0",
  inputModes: ["File", "Pipe"],
  instances: {
    training: "either",
    serving: "either",
    discouraged: {
      training: {
        gpu: "AWS advises CPUs, and of several GPUs one is used: take one such as ml.m5.xlarge",
      },
    },
    distributed: true,
    notes: "CPUs for training. Several instances each need files of their own.",
  },
  hyperparameters: {
    feature_dim: { ...count, required: true, description: "columns of a row" },
    k: { ...count, required: true, description: "how many groups; more than 1 makes sense" },
    epochs: { ...count, default: 1, description: "passes over the rows" },
    mini_batch_size: { ...count, default: 5000, description: "rows of one update" },
    init_method: { ...starts, default: "random", description: "how the first centres are picked" },
    extra_center_factor: {
      ...count,
      ...auto,
      description: "centres kept while data streams by, as a multiple of k",
    },
    half_life_time_size: {
      type: "integer",
      min: 0,
      default: 0,
      description: "rows after which an earlier one counts half; 0: all count the same",
    },
    local_lloyd_init_method: {
      ...starts,
      default: "kmeans++",
      description: "how the last step, which reduces centres to k, picks its first",
    },
    local_lloyd_max_iter: { ...count, default: 300, description: "rounds of that step at most" },
    local_lloyd_num_trials: { ...count, ...auto, description: "times that step is tried" },
    local_lloyd_tol: { ...share, default: 0.0001, description: "change that ends that step" },
    eval_metrics: {
      type: "json list",
      items: { type: "categorical", values: ["msd", "ssd"] },
      default: '["msd"]',
      channel: "test",
      description: "what is measured on the test channel",
    },
  },
  rules: kmeansRules,
  metricsFollow: ["eval_metrics"],
  metrics: {
    "test:msd": {
      direction: "min",
      description: "squared distance to the nearest centre, mean of all rows",
      channel: "test",
      whyNot: whyNotInList("test:msd", "eval_metrics", "msd"),
    },
    "test:ssd": {
      direction: "min",
      description: "squared distance to the nearest centre, sum of all rows",
      channel: "test",
      whyNot: whyNotInList("test:ssd", "eval_metrics", "ssd"),
    },
  },
  tunable: {
    epochs: { type: "integer", min: 1, max: 10 },
    extra_center_factor: { type: "integer", min: 4, max: 10 },
    init_method: { type: "categorical", values: ["kmeans++", "random"] },
    mini_batch_size: { type: "integer", min: 3000, max: 15000 },
  },
  serving: {
    requests: ["text/csv", "application/json", "application/x-recordio-protobuf"],
    responses: [
      "application/json",
      "application/jsonlines",
      "application/x-recordio-protobuf",
      "text/csv",
    ],
    exampleRequest: "128,25,265.1\n84,0,299.4",
    exampleResponse:
      '{"predictions": [{"closest_cluster": 1.0, "distance_to_cluster": 3.05}, {"closest_cluster": 0.0, "distance_to_cluster": 2.41}]}',
  },
  notes: [
    "CSV has features alone, no label and no header, and says so: text/csv;label_size=0",
    "Without a test channel no metric is emitted",
    "An answer in CSV is closest_cluster,distance_to_cluster a line",
  ],
  example: {
    pipeline: "segments",
    hyperparameters: { feature_dim: 17, k: 10 },
    gate: { metric: "test:msd", threshold: 5 },
    etlWrites: "CSV of features alone, no label, no header",
  },
};
