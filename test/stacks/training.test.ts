import { type Refusal, refuses } from "./pipeline-config.ts";

const hyperparameters = { objective: "binary:logistic", num_round: 100, eval_metric: "error" };
const training = (more: object) => ({ training: { hyperparameters, ...more } });

const refused: readonly Refusal[] = [
  [
    training({ contentType: "text/csv; charset=utf-8" }),
    "training.contentType",
    "text/csv; charset=utf-8",
    "a content type that XGBoost trains from, letter for letter: text/csv, csv, text/libsvm, text/x-libsvm, libsvm, application/x-parquet, parquet, application/x-recordio-protobuf, recordio-protobuf",
    "write text/csv",
  ],
  [
    training({ instanceType: "c5.xlarge" }),
    "training.instanceType",
    "c5.xlarge",
    "a SageMaker instance type, ml.<family>.<size>, such as ml.m5.xlarge",
    "write ml.c5.xlarge",
  ],
  [
    training({ instanceCount: 0 }),
    "training.instanceCount",
    0,
    "a whole number of instances, 1 to 100 (SageMaker's quotas may be lower)",
    "raise it to 1 at least",
  ],
  [
    training({ volumeSizeGib: 1.5 }),
    "training.volumeSizeGib",
    1.5,
    "a whole number of GiB, 1 to 16384 (the largest volume of a training job)",
    "write a whole number, without a unit",
  ],
  [
    training({ maxRuntimeMinutes: 40321 }),
    "training.maxRuntimeMinutes",
    40321,
    "a whole number of minutes, 1 to 40320 (SageMaker's 28 days)",
    "lower it to 40320 at most",
  ],
  [
    training({ hyperparameters: 5 }),
    "training.hyperparameters",
    5,
    "a mapping of names to values",
    "write name: value below it",
  ],
];

describe("a pipeline's training", () => {
  refuses(refused);
});
