import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { PipelineConfig } from "../../stacks/config.ts";
import { type RetrainingStackOutputs, retrainingStack } from "../../stacks/retraining-stack.ts";
import { record } from "../support/mocks.ts";
import { churn, region } from "../support/pipeline.ts";

async function outputsOf(...pipelines: PipelineConfig[]) {
  let outputs: RetrainingStackOutputs | undefined;
  const recording = await record(async () => {
    outputs = await retrainingStack({ stack: "dev", region, pipelines, warnings: [] });
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
    });
  });

  it("looks the image up in the stack's region", async () => {
    const { find } = await outputsOf(churn());

    expect(find("churn-retraining").inputs["definition"]).to.contain(
      `"TrainingImage":"257758044811.dkr.ecr.${region}.amazonaws.com/sagemaker-xgboost:3.0-5"`,
    );
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
      retrainingStack({ stack: "dev", region: "us-east-2", pipelines: [churn()], warnings: [] }),
    ).catch((reason) => reason);

    expect(error.message).to.equal(
      "config says region us-east-2, the provider deploys to eu-west-1",
    );
  });
});
