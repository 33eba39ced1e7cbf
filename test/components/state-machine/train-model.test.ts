import { expect } from "chai";
import { definitionOf } from "../../../components/retraining-state-machine.ts";
import type { PipelineConfig } from "../../../stacks/config.ts";
import { churn, churnContext, image } from "../../support/pipeline.ts";

const bucket = churnContext().bucket;
const uri = (after: string) => `{% "s3://${bucket}/output/" & $title & "${after}" %}`;
const keyArn = "arn:aws:kms:eu-west-1:123456789012:key/1";

function job(changes: Partial<PipelineConfig> = {}): Record<string, unknown> {
  const { States } = definitionOf(churnContext(changes));
  return States["Train Model"]?.["Arguments"] as Record<string, unknown>;
}

function training(changes: Partial<PipelineConfig["training"]>) {
  return { training: { ...churn().training, ...changes } };
}

function channel(name: string, folder: string, distribution = "FullyReplicated") {
  return {
    ChannelName: name,
    ContentType: "text/csv",
    DataSource: {
      S3DataSource: {
        S3DataType: "S3Prefix",
        S3Uri: uri(folder),
        S3DataDistributionType: distribution,
      },
    },
  };
}

describe("trainModel", () => {
  it("asks for exactly the training job that config describes", () => {
    expect(job()).to.deep.equal({
      TrainingJobName:
        "{% \"dev-churn--\" & $title & '-a' & $string(($attempt + $states.context.State.RetryCount)) %}",
      AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" },
      RoleArn: "arn:aws:iam::123456789012:role/dev-churn-training",
      InputDataConfig: [
        channel("train", "/train/", "ShardedByS3Key"),
        channel("validation", "/validate/"),
      ],
      OutputDataConfig: { S3OutputPath: `{% "s3://${bucket}/models/" & $title & "/" %}` },
      ResourceConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1, VolumeSizeInGB: 10 },
      StoppingCondition: { MaxRuntimeInSeconds: 3600 },
      HyperParameters: { objective: "binary:logistic", num_round: "100" },
      EnableNetworkIsolation: true,
      EnableInterContainerTrafficEncryption: false,
    });
  });

  it("encrypts the traffic between several instances, and gives each its share of the data", () => {
    const asked = job(training({ instanceCount: 2 }));

    expect(asked["EnableInterContainerTrafficEncryption"]).to.equal(true);
    expect(asked["InputDataConfig"]).to.deep.equal([
      channel("train", "/train/", "ShardedByS3Key"),
      channel("validation", "/validate/"),
    ]);
  });

  it("feeds a channel from a URI as it is, in the input mode that config names", () => {
    const channels = { train: "s3://lake/all/" } as const;
    const asked = job(training({ channels, inputMode: "FastFile" }));

    expect(asked["AlgorithmSpecification"]).to.deep.equal({
      TrainingImage: image,
      TrainingInputMode: "FastFile",
    });
    expect(asked["InputDataConfig"]).to.deep.equal([
      {
        ChannelName: "train",
        ContentType: "text/csv",
        DataSource: {
          S3DataSource: {
            S3DataType: "S3Prefix",
            S3Uri: "s3://lake/all/",
            S3DataDistributionType: "ShardedByS3Key",
          },
        },
      },
    ]);
  });

  it("keeps checkpoints with the run, without spot training too", () => {
    const asked = job(training({ checkpoints: true }));

    expect(asked["CheckpointConfig"]).to.deep.equal({ S3Uri: uri("/checkpoints/") });
    expect(asked).not.to.have.property("EnableManagedSpotTraining");
  });

  it("bounds the wait of spot training, which may be without checkpoints", () => {
    const asked = job(training({ spot: { maxWaitMinutes: 120 } }));

    expect(asked).not.to.have.property("CheckpointConfig");
    expect(asked).to.deep.include({
      EnableManagedSpotTraining: true,
      StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 7200 },
    });
  });

  it("encrypts volume and model with the key that config names", () => {
    const asked = job({ kmsKeyArn: keyArn });

    expect(asked["ResourceConfig"]).to.include({ VolumeKmsKeyId: keyArn });
    expect(asked["OutputDataConfig"]).to.include({ KmsKeyId: keyArn });
  });
});
