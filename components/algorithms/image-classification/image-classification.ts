import type { Algorithm } from "../algorithm.ts";
import { imageContentTypes } from "../image-content-types.ts";
import { imageClassificationHyperparameters } from "./hyperparameters.ts";
import { imageClassificationRules } from "./rules.ts";

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/image-classification.html */
export const imageClassification: Algorithm = {
  name: "image-classification",
  title: "Image Classification - MXNet",
  summary: "Labels of images, by a ResNet trained anew or from ImageNet on",
  tasks: ["image classification"],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/image-classification.html",
  imageRepository: "image-classification",
  versions: [{ name: "1" }],
  defaultVersion: "1",
  channels: {
    train: { description: "images to learn from", required: true },
    validation: { description: "images to evaluate each epoch on", required: true },
    train_lst: {
      description: "list of train's images: number, class and path, tabs between",
      requiredFor: imageContentTypes,
    },
    validation_lst: {
      description: "the same of validation's images",
      requiredFor: imageContentTypes,
    },
    model: {
      description: "a model to train on from",
      contentType: "application/x-sagemaker-model",
    },
  },
  contentTypes: [
    "application/x-recordio",
    "application/x-recordio;label-format=class-id",
    ...imageContentTypes,
  ],
  defaultContentType: "application/x-recordio",
  inputModes: ["File", "Pipe"],
  pipeContentTypes: ["application/x-recordio", "application/x-recordio;label-format=class-id"],
  instances: {
    training: "gpu",
    serving: "either",
    distributed: true,
    notes: "GPUs with much memory for large batches; several of them, on several instances too.",
  },
  checkpoints: {},
  hyperparameters: imageClassificationHyperparameters,
  rules: imageClassificationRules,
  metricsFollow: [],
  metrics: {
    "validation:accuracy": {
      direction: "max",
      description: "share of images labelled right",
      channel: "validation",
    },
  },
  tunable: {
    beta_1: { type: "continuous", min: 1e-6, max: 0.999 },
    beta_2: { type: "continuous", min: 1e-6, max: 0.999 },
    eps: { type: "continuous", min: 1e-8, max: 1 },
    gamma: { type: "continuous", min: 1e-8, max: 0.999 },
    learning_rate: { type: "continuous", min: 1e-6, max: 0.5 },
    mini_batch_size: { type: "integer", min: 8, max: 512 },
    momentum: { type: "continuous", min: 0, max: 0.999 },
    optimizer: { type: "categorical", values: ["sgd", "adam", "rmsprop", "nag"] },
    weight_decay: { type: "continuous", min: 0, max: 0.999 },
  },
  tuning: { iterations: { hyperparameter: "epochs" } },
  serving: {
    requests: ["application/x-image", "image/png", "image/jpeg"],
    responses: ["application/json", "application/jsonlines"],
    exampleRequest: "(the bytes of one image)",
    exampleResponse: "[0.021, 0.942, 0.037]",
  },
  notes: [
    "Classes count from 0 without gaps",
    "Several labels an image are a vector of 0 and 1, or class numbers with application/x-recordio;label-format=class-id",
    "In Pipe mode every instance gets all of RecordIO; single images go through Pipe with an augmented manifest alone",
    "Training on from a model needs its num_layers, image_shape and num_classes",
  ],
  example: {
    pipeline: "pictures",
    hyperparameters: {
      num_classes: 10,
      num_training_samples: 50_000,
      num_layers: 18,
      use_pretrained_model: 1,
      epochs: 10,
    },
    gate: { metric: "validation:accuracy", threshold: 0.8 },
    etlWrites: "RecordIO of images with their class numbers",
  },
};
