import type { Algorithm, HyperparameterRule } from "./algorithm.ts";
import { effectiveValue } from "./condition.ts";
import { count } from "./hyperparameter-shapes.ts";
import { metricTable } from "./metric-table.ts";

const samplingRate = { type: "integer", min: 0, max: 500, default: 1 } as const;

const ipInsightsRules: readonly HyperparameterRule[] = [
  function someNegatives(run) {
    const random = Number(effectiveValue(run, "random_negative_sampling_rate"));
    const shuffled = Number(effectiveValue(run, "shuffled_negative_sampling_rate"));
    if (!(random + shuffled < 1 || random + shuffled > 500)) return undefined;
    return {
      hyperparameter: "random_negative_sampling_rate",
      rule: `from 1 to 500 together with shuffled_negative_sampling_rate, not ${random + shuffled}`,
      remedy:
        random + shuffled < 1
          ? "raise one of the two to 1 at least"
          : "lower one of the two, such as to 1",
    };
  },
];

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/ip-insights.html */
export const ipInsights: Algorithm = {
  name: "ipinsights",
  title: "IP Insights",
  summary: "Tells how usual an IPv4 address is for an account, out of the addresses it came from",
  tasks: ["anomaly detection", "embeddings"],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/ip-insights.html",
  imageRepository: "ipinsights",
  versions: [{ name: "1" }],
  defaultVersion: "1",
  channels: {
    train: { description: "pairs of entity and address that occurred", required: true },
    validation: { description: "pairs to evaluate each epoch on" },
  },
  contentTypes: ["text/csv"],
  defaultContentType: "text/csv",
  inputModes: ["File"],
  instances: {
    training: "either",
    serving: "either",
    discouraged: {
      serving: { gpu: "AWS advises CPUs for its endpoints: take one such as ml.m5.large" },
    },
    distributed: true,
    notes: "GPUs are advised for training: start with ml.p3.2xlarge. A model has 8 GB at most.",
  },
  hyperparameters: {
    num_entity_vectors: {
      type: "integer",
      min: 1,
      max: 250_000_000,
      required: true,
      description: "places for entities, twice as many as there are: they share by hash",
    },
    vector_dim: {
      type: "integer",
      min: 4,
      max: 4096,
      required: true,
      description: "numbers that stand for an entity or an address; 128 is a good start",
    },
    epochs: { ...count, default: 10, description: "passes over the pairs" },
    mini_batch_size: {
      type: "integer",
      min: 1,
      max: 500_000,
      default: 10_000,
      description: "pairs of one update",
    },
    learning_rate: {
      type: "float",
      min: 1e-6,
      max: 10,
      default: 0.001,
      description: "length of an update",
    },
    weight_decay: {
      type: "float",
      min: 0,
      max: 10,
      default: 0.00001,
      description: "weight of the L2 penalty",
    },
    num_ip_encoder_layers: {
      type: "integer",
      min: 0,
      max: 100,
      default: 1,
      description: "layers that encode an address",
    },
    random_negative_sampling_rate: {
      ...samplingRate,
      description: "made-up addresses for each pair",
    },
    shuffled_negative_sampling_rate: {
      ...samplingRate,
      description: "addresses of other entities for each pair",
    },
    batch_metrics_publish_interval: {
      ...count,
      default: 1000,
      description: "batches between two lines of log about speed",
    },
  },
  rules: ipInsightsRules,
  metricsFollow: [],
  metrics: {
    ...metricTable(["validation"], {
      discriminator_auc: {
        direction: "max",
        description: "area under the ROC curve, true pairs against made-up ones",
      },
    }),
    ...metricTable(["train"], {
      binary_classification_accuracy: {
        direction: "max",
        description: "share of pairs told apart, of the last batch",
      },
      "binary_classification_accuracy:epoch": {
        direction: "max",
        description: "the same of an epoch",
      },
      binary_classification_cross_entropy: {
        direction: "min",
        description: "log loss, of the last batch",
      },
      "binary_classification_cross_entropy:epoch": {
        direction: "min",
        description: "the same of an epoch",
      },
      progress: { direction: "max", description: "percent of epochs done", informational: true },
      throughput: { direction: "max", description: "pairs a second", informational: true },
    }),
  },
  tunable: {
    epochs: { type: "integer", min: 1, max: 100 },
    learning_rate: { type: "continuous", min: 0.0001, max: 0.1 },
    mini_batch_size: { type: "integer", min: 100, max: 50000 },
    num_entity_vectors: { type: "integer", min: 10000, max: 1000000 },
    num_ip_encoder_layers: { type: "integer", min: 1, max: 10 },
    random_negative_sampling_rate: { type: "integer", min: 0, max: 10 },
    shuffled_negative_sampling_rate: { type: "integer", min: 0, max: 10 },
    vector_dim: { type: "integer", min: 8, max: 256 },
    weight_decay: { type: "continuous", min: 0, max: 1 },
  },
  tuning: { iterations: { hyperparameter: "epochs" } },
  serving: {
    requests: ["text/csv", "application/json", "application/jsonlines"],
    responses: ["application/json", "application/jsonlines"],
    exampleRequest: "account-17,192.0.2.44\naccount-23,198.51.100.9",
    exampleResponse: '{"predictions": [{"dot_product": 4.12}, {"dot_product": -1.87}]}',
  },
  notes: [
    "CSV has an entity (any text) and an IPv4 address a line, no label and no header",
    "Smaller dot_product is more unusual; there is no fixed scale",
    "Accept application/json;verbose=True adds both embeddings to an answer",
  ],
  example: {
    pipeline: "logins",
    hyperparameters: { num_entity_vectors: 20_000, vector_dim: 128 },
    gate: { metric: "validation:discriminator_auc", threshold: 0.8 },
    etlWrites: "CSV, entity and IPv4 address, no header",
  },
};
