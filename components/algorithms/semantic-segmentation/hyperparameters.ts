import { count, openShare, positiveShare, pythonBoolean, share } from "../hyperparameter-shapes.ts";
import type { HyperparameterSpec } from "../hyperparameter-spec.ts";

export const semanticSegmentationHyperparameters: Readonly<Record<string, HyperparameterSpec>> = {
  num_classes: {
    type: "integer",
    min: 2,
    max: 254,
    required: true,
    description: "how many kinds a pixel may be of",
  },
  num_training_samples: {
    ...count,
    required: true,
    description: "images of the train channel; decays go by it",
  },
  algorithm: {
    type: "categorical",
    values: ["fcn", "psp", "deeplab"],
    default: "fcn",
    description: "what labels pixels: fully convolutional, pyramid pooling, or DeepLab",
  },
  backbone: {
    type: "categorical",
    values: ["resnet-50", "resnet-101"],
    default: "resnet-50",
    description: "network below that",
  },
  use_pretrained_model: {
    ...pythonBoolean,
    default: "True",
    description: "start it from weights of ImageNet",
  },
  base_size: {
    type: "integer",
    above: 16,
    default: 520,
    description: "pixels that images are scaled to before the cut",
  },
  crop_size: {
    type: "integer",
    above: 16,
    default: 240,
    description: "side of the square that is cut for training, up to a multiple of 8",
  },
  epochs: { ...count, default: 10, description: "passes over the images" },
  mini_batch_size: { ...count, default: 16, description: "images of one update" },
  validation_mini_batch_size: { ...count, default: 16, description: "images evaluated at once" },
  optimizer: {
    type: "categorical",
    values: ["adam", "adagrad", "nag", "rmsprop", "sgd"],
    default: "sgd",
    description: "update rule",
  },
  learning_rate: { ...positiveShare, default: 0.001, description: "first length of an update" },
  lr_scheduler: {
    type: "categorical",
    values: ["poly", "cosine", "step"],
    default: "poly",
    description: "how learning_rate falls",
  },
  lr_scheduler_step: {
    type: "text",
    pattern: /^[1-9]\d*(, ?[1-9]\d*)*$/,
    format: "epochs separated by commas, such as 10,20",
    description: "step: epochs after which learning_rate falls",
  },
  lr_scheduler_factor: {
    ...share,
    default: 0.1,
    description: "step: what it is then multiplied with",
  },
  momentum: { ...positiveShare, default: 0.9, description: "sgd: share of the last update kept" },
  weight_decay: { ...openShare, default: 0.0001, description: "sgd: pull of weights towards 0" },
  gamma1: { ...share, default: 0.9, description: "rmsprop: decay of the mean squared gradient" },
  gamma2: { ...share, default: 0.9, description: "rmsprop: share of the last update kept" },
  syncbn: {
    ...pythonBoolean,
    default: "False",
    description: "normalize over the batches of all GPUs together",
  },
  early_stopping: { ...pythonBoolean, default: "False", description: "end when mIOU stalls" },
  early_stopping_min_epochs: {
    type: "integer",
    default: 5,
    description: "early stopping: not before this epoch",
  },
  early_stopping_patience: {
    type: "integer",
    default: 4,
    description: "early stopping: epochs without progress that are waited for",
  },
  early_stopping_tolerance: {
    ...share,
    default: 0,
    description: "early stopping: relative gain of mIOU that is progress",
  },
};
