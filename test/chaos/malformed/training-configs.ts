import { minimalPipeline } from "../../stacks/pipeline-config.ts";
import type { MalformedCase } from "./case.ts";
import { churn, own } from "./config-case.ts";

const { hyperparameters } = minimalPipeline().training;

export const trainingConfigs: readonly MalformedCase[] = [
  churn(
    "hyperparameters of a list",
    { training: { hyperparameters: ["objective"] } },
    "~.training.hyperparameters: a mapping of names to values",
  ),
  churn(
    "hyperparameters of a text",
    { training: { hyperparameters: "objective=1" } },
    "~.training.hyperparameters: a mapping of names to values",
  ),
  churn(
    "a hyperparameter of __proto__",
    { training: { hyperparameters: { ...hyperparameters, ...own("__proto__", 1) } } },
    "~.training.hyperparameters.__proto__: not a hyperparameter of XGBoost 3.0-5; the container refuses unknown ones",
  ),
  churn(
    "a hyperparameter of constructor",
    { training: { hyperparameters: { ...hyperparameters, constructor: 1 } } },
    "~.training.hyperparameters.constructor: not a hyperparameter of XGBoost 3.0-5; the container refuses unknown ones",
  ),
  churn(
    "an unchecked one of __proto__",
    { training: { hyperparameters, uncheckedHyperparameters: own("__proto__", "1") } },
    "~.training.uncheckedHyperparameters.__proto__: a name other than __proto__, which cannot be passed on",
  ),
  churn(
    "rounds of NaN",
    { training: { hyperparameters: { ...hyperparameters, num_round: Number.NaN } } },
    "~.training.hyperparameters.num_round: a number, a boolean, a text or a list of them",
  ),
  churn(
    "rounds of 2 to the 63",
    { training: { hyperparameters: { ...hyperparameters, num_round: 2 ** 63 } } },
    "accepted",
  ),
  churn(
    "rounds beyond what a number holds",
    { training: { hyperparameters: { ...hyperparameters, num_round: "9007199254740993" } } },
    "accepted",
  ),
  churn(
    "rounds of true",
    { training: { hyperparameters: { ...hyperparameters, num_round: true } } },
    "~.training.hyperparameters.num_round: a whole number at least 1",
  ),
  churn(
    "rounds of null",
    { training: { hyperparameters: { ...hyperparameters, num_round: null } } },
    "~.training.hyperparameters.num_round: a number, a boolean, a text or a list of them",
  ),
  churn(
    "rounds of hexadecimal",
    { training: { hyperparameters: { ...hyperparameters, num_round: "0x10" } } },
    "~.training.hyperparameters.num_round: a whole number at least 1",
  ),
  churn(
    "eta of infinity",
    { training: { hyperparameters: { ...hyperparameters, eta: Number.POSITIVE_INFINITY } } },
    "~.training.hyperparameters.eta: a number, a boolean, a text or a list of them",
  ),
  churn(
    "eta of a comma",
    { training: { hyperparameters: { ...hyperparameters, eta: "0,1" } } },
    "~.training.hyperparameters.eta: a number from 0 to 1",
  ),
  churn(
    "an instance of another case",
    { training: { hyperparameters, instanceType: "ML.M5.XLARGE" } },
    "~.training.instanceType: a SageMaker instance type, ml.<family>.<size>, such as ml.m5.xlarge",
  ),
  churn(
    "an instance of __proto__",
    { training: { hyperparameters, instanceType: "ml.__proto__.large" } },
    "~.training.instanceType: a SageMaker instance type, ml.<family>.<size>, such as ml.m5.xlarge",
  ),
  churn(
    "instances of 1e9",
    { training: { hyperparameters, instanceCount: 1e9 } },
    "~.training.instanceCount: a whole number of instances, 1 to 100 (SageMaker's quotas may be lower)",
  ),
  churn(
    "a volume of minus one",
    { training: { hyperparameters, volumeSizeGib: -1 } },
    "~.training.volumeSizeGib: a whole number of GiB, 1 to 16384 (the largest volume of a training job)",
  ),
  churn(
    "channels of a list",
    { training: { hyperparameters, channels: ["train"] } },
    "~.training.channels: a mapping of channels to etl or an s3:// URI",
  ),
  churn(
    "a channel of __proto__",
    { training: { hyperparameters, channels: own("__proto__", "etl") } },
    "~.training.channels.__proto__: not a channel of XGBoost; it has train, validation, code",
  ),
  churn(
    "a channel of another protocol",
    { training: { hyperparameters, channels: { validation: "https://lake/x/" } } },
    "~.training.channels.validation: etl, or the s3:// URI of a folder or an object",
  ),
  churn(
    "a channel of a folder above",
    { training: { hyperparameters, channels: { validation: "s3://lake/../x/" } } },
    "~.training.channels.validation: keys without . and .. between slashes: S3 knows no folder above, training's disk does",
  ),
  churn(
    "a channel of all",
    { training: { hyperparameters, channels: { validation: "s3://lake/*" } } },
    "~.training.channels.validation: keys of letters, digits and ! - _ . ' ( ) =, with single slashes between",
  ),
];
