import { expect } from "chai";
import { ConfigError } from "../../stacks/config-error.ts";
import { minimalPipeline, parse } from "./pipeline-config.ts";

describe("ConfigError", () => {
  it("lists each mistake with its path, what was there, the rule and the fix", () => {
    const training = {
      hyperparameters: {
        objective: "binary:logistic",
        num_round: 100,
        eval_metric: "error",
        eta: 1.5,
      },
    };
    const pipelines = {
      churn: { ...minimalPipeline(), training, endpoint: { instanceTyp: "ml.m5.large" } },
    };

    expect(() => parse(pipelines)).to.throw(
      ConfigError,
      `2 mistakes in the config of stack dev (Pulumi.dev.yaml). Nothing was deployed.

  pipelines.churn.training.hyperparameters.eta
    got   1.5
    rule  a number from 0 to 1
    fix   lower it to 1 at most

  pipelines.churn.endpoint.instanceTyp
    got   "ml.m5.large"
    rule  unknown key; known here: instanceCount, keepVersions, timeoutMinutes, deleteOnDestroy, name, instanceType
    fix   write instanceType`,
    );
  });

  for (const [received, shown] of [
    [undefined, "nothing"],
    [null, "null"],
    ["5", '"5"'],
    [5, "5"],
    [Number.NaN, "NaN"],
    [{ a: [1] }, '{"a":[1]}'],
    ["x".repeat(200), `"${"x".repeat(96)}...`],
  ] as const) {
    it(`shows ${JSON.stringify(received)?.slice(0, 20)} as ${shown.slice(0, 20)}`, () => {
      const error = new ConfigError("dev", [{ path: "p", received, rule: "r", remedy: "f" }]);

      expect(error.message.split("\n")).to.deep.equal([
        "1 mistake in the config of stack dev (Pulumi.dev.yaml). Nothing was deployed.",
        "",
        "  p",
        `    got   ${shown}`,
        "    rule  r",
        "    fix   f",
      ]);
    });
  }
});
