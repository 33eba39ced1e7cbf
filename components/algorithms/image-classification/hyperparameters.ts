import { count, flag, pythonBoolean, share } from "../hyperparameter-shapes.ts";
import type { HyperparameterSpec } from "../hyperparameter-spec.ts";

export const imageClassificationHyperparameters: Readonly<Record<string, HyperparameterSpec>> = {
  num_classes: { ...count, required: true, description: "how many classes" },
  num_training_samples: {
    ...count,
    required: true,
    description:
      "images of the train channel; decays and distribution go wrong without the true number",
  },
  num_layers: {
    type: "categorical",
    values: "18 34 50 101 152 200 20 32 44 56 110".split(" "),
    default: 152,
    description: "depth of the ResNet; 20, 32, 44, 56 and 110 are for small images, 28 x 28 say",
  },
  image_shape: {
    type: "text",
    pattern: /^[0-9]+,\s*[0-9]+,\s*[0-9]+$/,
    format: "channels, height and width, such as 3,224,224",
    default: "3,224,224",
    description: "what the network sees; no image may be smaller",
  },
  resize: { ...count, description: "pixels that the shorter side of images is brought to" },
  augmentation_type: {
    type: "categorical",
    values: ["crop", "crop_color", "crop_color_transform"],
    description: "how images are varied in training; not at all where left out",
  },
  use_pretrained_model: { ...flag, default: 0, description: "1 starts from weights of ImageNet" },
  multi_label: { ...flag, default: 0, description: "1 lets an image have several labels" },
  use_weighted_loss: {
    ...flag,
    default: 0,
    description: "multi_label: 1 weighs classes by their frequency",
  },
  top_k: {
    type: "integer",
    min: 2,
    description: "also logs how often the label is among the k best",
  },
  epochs: { ...count, default: 30, description: "passes over the images" },
  mini_batch_size: { ...count, default: 32, description: "images of one update, over all GPUs" },
  optimizer: {
    type: "categorical",
    values: ["sgd", "adam", "rmsprop", "nag"],
    default: "sgd",
    description: "update rule",
  },
  learning_rate: { ...share, default: 0.1, description: "first length of an update" },
  lr_scheduler_step: {
    type: "text",
    pattern: /^[1-9]\d*(, ?[1-9]\d*)*$/,
    format: "epochs separated by commas, such as 10,20",
    description: "epochs after which learning_rate falls",
  },
  lr_scheduler_factor: { ...share, default: 0.1, description: "what it is then multiplied with" },
  momentum: { ...share, default: 0.9, description: "sgd, nag: share of the last update kept" },
  weight_decay: { ...share, default: 0.0001, description: "sgd, nag: pull of weights towards 0" },
  beta_1: { ...share, default: 0.9, description: "adam: decay of the mean gradient" },
  beta_2: { ...share, default: 0.999, description: "adam: decay of the mean squared gradient" },
  eps: { ...share, default: 1e-8, description: "adam, rmsprop: keeps divisions from 0" },
  gamma: { ...share, default: 0.9, description: "rmsprop: decay of the mean squared gradient" },
  early_stopping: { ...pythonBoolean, default: "False", description: "end when accuracy stalls" },
  early_stopping_min_epochs: {
    ...count,
    default: 10,
    description: "early stopping: not before this epoch",
  },
  early_stopping_patience: {
    ...count,
    default: 5,
    description: "early stopping: epochs without progress that are waited for",
  },
  early_stopping_tolerance: {
    ...share,
    default: 0,
    description: "early stopping: relative gain of accuracy that is progress",
  },
  checkpoint_frequency: {
    ...count,
    description: "epochs between two checkpoints; the best alone is kept where left out",
  },
  kv_store: {
    type: "categorical",
    values: ["dist_sync", "dist_async"],
    description: "several instances: update together, or each when it is ready",
  },
  precision_dtype: {
    type: "categorical",
    values: ["float32", "float16"],
    default: "float32",
    description: "numbers that weights are held in",
  },
};
