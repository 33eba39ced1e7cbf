import { expect } from "chai";
import { parsePipeline, type Refusal, refuses } from "./pipeline-config.ts";

const hyperparameters = { objective: "binary:logistic", num_round: 100, eval_metric: "error" };
const training = (more: object) => ({ training: { hyperparameters, ...more } });
const weighted = { hyperparameters: { ...hyperparameters, csv_weights: 1 } };
const dask = {
  hyperparameters: { ...hyperparameters, tree_method: "hist", use_dask_gpu_training: true },
  instanceType: "ml.g4dn.xlarge",
};

const refused: readonly Refusal[] = [
  [
    training({ inputMode: "pipe" }),
    "training.inputMode",
    "pipe",
    "File, Pipe or FastFile",
    "write one of these, or leave it out for File",
  ],
  [
    training({ inputMode: "FastFile" }),
    "training.inputMode",
    "FastFile",
    "an input mode that XGBoost is documented to read: File, Pipe",
    "leave it out for File",
  ],
  [
    training({ inputMode: "Pipe", contentType: "text/libsvm" }),
    "training.contentType",
    "text/libsvm",
    "in input mode Pipe XGBoost reads only text/csv, csv, application/x-parquet, parquet, application/x-recordio-protobuf, recordio-protobuf",
    "write one of these, or training.inputMode: File",
  ],
  [
    training({ contentType: "text/csv;label_size=2" }),
    "training.contentType",
    "text/csv;label_size=2",
    "XGBoost takes one label, the first column",
    "write text/csv",
  ],
  [
    training({ ...weighted, contentType: "text/libsvm" }),
    "training.hyperparameters.csv_weights",
    1,
    "only for text/csv, whose second column then holds the weights; contentType is text/libsvm",
    "remove it, or write training.contentType: text/csv",
  ],
  [
    training({ ...dask, contentType: "text/libsvm" }),
    "training.hyperparameters.use_dask_gpu_training",
    true,
    "only for CSV or Parquet in input mode File; contentType is text/libsvm, inputMode File",
    "remove it, or write training.contentType: text/csv and leave inputMode out",
  ],
  [
    training({ ...dask, inputMode: "Pipe" }),
    "training.hyperparameters.use_dask_gpu_training",
    true,
    "only for CSV or Parquet in input mode File; contentType is text/csv, inputMode Pipe",
    "remove it, or write training.contentType: text/csv and leave inputMode out",
  ],
];

describe("a pipeline's training data", () => {
  refuses(refused);

  for (const [more, expected] of [
    [weighted, { contentType: "text/csv" }],
    [{ ...weighted, contentType: "csv" }, { contentType: "csv" }],
    [
      { ...weighted, contentType: "text/csv;label_size=1" },
      { contentType: "text/csv;label_size=1" },
    ],
    [
      { ...dask, contentType: "application/x-parquet" },
      { contentType: "application/x-parquet", inputMode: "File" },
    ],
    [{ inputMode: "Pipe" }, { contentType: "text/csv", inputMode: "Pipe" }],
  ] as const) {
    it(`takes ${JSON.stringify(more)}`, () => {
      expect(parsePipeline(training(more))?.training).to.include(expected);
    });
  }
});
