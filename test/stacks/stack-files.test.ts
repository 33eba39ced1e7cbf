import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parse as parseYaml } from "yaml";
import type { PipelineConfig, StackConfig } from "../../stacks/config.ts";
import { parse } from "./pipeline-config.ts";

function load(file: string) {
  return parseYaml(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"));
}

function configOf(stack: string): StackConfig {
  const { config } = load(`Pulumi.${stack}.yaml`);
  return parse(config["retraining:pipelines"], {
    stack,
    region: config["aws:region"],
    comparisons: config["retraining:comparisons"],
    settings: Object.keys(config),
  });
}

function pipelineOf(stack: string, wanted: string): PipelineConfig {
  const { pipelines } = configOf(stack);
  const pipeline = pipelines.find(({ name }) => name === wanted);
  if (pipeline === undefined) throw new Error(`stack ${stack} has no pipeline ${wanted}`);
  return pipeline;
}

function churnOf(stack: string): PipelineConfig {
  return pipelineOf(stack, "churn");
}

describe("the stacks of this project", () => {
  for (const stack of ["dev", "prod", "local"]) {
    it(`train and gate the churn model alike in ${stack}`, () => {
      const churn = churnOf(stack);

      expect(churn.algorithm).to.deep.equal({ name: "xgboost", version: "3.0-5" });
      expect(churn.etl.script).to.equal("glue/churn_etl.py");
      expect(churn.training.hyperparameters).to.deep.equal({
        objective: "binary:logistic",
        num_round: "100",
        max_depth: "5",
        eval_metric: "error",
      });
      expect(churn.validation).to.deep.equal({
        enabled: true,
        metric: "validation:error",
        direction: "min",
        threshold: 0.1,
      });
    });
  }

  it("have the ratings pipeline ready, alike and off", () => {
    const [dev, prod, local] = ["dev", "prod", "local"].map((stack) =>
      pipelineOf(stack, "ratings"),
    );

    for (const ratings of [dev, prod, local]) {
      expect(ratings?.enabled).to.equal(false);
      expect(ratings?.algorithm).to.deep.equal({ name: "object2vec", version: "1" });
      expect(ratings?.etl).to.deep.equal(dev?.etl);
      expect(ratings?.training).to.deep.equal(dev?.training);
      expect(ratings?.validation).to.deep.equal({
        enabled: true,
        metric: "validation:mean_squared_error",
        direction: "min",
        threshold: 0.8,
      });
    }
  });

  it("have the comparison abalone ready, alike but for where it would be deployed, and off", () => {
    const comparisons = ["dev", "prod", "local"].map((stack) => configOf(stack).comparisons);

    const deployed = ["data", "logs", "promotion"];
    const alike = comparisons.map((each) =>
      each.map((one) => Object.entries(one).filter(([key]) => !deployed.includes(key))),
    );
    expect(alike).to.deep.equal([alike[0], alike[0], alike[0]]);
    expect(comparisons.map((each) => each.map(({ promotion }) => promotion.enabled))).to.deep.equal(
      [[false], [false], [false]],
    );
    expect(comparisons.map(([abalone]) => abalone?.promotion.endpoint.name)).to.deep.equal([
      "abalone-dev",
      "abalone",
      "abalone",
    ]);
  });

  it("compare XGBoost on libsvm with Linear Learner on CSV, on as many rings as a shell has", () => {
    const abalone = configOf("dev").comparisons[0];

    expect(abalone).to.deep.include({
      name: "abalone",
      enabled: false,
      task: "regression",
      metric: "rmse",
      margin: 0.05,
      split: { train: 70, validation: 15, test: 15, seed: 1 },
      accumulate: true,
    });
    expect(abalone?.etl.script).to.equal("glue/libsvm_split.py");
    expect(
      abalone?.candidates.map(({ key, number, algorithm, format, answer, training }) => ({
        key,
        number,
        algorithm,
        format,
        answer,
        hyperparameters: training.hyperparameters,
      })),
    ).to.deep.equal([
      {
        key: "xgboost",
        number: "c01",
        algorithm: { name: "xgboost", version: "3.0-5" },
        format: "libsvm",
        answer: { kind: "value", format: "csv" },
        hyperparameters: {
          objective: "reg:squarederror",
          num_round: "50",
          max_depth: "5",
          eta: "0.2",
          gamma: "4",
          min_child_weight: "6",
          subsample: "0.7",
        },
      },
      {
        key: "linear-learner",
        number: "c02",
        algorithm: { name: "linear-learner", version: "1" },
        format: "csv",
        answer: { kind: "value", format: "linear-learner json" },
        hyperparameters: { predictor_type: "regressor", mini_batch_size: "100" },
      },
    ]);
  });

  it("tell the ratings script the sizes of the vocabularies that the model has", () => {
    const { etl, training } = pipelineOf("dev", "ratings");

    expect(etl.script).to.equal("glue/ratings_etl.py");
    expect(etl.arguments).to.deep.equal({
      ENC0_VOCAB_SIZE: training.hyperparameters["enc0_vocab_size"],
      ENC1_VOCAB_SIZE: training.hyperparameters["enc1_vocab_size"],
    });
  });

  it("protect the data of prod, and let those of dev and local go with the stack", () => {
    expect(["dev", "prod", "local"].map((stack) => churnOf(stack).data.forceDestroy)).to.deep.equal(
      [true, false, true],
    );
  });

  it("keep the endpoint of prod, and let those of dev and local go with the stack", () => {
    expect(
      ["dev", "prod", "local"].map((stack) => churnOf(stack).endpoint.deleteOnDestroy),
    ).to.deep.equal([true, false, true]);
  });

  it("serve prod from two instances and keep its logs longest", () => {
    const [dev, prod] = [churnOf("dev"), churnOf("prod")];

    expect([dev.endpoint.instanceCount, prod.endpoint.instanceCount]).to.deep.equal([1, 2]);
    expect(prod.logs.retentionDays).to.be.greaterThan(dev.logs.retentionDays);
  });

  it("could stand in one account: no two share an endpoint", () => {
    const { endpoint: dev } = churnOf("dev");
    const { endpoint: prod } = churnOf("prod");

    expect(dev.name).to.not.equal(prod.name);
  });
});

describe("Pulumi.yaml", () => {
  it("runs index.ts on Node.js's own type stripping, without a stack trace for each promise", () => {
    const project = load("Pulumi.yaml");

    expect(project.name).to.equal("retraining");
    expect(project.main).to.equal("index.ts");
    expect(project.runtime).to.deep.equal({
      name: "nodejs",
      options: { typescript: false, nodeargs: "--stack-trace-limit=0" },
    });
  });
});
