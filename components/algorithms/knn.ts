import type { Algorithm, HyperparameterRule } from "./algorithm.ts";
import { answerBy } from "./comparable.ts";
import { holds, requiredWhen, usedOnly, when } from "./condition.ts";
import { count } from "./hyperparameter-shapes.ts";
import { metricTable } from "./metric-table.ts";

const reduction = when("dimension_reduction_type", "sign", "fjlt");
const knnClassifier = { classifier: { kind: "class", format: "knn json" } } as const;
const productQuantized = when("index_type", "faiss.IVFPQ");

const knnRules: readonly HyperparameterRule[] = [
  requiredWhen(reduction, "dimension_reduction_target", "10"),
  ...usedOnly(reduction, "dimension_reduction_target"),

  function reducesDimensions({ hyperparameters: { dimension_reduction_target, feature_dim } }) {
    if (dimension_reduction_target === undefined || feature_dim === undefined) return undefined;
    if (Number(dimension_reduction_target) < Number(feature_dim)) return undefined;
    return {
      hyperparameter: "dimension_reduction_target",
      rule: `less than feature_dim (${feature_dim})`,
      remedy: "lower it, or remove it and dimension_reduction_type",
    };
  },

  function asManyRowsAsVote({ hyperparameters: { k, sample_size } }) {
    if (k === undefined || sample_size === undefined || Number(k) <= Number(sample_size))
      return undefined;
    return {
      hyperparameter: "k",
      rule: `at most sample_size (${sample_size}): the index has no more rows that could vote`,
      remedy: "lower it, or raise sample_size",
    };
  },

  function euclideanProductQuantization(run) {
    const { index_metric } = run.hyperparameters;
    if (!holds(productQuantized, run) || !/^(INNER_PRODUCT|COSINE)$/.test(index_metric ?? ""))
      return undefined;
    return {
      hyperparameter: "index_metric",
      rule: "L2 when index_type is faiss.IVFPQ",
      remedy: "remove it, or write index_type: faiss.IVFFlat",
    };
  },

  // AWS documents no default, and FAISS builds no such index without it.
  requiredWhen(productQuantized, "faiss_index_pq_m", "8"),
  ...usedOnly(productQuantized, "faiss_index_pq_m"),
  ...usedOnly(when("index_type", "faiss.IVFFlat", "faiss.IVFPQ"), "faiss_index_ivf_nlists"),
];

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/k-nearest-neighbors.html */
export const knn: Algorithm = {
  name: "knn",
  title: "k-Nearest Neighbors",
  summary: "Labels of the training rows that are nearest, out of an index of a sample",
  tasks: ["binary classification", "multi-class classification", "regression"],
  documentation: "https://docs.aws.amazon.com/sagemaker/latest/dg/k-nearest-neighbors.html",
  imageRepository: "knn",
  versions: [{ name: "1" }],
  defaultVersion: "1",
  channels: {
    train: {
      description: "rows that the index samples",
      required: true,
      distribution: "ShardedByS3Key",
    },
    test: { description: "rows for the evaluation after training" },
  },
  contentTypes: ["text/csv", "application/x-recordio-protobuf"],
  defaultContentType: "text/csv",
  inputModes: ["File", "Pipe"],
  instances: {
    training: "either",
    serving: "either",
    distributed: true,
    notes:
      "Start with ml.m5.2xlarge. CPU endpoints answer sooner, GPU endpoints answer more; of several GPUs one is used.",
  },
  hyperparameters: {
    feature_dim: {
      ...count,
      required: true,
      description: "columns of a row, the label not counted",
    },
    k: { ...count, required: true, description: "neighbours that vote" },
    predictor_type: {
      type: "categorical",
      values: ["classifier", "regressor"],
      required: true,
      description: "whether labels are classes or numbers",
    },
    sample_size: { ...count, required: true, description: "training rows drawn for the index" },
    dimension_reduction_type: {
      type: "categorical",
      values: ["sign", "fjlt"],
      description: "random projection of rows before indexing; none where left out",
    },
    dimension_reduction_target: { ...count, description: "columns after the projection" },
    index_type: {
      type: "categorical",
      values: ["faiss.Flat", "faiss.IVFFlat", "faiss.IVFPQ"],
      default: "faiss.Flat",
      description: "exact search, search in cells, or in cells of compressed rows",
    },
    index_metric: {
      type: "categorical",
      values: ["L2", "INNER_PRODUCT", "COSINE"],
      default: "L2",
      description: "what near means",
    },
    faiss_index_ivf_nlists: {
      ...count,
      literals: ["auto"],
      default: "auto",
      description: "cells of the index; auto is the root of sample_size",
    },
    faiss_index_pq_m: {
      type: "categorical",
      values: "1 2 3 4 8 12 16 20 24 28 32 40 48 56 64 96".split(" "),
      description: "pieces that a row is compressed in; best a divisor of its columns",
    },
    mini_batch_size: { ...count, default: 5000, description: "rows read at once" },
  },
  rules: knnRules,
  metricsFollow: ["predictor_type"],
  metrics: metricTable(["test"], {
    accuracy: {
      direction: "max",
      description: "share of rows labelled right",
      when: when("predictor_type", "classifier"),
    },
    mse: {
      direction: "min",
      description: "mean squared error",
      when: when("predictor_type", "regressor"),
    },
  }),
  tunable: {
    k: { type: "integer", min: 1, max: 1024 },
    sample_size: { type: "integer", min: 256, max: 20000000 },
  },
  comparable: {
    answers: {
      regression: answerBy("predictor_type", { regressor: { kind: "value", format: "knn json" } }),
      binary: answerBy("predictor_type", knnClassifier),
      multiclass: answerBy("predictor_type", knnClassifier),
    },
    validationChannel: "test",
    scores: {
      rmse: ["test:mse"],
      mae: ["test:mse"],
      r2: ["test:mse"],
      accuracy: ["test:accuracy"],
      f1: ["test:accuracy"],
    },
  },
  serving: {
    requests: [
      "text/csv",
      "application/json",
      "application/jsonlines",
      "application/x-recordio-protobuf",
    ],
    responses: ["application/json", "application/jsonlines", "application/x-recordio-protobuf"],
    exampleRequest: "128,25,265.1\n84,0,299.4",
    exampleResponse: '{"predictions": [{"predicted_label": 0.0}, {"predicted_label": 1.0}]}',
  },
  notes: [
    "CSV has the label in its first column and no header; requests have no label",
    "Accept application/json; verbose=true adds the neighbours' distances and labels to an answer",
    "Without a test channel no metric is emitted",
  ],
  example: {
    pipeline: "churn-neighbors",
    hyperparameters: { feature_dim: 69, k: 10, predictor_type: "classifier", sample_size: 2000 },
    gate: { metric: "test:accuracy", threshold: 0.8 },
    script: "glue/churn_etl.py",
    etlWrites: "CSV, the label in the first column, no header",
  },
};
