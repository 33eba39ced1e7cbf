import { CreateTrainingJobCommand } from "@aws-sdk/client-sagemaker";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { trainingJob } from "./requests.ts";
import { SageMakerCloud } from "./sagemaker-cloud.ts";

describe("SageMaker training jobs that the local cloud cannot run as AWS does", () => {
  let cloud: SageMakerCloud;

  before(async () => {
    cloud = await SageMakerCloud.start();
  });

  after(() => cloud.stop());

  const refusals: [string, RegExp, Parameters<typeof trainingJob>[0]][] = [
    [
      "an image without a runner",
      /lda:1 is not supported .* fake-algorithm:1/,
      algorithm({ TrainingImage: "1.dkr.ecr.x.amazonaws.com/lda:1" }),
    ],
    [
      "an algorithm resource",
      /AlgorithmSpecification.AlgorithmName/,
      algorithm({ AlgorithmName: "mine" }),
    ],
    [
      "an entry point",
      /AlgorithmSpecification.ContainerEntrypoint/,
      algorithm({ ContainerEntrypoint: ["sh"] }),
    ],
    [
      "metric definitions",
      /You can't override the metric definitions/,
      algorithm({ MetricDefinitions: [{ Name: "a", Regex: "b" }] }),
    ],
    ["pipe mode", /channel "train": input mode Pipe/, algorithm({ TrainingInputMode: "Pipe" })],
    [
      "several instances",
      /InstanceCount 2 .* use 1/,
      { ResourceConfig: { InstanceType: "ml.c5.xlarge", InstanceCount: 2, VolumeSizeInGB: 1 } },
    ],
    [
      "warm pools",
      /ResourceConfig.KeepAlivePeriodInSeconds/,
      {
        ResourceConfig: {
          InstanceType: "ml.c5.xlarge",
          InstanceCount: 1,
          VolumeSizeInGB: 1,
          KeepAlivePeriodInSeconds: 60,
        },
      },
    ],
    [
      "uncompressed output",
      /CompressionType NONE/,
      { OutputDataConfig: { S3OutputPath: "s3://a/b", CompressionType: "NONE" } },
    ],
    [
      "a manifest",
      /S3DataType ManifestFile/,
      {
        InputDataConfig: [
          {
            ChannelName: "train",
            DataSource: { S3DataSource: { S3DataType: "ManifestFile", S3Uri: "s3://a/b" } },
          },
        ],
      },
    ],
    [
      "spot without a maximum wait",
      /Invalid MaxWaitTimeInSeconds/,
      { EnableManagedSpotTraining: true },
    ],
    [
      "debugger hooks",
      /DebugHookConfig is not supported/,
      { DebugHookConfig: { S3OutputPath: "s3://a/b" } },
    ],
    [
      "checkpoints outside of /opt/ml",
      /CheckpointConfig.LocalPath \/tmp/,
      { CheckpointConfig: { S3Uri: "s3://a/b", LocalPath: "/tmp" } },
    ],
  ];
  for (const [what, message, changes] of refusals) {
    it(`refuses ${what}`, async () => {
      const request = trainingJob(changes);

      const error = await failureOf(cloud.sagemaker.send(new CreateTrainingJobCommand(request)));

      expect(error.name).equal("ValidationException");
      expect(error.message).match(message);
    });
  }

  function algorithm(changes: object): Parameters<typeof trainingJob>[0] {
    const usual = trainingJob().AlgorithmSpecification;
    return { AlgorithmSpecification: { ...usual, TrainingInputMode: "File", ...changes } };
  }
});
