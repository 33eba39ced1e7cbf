import { expect } from "chai";
import { algorithms } from "../../components/algorithms/index.ts";
import { parsePipeline, problemsOf, type Refusal, refuses } from "./pipeline-config.ts";

const hyperparameters = { objective: "binary:logistic", num_round: 100, eval_metric: "error" };
const image = "123456789012.dkr.ecr.us-east-2.amazonaws.com/team/model:1.0";

const refused: readonly Refusal[] = [
  [
    { algorithm: undefined },
    "algorithm",
    undefined,
    "required: what the pipeline trains with",
    "add algorithm: { name: xgboost }",
  ],
  [
    { algorithm: "xgboost" },
    "algorithm",
    "xgboost",
    "a mapping",
    "write keys below it: name, version, uncheckedVersion, image, container",
  ],
  [
    { algorithm: {} },
    "algorithm",
    {},
    "one of name, image and container",
    "write one of the three, such as algorithm: { name: xgboost }",
  ],
  [
    { algorithm: { name: "XGBoots" } },
    "algorithm.name",
    "XGBoots",
    `a built-in algorithm of the catalogue: ${Object.keys(algorithms).join(", ")}`,
    "write xgboost",
  ],
  [
    { algorithm: { name: "prophet" } },
    "algorithm.name",
    "prophet",
    `a built-in algorithm of the catalogue: ${Object.keys(algorithms).join(", ")}`,
    "write one of these, or give the full path of an image instead",
  ],
  [
    { algorithm: { name: "xgboost", version: "3.0-6" } },
    "algorithm.version",
    "3.0-6",
    "a version of XGBoost: 1, 0.90-1, 0.90-2, 1.0-1, 1.2-1, 1.2-2, 1.3-1, 1.5-1, 1.7-1, 3.0-5, 3.2-0",
    "write 3.0-5, or leave it out; one newer than these goes under uncheckedVersion",
  ],
  [
    { algorithm: { name: "xgboost", version: "1.7" } },
    "algorithm.version",
    "1.7",
    "a version of XGBoost: 1, 0.90-1, 0.90-2, 1.0-1, 1.2-1, 1.2-2, 1.3-1, 1.5-1, 1.7-1, 3.0-5, 3.2-0",
    "write 1.7-1, or leave it out for 3.0-5",
  ],
  [
    { algorithm: { image: "xgboost:latest" } },
    "algorithm.image",
    "xgboost:latest",
    "a full ECR path with tag or digest",
    "write <account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>",
  ],
  [
    { algorithm: { image, version: "1" }, validation: { enabled: false } },
    "algorithm.version",
    "1",
    "an image carries its version in its tag",
    "remove version",
  ],
];

describe("a pipeline's algorithm", () => {
  refuses(refused);

  it("takes an image with hyperparameters and a metric that nobody here knows", () => {
    const pipeline = parsePipeline({
      algorithm: { image },
      training: {
        contentType: "application/jsonlines",
        hyperparameters: { "learning-rate": 0.1, deep: true },
        metricDefinitions: [{ name: "loss", regex: "loss=(.*)" }],
      },
      validation: { metric: "loss", direction: "min", threshold: 2 },
    });

    expect(pipeline?.algorithm).to.deep.equal({ image });
    expect(pipeline?.training.contentType).to.equal("application/jsonlines");
    expect(pipeline?.training.hyperparameters).to.deep.equal({
      "learning-rate": "0.1",
      deep: "true",
    });
    expect(pipeline?.validation).to.deep.equal({
      enabled: true,
      metric: "loss",
      direction: "min",
      threshold: 2,
    });
  });

  it("checks hyperparameters against the algorithm that was probably meant", () => {
    const given = {
      algorithm: { name: "xgbost" },
      training: { hyperparameters: { ...hyperparameters, eta: 2 } },
    };

    expect(problemsOf(() => parsePipeline(given)).map(({ path }) => path)).to.deep.equal([
      "pipelines.churn.algorithm.name",
      "pipelines.churn.training.hyperparameters.eta",
    ]);
  });
});
