import type { Algorithm, HyperparameterRule } from "../algorithm.ts";
import { usedOnly, when } from "../condition.ts";
import { imageContentTypes } from "../image-content-types.ts";
import { metricTable } from "../metric-table.ts";
import { objectDetectionHyperparameters } from "./hyperparameters.ts";

const objectDetectionRules: readonly HyperparameterRule[] = [
  function decayNeedsSteps({ hyperparameters: { lr_scheduler_factor, lr_scheduler_step = "" } }) {
    if (lr_scheduler_factor === undefined || lr_scheduler_step !== "") return undefined;
    if (Number(lr_scheduler_factor) === 0.1) return undefined;
    return {
      hyperparameter: "lr_scheduler_factor",
      rule: "needs lr_scheduler_step: without that it changes nothing",
      remedy: "remove it, or add the epochs, such as lr_scheduler_step: 10,20",
    };
  },
  ...usedOnly(when("optimizer", "sgd"), "momentum"),
  ...usedOnly(when("optimizer", "sgd", "rmsprop"), "weight_decay"),
  ...usedOnly(
    when("early_stopping", "True"),
    "early_stopping_min_epochs",
    "early_stopping_patience",
    "early_stopping_tolerance",
  ),
];

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/object-detection.html */
export const objectDetection: Algorithm = {
  name: "object-detection",
  title: "Object Detection - MXNet",
  summary: "Boxes around the objects of an image, with their kinds",
  tasks: ["object detection"],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/object-detection.html",
  imageRepository: "object-detection",
  versions: [{ name: "1" }],
  defaultVersion: "1",
  channels: {
    train: { description: "images to learn from", required: true },
    validation: { description: "images to evaluate each epoch on", required: true },
    train_annotation: {
      description: "a JSON file for each of train's images: its boxes",
      requiredFor: imageContentTypes,
    },
    validation_annotation: {
      description: "the same of validation's images",
      requiredFor: imageContentTypes,
    },
    model: {
      description: "a model to train on from",
      contentType: "application/x-sagemaker-model",
    },
  },
  contentTypes: ["application/x-recordio", ...imageContentTypes],
  defaultContentType: "application/x-recordio",
  inputModes: ["File", "Pipe"],
  pipeContentTypes: ["application/x-recordio"],
  instances: {
    training: "gpu",
    serving: "either",
    distributed: true,
    notes: "GPUs with much memory for large batches; several of them, on several instances too.",
  },
  checkpoints: {},
  hyperparameters: objectDetectionHyperparameters,
  rules: objectDetectionRules,
  metricsFollow: [],
  metrics: {
    ...metricTable(["validation"], {
      mAP: { direction: "max", description: "mean average precision of boxes" },
    }),
    ...metricTable(["train"], {
      cross_entropy: { direction: "min", description: "log loss of kinds, of the last batch" },
      smooth_l1: { direction: "min", description: "loss of box corners, of the last batch" },
      progress: { direction: "max", description: "percent of epochs done", informational: true },
      throughput: { direction: "max", description: "images a second", informational: true },
    }),
  },
  tunable: {
    learning_rate: { type: "continuous", min: 1e-6, max: 0.5 },
    mini_batch_size: { type: "integer", min: 8, max: 64 },
    momentum: { type: "continuous", min: 0, max: 0.999 },
    optimizer: { type: "categorical", values: ["sgd", "adam", "rmsprop", "adadelta"] },
    weight_decay: { type: "continuous", min: 0, max: 0.999 },
  },
  tuning: { iterations: { hyperparameter: "epochs" } },
  serving: {
    requests: ["application/x-image", "image/png", "image/jpeg"],
    responses: ["application/json", "application/json;annotation=1"],
    exampleRequest: "(the bytes of one image)",
    exampleResponse: '{"prediction": [[0, 0.92, 0.13, 0.21, 0.48, 0.66]]}',
  },
  notes: [
    "An answer has kind, score and corners (left, top, right, bottom) as shares of the image; training boxes are left, top, width and height in pixels",
    "Accept application/json;annotation=1 answers in pixels",
    "Kinds count from 0 without gaps; images have three colour channels",
    "Training on from a model needs its base_network and num_classes",
  ],
  example: {
    pipeline: "objects",
    hyperparameters: { num_classes: 4, num_training_samples: 5000, epochs: 30 },
    gate: { metric: "validation:mAP", threshold: 0.4 },
    etlWrites: "RecordIO of images with their boxes",
  },
};
