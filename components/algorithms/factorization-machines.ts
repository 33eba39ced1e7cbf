import type { Algorithm, HyperparameterRule } from "./algorithm.ts";
import { usedOnly, when } from "./condition.ts";
import { anyNumber, count, notNegative } from "./hyperparameter-shapes.ts";
import type { HyperparameterSpec } from "./hyperparameter-spec.ts";
import { metricTable } from "./metric-table.ts";

const binary = when("predictor_type", "binary_classifier");

/** A group of parameters: how they start and how they are updated. */
function group(
  name: "bias" | "linear" | "factors",
  what: string,
  defaults: { sigma: number; lr: number; wd: number },
): Record<string, HyperparameterSpec> {
  return {
    [`${name}_init_method`]: {
      type: "categorical",
      values: ["uniform", "normal", "constant"],
      default: "normal",
      description: `how ${what} start`,
    },
    [`${name}_init_scale`]: { ...notNegative, description: `${what}: half width, where uniform` },
    [`${name}_init_sigma`]: {
      ...notNegative,
      default: defaults.sigma,
      description: `${what}: spread, where normal`,
    },
    [`${name}_init_value`]: { ...anyNumber, description: `${what}: the value, where constant` },
    [`${name}_lr`]: { ...notNegative, default: defaults.lr, description: `${what}: learning rate` },
    [`${name}_wd`]: { ...notNegative, default: defaults.wd, description: `${what}: weight decay` },
  };
}

function startRules(name: string): HyperparameterRule[] {
  return [
    ...usedOnly(when(`${name}_init_method`, "uniform"), `${name}_init_scale`),
    ...usedOnly(when(`${name}_init_method`, "normal"), `${name}_init_sigma`),
    ...usedOnly(when(`${name}_init_method`, "constant"), `${name}_init_value`),
  ];
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/fact-machines.html */
export const factorizationMachines: Algorithm = {
  name: "factorization-machines",
  title: "Factorization Machines",
  summary: "Linear models with pairwise interactions, for wide and sparse rows",
  tasks: ["binary classification", "regression", "recommendation"],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/fact-machines.html",
  imageRepository: "factorization-machines",
  versions: [{ name: "1" }],
  defaultVersion: "1",
  channels: {
    train: { description: "rows to learn from", required: true, distribution: "ShardedByS3Key" },
    test: { description: "rows for the evaluation after training" },
  },
  contentTypes: ["application/x-recordio-protobuf"],
  defaultContentType: "application/x-recordio-protobuf",
  inputModes: ["File", "Pipe"],
  instances: {
    training: "either",
    serving: "either",
    discouraged: {
      training: { gpu: "GPUs help dense rows alone: take a CPU family, such as ml.c5.xlarge" },
      serving: { gpu: "AWS advises CPUs for its endpoints: take one such as ml.c5.large" },
    },
    distributed: true,
    notes: "CPUs, for sparse and dense rows alike; a GPU is worth trying for dense rows alone.",
  },
  hyperparameters: {
    feature_dim: {
      ...count,
      required: true,
      description: "width of a row, usually 10000 and more",
    },
    num_factors: {
      ...count,
      required: true,
      description: "numbers that stand for a feature in interactions, usually 2 to 1000",
    },
    predictor_type: {
      type: "categorical",
      values: ["binary_classifier", "regressor"],
      required: true,
      description: "what is predicted: one of two classes or a number",
    },
    epochs: { ...count, default: 1, description: "passes over the rows" },
    mini_batch_size: { ...count, default: 1000, description: "rows of one update" },
    ...group("bias", "intercept", { sigma: 0.01, lr: 0.1, wd: 0.01 }),
    ...group("linear", "linear weights", { sigma: 0.01, lr: 0.001, wd: 0.001 }),
    ...group("factors", "factors", { sigma: 0.001, lr: 0.0001, wd: 0.00001 }),
    clip_gradient: { ...anyNumber, description: "gradients are cut to this size, both ways" },
    rescale_grad: { ...anyNumber, description: "factor on every gradient" },
    eps: { ...anyNumber, description: "keeps divisions from 0" },
  },
  rules: ["bias", "linear", "factors"].flatMap(startRules),
  metricsFollow: ["predictor_type"],
  metrics: metricTable(["test"], {
    rmse: {
      direction: "min",
      description: "root mean squared error",
      when: when("predictor_type", "regressor"),
    },
    binary_classification_accuracy: {
      direction: "max",
      description: "share of rows labelled right, cut at 0.5",
      when: binary,
    },
    binary_classification_cross_entropy: {
      direction: "min",
      description: "log loss of the two classes",
      when: binary,
    },
    binary_f_beta: { direction: "max", description: "F score, cut at 0.5", when: binary },
  }),
  tunable: {
    bias_init_scale: { type: "continuous", min: 1e-8, max: 512 },
    bias_init_sigma: { type: "continuous", min: 1e-8, max: 512 },
    bias_init_value: { type: "continuous", min: 1e-8, max: 512 },
    bias_lr: { type: "continuous", min: 1e-8, max: 512 },
    bias_wd: { type: "continuous", min: 1e-8, max: 512 },
    epochs: { type: "integer", min: 1, max: 1000 },
    factors_init_scale: { type: "continuous", min: 1e-8, max: 512 },
    factors_init_sigma: { type: "continuous", min: 1e-8, max: 512 },
    factors_init_value: { type: "continuous", min: 1e-8, max: 512 },
    factors_lr: { type: "continuous", min: 1e-8, max: 512 },
    factors_wd: { type: "continuous", min: 1e-8, max: 512 },
    linear_init_scale: { type: "continuous", min: 1e-8, max: 512 },
    linear_init_sigma: { type: "continuous", min: 1e-8, max: 512 },
    linear_init_value: { type: "continuous", min: 1e-8, max: 512 },
    linear_lr: { type: "continuous", min: 1e-8, max: 512 },
    linear_wd: { type: "continuous", min: 1e-8, max: 512 },
    mini_batch_size: { type: "integer", min: 100, max: 10000 },
  },
  serving: {
    requests: ["application/json", "application/x-recordio-protobuf"],
    responses: ["application/json", "application/jsonlines", "application/x-recordio-protobuf"],
    exampleRequest:
      '{"instances": [{"data": {"features": {"keys": [26, 182], "shape": [2000], "values": [1, 1]}}}]}',
    exampleResponse: '{"predictions": [{"score": 0.41, "predicted_label": 0}]}',
  },
  notes: [
    "RecordIO of 32-bit floats alone, sparse or dense; CSV is taken neither for training nor for requests",
    "Labels are 0 and 1 of two classes; there is no mode for more",
    "A score of 0.5 and more is class 1; a regressor answers the score alone",
  ],
  example: {
    pipeline: "clicks",
    hyperparameters: { feature_dim: 2000, num_factors: 64, predictor_type: "binary_classifier" },
    gate: { metric: "test:binary_classification_accuracy", threshold: 0.7 },
    etlWrites: "RecordIO-protobuf, sparse rows with labels",
  },
};
