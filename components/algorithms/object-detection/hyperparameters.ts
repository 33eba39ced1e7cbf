import {
  count,
  flag,
  openShare,
  positiveShare,
  pythonBoolean,
  share,
} from "../hyperparameter-shapes.ts";
import type { HyperparameterSpec } from "../hyperparameter-spec.ts";

export const objectDetectionHyperparameters: Readonly<Record<string, HyperparameterSpec>> = {
  num_classes: { ...count, required: true, description: "how many kinds of objects" },
  num_training_samples: {
    ...count,
    required: true,
    description: "images of the train channel; decays go by it",
  },
  base_network: {
    type: "categorical",
    values: ["vgg-16", "resnet-50"],
    default: "vgg-16",
    description: "network below the detector",
  },
  use_pretrained_model: { ...flag, default: 1, description: "1 starts it from trained weights" },
  freeze_layer_pattern: {
    type: "text",
    pattern: /^/,
    format: "a regular expression, such as ^(conv1_|conv2_).*",
    description: "names of layers that stay as they are; none where left out",
  },
  image_shape: {
    type: "integer",
    min: 300,
    default: 300,
    description: "side of the square that images are brought to; 300 and 512 do well",
  },
  label_width: {
    ...count,
    default: 350,
    description: "numbers of an image's label, padded: 5 for each object, and a few",
  },
  epochs: { ...count, default: 30, description: "passes over the images" },
  mini_batch_size: { ...count, default: 32, description: "images of one update, over all GPUs" },
  optimizer: {
    type: "categorical",
    values: ["sgd", "adam", "rmsprop", "adadelta"],
    default: "sgd",
    description: "update rule",
  },
  learning_rate: { ...positiveShare, default: 0.001, description: "first length of an update" },
  lr_scheduler_step: {
    type: "text",
    pattern: /^([1-9]\d*(, ?[1-9]\d*)*)?$/,
    format: "epochs separated by commas, such as 10,20",
    default: "",
    description: "epochs after which learning_rate falls",
  },
  lr_scheduler_factor: {
    ...openShare,
    default: 0.1,
    description: "what it is then multiplied with",
  },
  momentum: { ...positiveShare, default: 0.9, description: "sgd: share of the last update kept" },
  weight_decay: { ...openShare, default: 0.0005, description: "sgd, rmsprop: pull towards 0" },
  nms_threshold: {
    ...positiveShare,
    default: 0.45,
    description: "overlap from which on the weaker of two boxes is dropped",
  },
  overlap_threshold: {
    ...positiveShare,
    default: 0.5,
    description: "overlap with a true box that makes a box right",
  },
  early_stopping: { ...pythonBoolean, default: "False", description: "end when mAP stalls" },
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
    description: "early stopping: relative gain of mAP that is progress",
  },
  kv_store: {
    type: "categorical",
    values: ["dist_sync", "dist_async"],
    description: "several instances: update together, or each when it is ready",
  },
};
