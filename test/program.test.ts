import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import program from "../index.ts";
import { record } from "./support/mocks.ts";
import { region } from "./support/pipeline.ts";

/** What the program gives, or how it fails, with this config. */
async function run(pipelines: object, setting = "retraining:pipelines") {
  let outcome: unknown;
  const { resources } = await record(async () => {
    pulumi.runtime.setAllConfig({
      "aws:region": region,
      [setting]: JSON.stringify(pipelines),
    });
    outcome = await program().catch((error: unknown) => error);
  });
  return { outcome, resources };
}

/** How the program fails where a setting is no JSON, as `retraining:comparisons: abc` is. */
async function runText(text: string): Promise<unknown> {
  let outcome: unknown;
  await record(async () => {
    pulumi.runtime.setAllConfig({ "aws:region": region, "retraining:comparisons": text });
    outcome = await program().catch((error: unknown) => error);
  });
  return outcome;
}

describe("the program", () => {
  afterEach(() => pulumi.runtime.setAllConfig({}));

  it("builds the pipelines that config names and gives their outputs", async () => {
    const { outcome } = await run({
      churn: {
        algorithm: { name: "xgboost" },
        etl: { script: "glue/churn_etl.py" },
        training: {
          instanceType: "ml.m5.xlarge",
          hyperparameters: { objective: "binary:logistic", num_round: 10, eval_metric: "error" },
        },
        validation: { metric: "validation:error", threshold: 0.1 },
      },
    });

    expect(outcome).to.have.nested.property("pipelines.churn.endpointName", "test-churn");
  });

  it("tells mistakes in config as Pulumi tells its own, without a stack trace, and makes nothing", async () => {
    const { outcome, resources } = await run({ churn: {} });

    expect(pulumi.RunError.isInstance(outcome)).to.equal(true);
    expect((outcome as Error).message).to.contain("pipelines.churn.algorithm");
    expect(resources).to.deep.equal([]);
  });

  it("names the setting that a misspelt one stands for", async () => {
    const { outcome } = await run({}, "retraining:pipeline");

    expect((outcome as Error).message).to.contain("retraining:pipeline\n");
    expect((outcome as Error).message).to.contain("write retraining:pipelines");
  });

  it("names the setting, and what belongs there, where a text stands for a mapping", async () => {
    for (const name of ["pipelines", "comparisons"]) {
      pulumi.runtime.setAllConfig({});
      const { outcome } = await run("abc" as never, `retraining:${name}`);
      expect((outcome as Error).message).to.contain(`  ${name}\n    got   "abc"\n    rule  `);
    }
    const text = await runText("abc");

    expect(pulumi.RunError.isInstance(text)).to.equal(true);
    expect((text as Error).message)
      .to.contain('  comparisons\n    got   "abc"')
      .and.to.contain("(Pulumi.test.yaml)");
  });
});
