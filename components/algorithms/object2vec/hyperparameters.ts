import { pythonBoolean, share } from "../hyperparameter-shapes.ts";
import type { HyperparameterSpec } from "../hyperparameter-spec.ts";
import { encoderHyperparameters } from "./encoder-hyperparameters.ts";

export const object2vecHyperparameters: Readonly<Record<string, HyperparameterSpec>> = {
  ...encoderHyperparameters,
  output_layer: {
    type: "categorical",
    values: ["softmax", "mean_squared_error"],
    default: "softmax",
    description: "softmax predicts a class, mean_squared_error a number",
  },
  num_classes: {
    type: "integer",
    min: 2,
    max: 30,
    default: 2,
    description: "how many classes softmax tells apart",
  },
  enc_dim: {
    type: "integer",
    min: 4,
    max: 10_000,
    default: 4096,
    description: "numbers that stand for an encoded object",
  },
  comparator_list: {
    type: "list",
    values: ["hadamard", "concat", "abs_diff"],
    spaces: true,
    default: "hadamard, concat, abs_diff",
    description: "how the two encodings meet: product, both side by side, distance; in this order",
  },
  mlp_layers: { type: "integer", min: 0, max: 10, default: 2, description: "layers after that" },
  mlp_dim: { type: "integer", min: 2, max: 10_000, default: 512, description: "units of each" },
  mlp_activation: {
    type: "categorical",
    values: ["tanh", "relu", "linear"],
    default: "linear",
    description: "what their units apply",
  },
  tied_token_embedding_weight: {
    ...pythonBoolean,
    default: "False",
    description: "both encoders share the vectors of tokens",
  },
  token_embedding_storage_type: {
    type: "categorical",
    values: ["dense", "row_sparse"],
    default: "dense",
    description: "row_sparse updates only the tokens of a batch: faster with large vocabularies",
  },
  negative_sampling_rate: {
    type: "integer",
    min: 0,
    default: 0,
    description: "made-up negative pairs for each pair given; 0 for data that has negatives",
  },
  bucket_width: {
    type: "integer",
    min: 0,
    max: 100,
    default: 0,
    description: "spread of lengths within a batch; 0 mixes all lengths",
  },
  dropout: { ...share, default: 0, description: "share of units silenced in training" },
  epochs: { type: "integer", min: 1, max: 100, default: 30, description: "passes over the pairs" },
  mini_batch_size: {
    type: "integer",
    min: 1,
    max: 10_000,
    default: 32,
    description: "pairs of one update",
  },
  learning_rate: {
    type: "float",
    min: 1e-6,
    max: 1,
    default: 0.0004,
    description: "length of an update",
  },
  optimizer: {
    type: "categorical",
    values: ["adadelta", "adagrad", "adam", "sgd", "rmsprop"],
    default: "adam",
    description: "update rule",
  },
  weight_decay: {
    type: "float",
    min: 0,
    max: 10_000,
    default: 0,
    description: "pull of weights towards 0",
  },
  early_stopping_patience: {
    type: "integer",
    min: 1,
    max: 5,
    default: 3,
    description: "epochs without progress before training ends",
  },
  early_stopping_tolerance: {
    type: "float",
    min: 1e-6,
    max: 0.1,
    default: 0.01,
    description: "fall of the loss that is progress",
  },
};
