import type { Algorithm, HyperparameterRule } from "../algorithm.ts";
import { requiredWhen, usedOnly, when } from "../condition.ts";
import { semanticSegmentationHyperparameters } from "./hyperparameters.ts";

const step = when("lr_scheduler", "step");

const semanticSegmentationRules: readonly HyperparameterRule[] = [
  requiredWhen(step, "lr_scheduler_step", "10,20"),
  ...usedOnly(step, "lr_scheduler_step", "lr_scheduler_factor"),
  ...usedOnly(when("optimizer", "sgd"), "momentum", "weight_decay"),
  ...usedOnly(when("optimizer", "rmsprop"), "gamma1", "gamma2"),
  ...usedOnly(
    when("early_stopping", "True"),
    "early_stopping_min_epochs",
    "early_stopping_patience",
    "early_stopping_tolerance",
  ),
];

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/semantic-segmentation.html */
export const semanticSegmentation: Algorithm = {
  name: "semantic-segmentation",
  title: "Semantic Segmentation",
  summary: "A kind for every pixel of an image",
  tasks: ["semantic segmentation"],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/semantic-segmentation.html",
  imageRepository: "semantic-segmentation",
  versions: [{ name: "1" }],
  defaultVersion: "1",
  channels: {
    train: { description: "JPEG images to learn from", required: true },
    validation: { description: "JPEG images to evaluate each epoch on", required: true },
    train_annotation: {
      description: "a PNG mask of kinds for each of train's images, of its name",
      required: true,
    },
    validation_annotation: { description: "the same of validation's images", required: true },
    label_map: { description: "JSON that gives values of masks other kinds" },
    model: {
      description: "a model to train on from",
      contentType: "application/x-sagemaker-model",
    },
  },
  contentTypes: ["application/x-image", "image/jpeg", "image/png"],
  defaultContentType: "application/x-image",
  inputModes: ["File", "Pipe"],
  instances: {
    training: "gpu",
    serving: "either",
    distributed: false,
    notes: "One instance, on one or several GPUs.",
  },
  checkpoints: {},
  hyperparameters: semanticSegmentationHyperparameters,
  rules: semanticSegmentationRules,
  metricsFollow: [],
  metrics: {
    "validation:mIOU": {
      direction: "max",
      description: "overlap of predicted and true areas, mean of kinds",
      channel: "validation",
    },
    "validation:pixel_accuracy": {
      direction: "max",
      description: "share of pixels labelled right",
      channel: "validation",
    },
  },
  tunable: {
    learning_rate: { type: "continuous", min: 0.0001, max: 0.1 },
    mini_batch_size: { type: "integer", min: 1, max: 128 },
    momentum: { type: "continuous", min: 0.9, max: 0.999 },
    optimizer: { type: "categorical", values: ["sgd", "adam"] },
    weight_decay: { type: "continuous", min: 1e-5, max: 0.001 },
  },
  serving: {
    requests: ["image/jpeg"],
    responses: ["image/png", "application/x-recordio-protobuf"],
    exampleRequest: "(the bytes of one JPEG image)",
    exampleResponse: "(a PNG of one channel: the kind of each pixel)",
  },
  notes: [
    "Images are JPEG, masks PNG of one channel of 8 bits under the same names; kinds count from 0, 254 at most",
    "Accept application/x-recordio-protobuf answers probabilities of every kind for each pixel",
    "Training on from a model needs its backbone, algorithm, crop_size and num_classes",
  ],
  example: {
    pipeline: "pixels",
    hyperparameters: { num_classes: 21, num_training_samples: 1464 },
    gate: { metric: "validation:mIOU", threshold: 0.5 },
    channels: { train_annotation: "etl", validation_annotation: "etl" },
    etlWrites: "JPEG images",
  },
};
