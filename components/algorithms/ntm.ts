import type { Algorithm } from "./algorithm.ts";
import { boolean, count, share } from "./hyperparameter-shapes.ts";

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/ntm.html */
export const ntm: Algorithm = {
  name: "ntm",
  title: "Neural Topic Model",
  summary: "Topics of a collection of documents, by a neural network",
  tasks: ["topic modelling"],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/ntm.html",
  imageRepository: "ntm",
  versions: [{ name: "1" }],
  defaultVersion: "1",
  channels: {
    train: {
      description: "word counts, a document a row",
      required: true,
      distribution: "ShardedByS3Key",
    },
    validation: { description: "documents to evaluate each epoch on" },
    test: { description: "documents for a last evaluation" },
    auxiliary: { description: "vocab.txt: a word a line, by id", contentType: "text/plain" },
  },
  contentTypes: ["application/x-recordio-protobuf", "text/csv;label_size=0"],
  defaultContentType: "text/csv;label_size=0",
  inputModes: ["File", "Pipe"],
  instances: {
    training: "either",
    serving: "either",
    discouraged: {
      serving: { gpu: "CPUs suffice for its endpoints: take one such as ml.m5.large" },
    },
    distributed: true,
    notes: "GPUs are advised for training, though CPUs may cost less; CPUs for endpoints.",
  },
  hyperparameters: {
    feature_dim: {
      type: "integer",
      min: 1,
      max: 1_000_000,
      required: true,
      description: "words of the vocabulary",
    },
    num_topics: {
      type: "integer",
      min: 2,
      max: 1000,
      required: true,
      description: "how many topics",
    },
    epochs: { ...count, default: 50, description: "passes over the documents at most" },
    mini_batch_size: {
      type: "integer",
      min: 1,
      max: 10_000,
      default: 256,
      description: "documents of one update",
    },
    encoder_layers: {
      type: "text",
      pattern: /^(auto|[1-9]\d*(, ?[1-9]\d*)*)$/,
      format: "auto or widths of layers separated by commas, such as 300,200",
      default: "auto",
      description: "layers of the encoder; auto is 3 and 2 times num_topics",
    },
    encoder_layers_activation: {
      type: "categorical",
      values: ["sigmoid", "tanh", "relu"],
      default: "sigmoid",
      description: "what their units apply",
    },
    batch_norm: { ...boolean, default: "false", description: "normalize within batches" },
    optimizer: {
      type: "categorical",
      values: ["sgd", "adam", "adagrad", "adadelta", "rmsprop"],
      default: "adadelta",
      description: "update rule",
    },
    learning_rate: {
      type: "float",
      min: 1e-6,
      max: 1,
      default: 0.001,
      description: "length of an update",
    },
    clip_gradient: {
      type: "float",
      min: 0.001,
      literals: ["Infinity"],
      default: "Infinity",
      description: "largest gradient",
    },
    rescale_gradient: {
      type: "float",
      min: 0.001,
      max: 1,
      default: 1,
      description: "factor on every gradient",
    },
    weight_decay: { ...share, default: 0, description: "weight of the L2 penalty" },
    sub_sample: { ...share, default: 1, description: "share of documents drawn for an epoch" },
    num_patience_epochs: {
      ...count,
      default: 3,
      description: "epochs without progress before training ends; more than epochs: never",
    },
    tolerance: {
      type: "float",
      min: 1e-6,
      max: 0.1,
      default: 0.001,
      description: "relative change of the loss that is progress",
    },
  },
  rules: [],
  metricsFollow: [],
  metrics: {
    "validation:total_loss": {
      direction: "min",
      description: "reconstruction loss and KL divergence together",
      channel: "validation",
    },
  },
  tunable: {
    encoder_layers_activation: { type: "categorical", values: ["sigmoid", "tanh", "relu"] },
    learning_rate: { type: "continuous", min: 0.0001, max: 0.1 },
    mini_batch_size: { type: "integer", min: 16, max: 2048 },
    optimizer: { type: "categorical", values: ["sgd", "adam", "adadelta"] },
    rescale_gradient: { type: "continuous", min: 0.1, max: 1 },
    weight_decay: { type: "continuous", min: 0, max: 1 },
  },
  serving: {
    requests: [
      "text/csv",
      "application/json",
      "application/jsonlines",
      "application/x-recordio-protobuf",
    ],
    responses: ["application/json", "application/jsonlines", "application/x-recordio-protobuf"],
    exampleRequest: "0,2,0,1,4\n1,0,0,3,0",
    exampleResponse:
      '{"predictions": [{"topic_weights": [0.1, 0.7, 0.2]}, {"topic_weights": [0.6, 0.3, 0.1]}]}',
  },
  notes: [
    "CSV has a count for every word of the vocabulary, no label and no header: text/csv;label_size=0",
    "Channels other than train go whole to every instance",
    "vocab.txt of the auxiliary channel is UTF-8; with it the log names the words of topics",
  ],
  example: {
    hyperparameters: { feature_dim: 5000, num_topics: 20 },
    gate: { metric: "validation:total_loss", threshold: 8 },
    etlWrites: "CSV of word counts, a document a line, no header",
  },
};
