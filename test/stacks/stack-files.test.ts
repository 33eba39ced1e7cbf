import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parse as parseYaml } from "yaml";
import type { PipelineConfig } from "../../stacks/config.ts";
import { parse } from "./pipeline-config.ts";

function load(file: string) {
  return parseYaml(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"));
}

function churnOf(stack: string): PipelineConfig {
  const { config } = load(`Pulumi.${stack}.yaml`);
  const { pipelines } = parse(config["retraining:pipelines"], {
    stack,
    region: config["aws:region"],
  });
  const churn = pipelines.find(({ name }) => name === "churn");
  if (churn === undefined) throw new Error(`stack ${stack} has no pipeline churn`);
  return churn;
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
