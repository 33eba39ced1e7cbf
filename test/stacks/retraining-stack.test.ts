import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { PipelineConfig } from "../../stacks/config.ts";
import { type RetrainingStackOutputs, retrainingStack } from "../../stacks/retraining-stack.ts";
import { record } from "../support/mocks.ts";
import { churn, region } from "../support/pipeline.ts";

async function outputsOf(...pipelines: PipelineConfig[]) {
  let outputs: RetrainingStackOutputs | undefined;
  const recording = await record(async () => {
    outputs = await retrainingStack({
      stack: "dev",
      region,
      pipelines,
      comparisons: [],
      network: undefined,
      warnings: [],
    });
  });
  const values = await new Promise((resolve) => pulumi.output(outputs).apply(resolve));
  return { ...recording, values };
}

describe("retrainingStack", () => {
  it("gives the outputs of each pipeline, by its name", async () => {
    const { values, find } = await outputsOf(churn());

    const bucket = find("churn-data").inputs["bucket"];
    expect(values).to.deep.equal({
      pipelines: {
        churn: {
          bucket,
          uploadCommand: `aws s3 cp input.csv s3://${bucket}/input/input.csv`,
          stateMachineArn: "arn:aws:sfn:eu-west-1:123456789012:dev-churn-retraining",
          endpointName: "churn",
        },
      },
      comparisons: {},
    });
  });

  it("looks the image up in the stack's region", async () => {
    const { find } = await outputsOf(churn());

    expect(find("churn-retraining").inputs["definition"]).to.contain(
      `"TrainingImage":"257758044811.dkr.ecr.${region}.amazonaws.com/sagemaker-xgboost:3.0-5"`,
    );
  });

  it("looks up a version that the catalogue does not know by its name", async () => {
    const algorithm = { name: "xgboost", uncheckedVersion: "9.0-1" } as const;
    const { find } = await outputsOf(churn({ algorithm }));

    expect(find("churn-retraining").inputs["definition"]).to.contain(
      `"TrainingImage":"257758044811.dkr.ecr.${region}.amazonaws.com/sagemaker-xgboost:9.0-1"`,
    );
  });

  it("deploys nothing of a pipeline that is off", async () => {
    const { values, resources, components } = await outputsOf(
      churn(),
      churn({ name: "ratings", enabled: false }),
    );

    expect(Object.keys((values as RetrainingStackOutputs).pipelines)).to.deep.equal(["churn"]);
    expect(resources.filter(({ name }) => name.startsWith("ratings"))).to.deep.equal([]);
    expect(components.filter((name) => name.includes("ratings"))).to.deep.equal([]);
  });

  it("says each warning of config in a line, with its path", async () => {
    const said: string[] = [];
    const { warn } = pulumi.log;
    Object.assign(pulumi.log, { warn: async (line: string) => said.push(line) });
    const warnings = [
      { path: "pipelines.churn.training.instanceType", message: "slow there" },
      { path: "pipelines.churn.algorithm.image", message: "not checked" },
    ];
    try {
      await record(() =>
        retrainingStack({
          stack: "dev",
          region,
          pipelines: [churn()],
          comparisons: [],
          network: undefined,
          warnings,
        }),
      );
    } finally {
      Object.assign(pulumi.log, { warn });
    }

    expect(said).to.deep.equal([
      "pipelines.churn.training.instanceType: slow there",
      "pipelines.churn.algorithm.image: not checked",
    ]);
  });

  it("takes an image that config names as it is", async () => {
    const image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/own:1";
    const { find } = await outputsOf(churn({ algorithm: { image } }));

    expect(find("churn-retraining").inputs["definition"]).to.contain(`"TrainingImage":"${image}"`);
    expect(find("churn-training-policy").inputs["policy"]).to.contain(
      "arn:aws:ecr:eu-west-1:123456789012:repository/own",
    );
  });

  it("refuses to deploy to another region than config says", async () => {
    const error = await record(() =>
      retrainingStack({
        stack: "dev",
        region: "us-east-2",
        pipelines: [churn()],
        comparisons: [],
        network: undefined,
        warnings: [],
      }),
    ).catch((reason) => reason);

    expect(error.message).to.equal(
      "config says region us-east-2, the provider deploys to eu-west-1",
    );
  });
});
