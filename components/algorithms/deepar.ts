import type { Algorithm } from "./algorithm.ts";
import { anyNumber, count } from "./hyperparameter-shapes.ts";
import { metricTable } from "./metric-table.ts";

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/deepar.html */
export const deepar: Algorithm = {
  name: "forecasting-deepar",
  title: "DeepAR Forecasting",
  summary: "Forecasts of many related time series, with quantiles",
  tasks: ["forecasting"],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/deepar.html",
  imageRepository: "forecasting-deepar",
  versions: [{ name: "1" }],
  defaultVersion: "1",
  channels: {
    train: { description: "series, one a line", required: true },
    test: { description: "the same series, prediction_length points longer" },
  },
  contentTypes: ["application/jsonlines"],
  defaultContentType: "application/jsonlines",
  inputModes: ["File"],
  instances: {
    training: "either",
    serving: "cpu",
    distributed: true,
    notes: "Start on one CPU instance; GPUs pay for large networks and batches above 512.",
  },
  hyperparameters: {
    time_freq: {
      type: "text",
      pattern: /^[0-9]*(M|W|D|H|min)$/,
      format: "M, W, D, H or min, with a number before it for multiples, such as D or 5min",
      required: true,
      description: "time between two points",
    },
    prediction_length: {
      ...count,
      required: true,
      description: "points forecast, always as many; 400 is a lot",
    },
    context_length: { ...count, required: true, description: "points looked at before a forecast" },
    epochs: { ...count, required: true, description: "passes over the series at most" },
    mini_batch_size: { ...count, default: 128, description: "windows of one update" },
    learning_rate: { ...anyNumber, default: 0.001, description: "length of an update" },
    early_stopping_patience: {
      type: "integer",
      description: "epochs without progress before training ends; left out, it does not",
    },
    num_layers: { ...count, default: 2, description: "recurrent layers" },
    num_cells: { ...count, default: 40, description: "cells of each" },
    dropout_rate: { ...anyNumber, default: 0.1, description: "share of cells left as they were" },
    likelihood: {
      type: "categorical",
      values: ["gaussian", "beta", "negative-binomial", "student-T", "deterministic-L1"],
      default: "student-T",
      description:
        "distribution of values: any, 0 to 1 (beta), counts (negative-binomial), or a point alone",
    },
    cardinality: {
      type: "json list",
      items: count,
      literals: ["auto", "ignore", ""],
      default: "auto",
      description: "groups of each entry of cat, or ignore for leaving cat out",
    },
    embedding_dimension: { ...count, default: 10, description: "numbers that stand for a group" },
    num_dynamic_feat: {
      ...count,
      literals: ["auto", "ignore", ""],
      default: "auto",
      description: "series of dynamic_feat, or ignore for leaving them out",
    },
    num_eval_samples: {
      type: "integer",
      default: 100,
      description: "paths drawn for each series of the test channel",
    },
    test_quantiles: {
      type: "json list",
      items: anyNumber,
      default: "[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]",
      description: "quantiles that mean_wQuantileLoss is the mean of",
    },
  },
  rules: [],
  metricsFollow: [],
  metrics: {
    ...metricTable(["test"], {
      RMSE: { direction: "min", description: "root mean squared error of mean forecasts" },
      mean_wQuantileLoss: {
        direction: "min",
        description: "weighted loss of quantiles, mean of test_quantiles",
      },
    }),
    ...metricTable(["train"], {
      final_loss: { direction: "min", description: "training loss, mean of the last epoch" },
    }),
  },
  tunable: {
    epochs: { type: "integer", min: 1, max: 1000 },
    context_length: { type: "integer", min: 1, max: 200 },
    mini_batch_size: { type: "integer", min: 32, max: 1028 },
    learning_rate: { type: "continuous", min: 1e-5, max: 0.1 },
    num_cells: { type: "integer", min: 30, max: 200 },
    num_layers: { type: "integer", min: 1, max: 8 },
    dropout_rate: { type: "continuous", min: 0, max: 0.2 },
    embedding_dimension: { type: "integer", min: 1, max: 50 },
  },
  serving: {
    requests: ["application/json", "application/jsonlines"],
    responses: ["application/json", "application/jsonlines"],
    exampleRequest:
      '{"instances": [{"start": "2026-01-01 00:00:00", "target": [4.0, 10.0, 50.0]}], "configuration": {"num_samples": 50, "output_types": ["mean", "quantiles"], "quantiles": ["0.5"]}}',
    exampleResponse:
      '{"predictions": [{"mean": [47.2, 46.1], "quantiles": {"0.5": [46.8, 45.9]}}]}',
  },
  notes: [
    'A line of data is {"start": "2026-01-01 00:00:00", "target": [4.0, 10.0]}, with cat and dynamic_feat where there are such; start has no time zone',
    "Files may be .json, .json.gz or .parquet: endings tell them apart",
    "All series together need 300 points",
    "Values of cat count from 0, each of them occurs in training; dynamic_feat of a request covers the forecast too",
    "An answer has to come within 60 seconds: send few series at once",
  ],
  example: {
    pipeline: "demand",
    hyperparameters: { time_freq: "D", prediction_length: 14, context_length: 28, epochs: 50 },
    gate: { metric: "test:mean_wQuantileLoss", threshold: 0.2 },
    etlWrites: "JSON Lines, a series each: start and target",
  },
};
