import { expect } from "chai";
import { parsePipeline, type Refusal, refuses } from "./pipeline-config.ts";

const hyperparameters = { objective: "binary:logistic", num_round: 100, eval_metric: "error" };
const image = "123456789012.dkr.ecr.us-east-2.amazonaws.com/team/model:1.0";
const off = { validation: { enabled: false } };
const own = (channels: object) => ({ algorithm: { image }, ...off, training: { channels } });
const fed = (channels: unknown) => ({ training: { hyperparameters, channels } });
const linear = (training: object) => ({
  algorithm: { name: "linear-learner" },
  training: {
    hyperparameters: { predictor_type: "regressor", early_stopping_patience: 5 },
    ...training,
  },
  validation: { metric: "train:mse", threshold: 0.1 },
});
const form = "etl, or the s3:// URI of a folder or an object";
const example = 'write etl, or "s3://<bucket>/<folder>/"';

const refused: readonly Refusal[] = [
  [
    fed("etl"),
    "training.channels",
    "etl",
    "a mapping of channels to etl or an s3:// URI",
    "write <channel>: etl below it",
  ],
  [
    fed({ validaton: "etl" }),
    "training.channels.validaton",
    "etl",
    "not a channel of XGBoost; it has train, validation, code",
    "write validation",
  ],
  [
    fed({ test: "etl" }),
    "training.channels.test",
    "etl",
    "not a channel of XGBoost; it has train, validation, code",
    "remove it",
  ],
  [fed({ code: "ETL" }), "training.channels.code", "ETL", form, example],
  [fed({ code: true }), "training.channels.code", true, form, example],
  [fed({ code: null }), "training.channels.code", null, form, example],
  [fed({ code: "https://lake/x/" }), "training.channels.code", "https://lake/x/", form, example],
  [
    fed({ code: "s3://Lake/x/" }),
    "training.channels.code",
    "s3://Lake/x/",
    "the name of a bucket: 3 to 63 lower-case letters, digits, hyphens and dots",
    "write s3://<bucket>/<folder>/",
  ],
  ...["s3://lake", "s3://lake/"].map(
    (uri): Refusal => [
      fed({ code: uri }),
      "training.channels.code",
      uri,
      "a folder or an object of the bucket: training may read only what it needs",
      "add a folder: s3://lake/<folder>/",
    ],
  ),
  ...["*/", "a?/", `\${aws:username}/`, "/a/", "a//b/", "a b/", "ä/"].map(
    (key): Refusal => [
      fed({ code: `s3://lake/${key}` }),
      "training.channels.code",
      `s3://lake/${key}`,
      "keys of letters, digits and ! - _ . ' ( ) =, with single slashes between",
      "copy the data below such a key",
    ],
  ),
  [
    fed({ code: "s3://lake/scripts" }),
    "training.channels.code",
    "s3://lake/scripts",
    "a folder ends with a slash, an object with an extension: else every key that starts so is fed",
    "write s3://lake/scripts/",
  ],
  [
    fed({ code: `s3://lake/${"a".repeat(1014)}/` }),
    "training.channels.code",
    `s3://lake/${"a".repeat(1014)}/`,
    "at most 1024 characters: SageMaker takes no more",
    "shorten it by 1",
  ],
  [
    linear({ channels: { validation: "etl" } }),
    "training.channels.validation",
    "etl",
    "not fed: Linear Learner emits the gate's metric train:mse only without it",
    "remove it, or gate on a metric of validation",
  ],
  [
    own({ "a b": "etl" }),
    "training.channels.a b",
    "etl",
    "a name of letters, digits, _, . and -, at most 64, a letter or digit first",
    "take such a name",
  ],
  ...["report", "Validate", "checkpoints"].map(
    (name): Refusal => [
      own({ [name]: "etl" }),
      `training.channels.${name}`,
      "etl",
      `the script would hear of it as S3_${name.toUpperCase()}_KEY, in a folder ${name}/: that is ${
        name === "Validate" ? "the channel validation" : "something else of each run"
      }`,
      "feed it from an s3:// URI, or take another name",
    ],
  ),
  [
    own({ "a-b": "etl", a_b: "etl" }),
    "training.channels.a_b",
    "etl",
    "the script would hear of it as S3_A_B_KEY, in a folder a_b/: that is the channel a-b",
    "feed it from an s3:// URI, or take another name",
  ],
  [
    {
      ...own({ auxiliary: "etl" }),
      etl: { script: "glue/ratings_etl.py", arguments: { S3_AUXILIARY_KEY: "x" } },
    },
    "etl.arguments.S3_AUXILIARY_KEY",
    "x",
    "reserved: the script hears by it where to write the channel auxiliary",
    "remove it, the script gets it anyway",
  ],
];

describe("a pipeline's channels", () => {
  refuses(refused);

  const early = { ...hyperparameters, early_stopping_rounds: 5 };
  for (const [what, sections, channels] of [
    ["the gate's metric, too", {}, { train: "etl", validation: "etl" }],
    ["the metric of training alone", gateOn("train:error"), { train: "etl" }],
    ["no gate", off, { train: "etl" }],
    [
      "early stopping without a gate",
      { ...off, training: { hyperparameters: early } },
      { train: "etl", validation: "etl" },
    ],
    [
      "scores that hyperparameters ask for",
      {
        ...off,
        algorithm: { name: "kmeans" },
        training: { hyperparameters: { feature_dim: 3, k: 2, eval_metrics: ["ssd"] } },
      },
      { train: "etl", test: "etl" },
    ],
    ["a metric that validation data would take the place of", linear({}), { train: "etl" }],
    [
      "what config adds",
      { ...off, ...fed({ validation: "etl" }) },
      { train: "etl", validation: "etl" },
    ],
    [
      "validation data that stay the same",
      fed({ validation: "s3://lake/holdout/2024.csv" }),
      { train: "etl", validation: "s3://lake/holdout/2024.csv" },
    ],
    [
      "training data that stay the same",
      fed({ train: "s3://lake/all/" }),
      { train: "s3://lake/all/", validation: "etl" },
    ],
    ["an image and no gate", own({}), { train: "etl" }],
    ["an image and a gate", gateOfImage("loss"), { train: "etl", validation: "etl" }],
    [
      "an image and a gate on a metric that names its channel",
      gateOfImage("test:loss"),
      { train: "etl", test: "etl" },
    ],
    [
      "an image with channels of its own, the usual ones first",
      own({ vocab: "s3://lake/vocab.json", auxiliary: "etl", test: "etl" }),
      { train: "etl", test: "etl", vocab: "s3://lake/vocab.json", auxiliary: "etl" },
    ],
  ] as const) {
    it(`are ${Object.keys(channels).join(", ")} for ${what}`, () => {
      const read = parsePipeline(sections)?.training.channels ?? {};

      expect(Object.entries(read)).to.deep.equal(Object.entries(channels));
    });
  }
});

function gateOfImage(metric: string) {
  return {
    algorithm: { image },
    training: { metricDefinitions: [{ name: metric, regex: "loss=(.*)" }] },
    validation: { metric, direction: "min", threshold: 1 },
  };
}

function gateOn(metric: string) {
  return { validation: { metric, threshold: 0.1 } };
}
