import { expect } from "chai";
import { sagemakerChecks } from "../../../../local/cloud/authorization/sagemaker-checks.ts";
import type { Check } from "../../../../local/ministack/identity.ts";
import { Arns } from "../../../../local/sagemaker/arns.ts";

const start = "arn:aws:sagemaker:us-east-2:000000000000";
const role = "arn:aws:iam::000000000000:role/training";
const key = "arn:aws:kms:us-east-2:000000000000:key/k";

describe("what SageMaker asks IAM", () => {
  const checks = sagemakerChecks({
    arns: new Arns("us-east-2", "000000000000"),
    volumeKeyOf: (config) => (config === "encrypted" ? key : undefined),
  });
  const asked = (operation: string, request: object): Check[] =>
    checks[operation]?.(request as never) ?? [];
  const actionsOn = (found: Check[]) => found.map((item) => [item.action, item.resource]);

  for (const [operation, request, resource] of [
    ["DescribeEndpoint", { EndpointName: "e" }, `${start}:endpoint/e`],
    ["DeleteEndpointConfig", { EndpointConfigName: "c" }, `${start}:endpoint-config/c`],
    ["DeleteModel", { ModelName: "m" }, `${start}:model/m`],
    ["StopTrainingJob", { TrainingJobName: "t" }, `${start}:training-job/t`],
    ["StopTransformJob", { TransformJobName: "t" }, `${start}:transform-job/t`],
    ...["Describe", "Stop", "ListTrainingJobsFor"].map(
      (verb) =>
        [
          `${verb}HyperParameterTuningJob`,
          { HyperParameterTuningJobName: "t" },
          `${start}:hyper-parameter-tuning-job/t`,
        ] as const,
    ),
    ["ListModels", {}, "*"],
    ["ListTags", { ResourceArn: `${start}:model/m` }, `${start}:model/m`],
  ] as const) {
    it(`is ${operation} on ${resource}`, () => {
      expect(actionsOn(asked(operation, request))).deep.equal([
        [`sagemaker:${operation}`, resource],
      ]);
    });
  }

  it("is an endpoint and its config when one is created or updated", () => {
    for (const operation of ["CreateEndpoint", "UpdateEndpoint"]) {
      const found = asked(operation, { EndpointName: "e", EndpointConfigName: "c" });

      expect(actionsOn(found)).deep.equal([
        [`sagemaker:${operation}`, `${start}:endpoint/e`],
        [`sagemaker:${operation}`, `${start}:endpoint-config/c`],
      ]);
    }
  });

  it("is a grant on the key of the instances' volumes", () => {
    const found = asked("CreateEndpoint", { EndpointName: "e", EndpointConfigName: "encrypted" });

    expect(found.at(-1)).deep.equal({
      action: "kms:CreateGrant",
      resource: key,
      context: { "kms:GrantIsForAWSResource": "true" },
    });
  });

  it("is the role that a training job is given, for SageMaker alone", () => {
    const found = asked("CreateTrainingJob", {
      TrainingJobName: "t",
      RoleArn: role,
      ResourceConfig: { InstanceType: "ml.m5.large", VolumeKmsKeyId: key },
      EnableNetworkIsolation: true,
      StoppingCondition: { MaxRuntimeInSeconds: 60 },
    });

    expect(found).deep.equal([
      {
        action: "sagemaker:CreateTrainingJob",
        resource: `${start}:training-job/t`,
        context: {
          "sagemaker:NetworkIsolation": "true",
          "sagemaker:InstanceTypes": ["ml.m5.large"],
          "sagemaker:VolumeKmsKey": key,
          "sagemaker:MaxRuntimeInSeconds": "60",
          "sagemaker:InterContainerTrafficEncryption": "false",
        },
      },
      {
        action: "iam:PassRole",
        resource: role,
        context: { "iam:PassedToService": "sagemaker.amazonaws.com" },
      },
      {
        action: "kms:CreateGrant",
        resource: key,
        context: { "kms:GrantIsForAWSResource": "true" },
      },
    ]);
  });

  it("is the role that a tuning job's training jobs are given, and no role for a transform job", () => {
    const tuning = asked("CreateHyperParameterTuningJob", {
      HyperParameterTuningJobName: "t",
      TrainingJobDefinition: {
        RoleArn: role,
        ResourceConfig: { InstanceType: "ml.m5.large", VolumeKmsKeyId: key },
      },
    });
    const transform = asked("CreateTransformJob", {
      TransformJobName: "t",
      ModelName: "m",
      TransformOutput: { KmsKeyId: key },
      TransformResources: { InstanceType: "ml.m5.large" },
    });

    expect(actionsOn(tuning)).deep.equal([
      ["sagemaker:CreateHyperParameterTuningJob", `${start}:hyper-parameter-tuning-job/t`],
      ["iam:PassRole", role],
      ["kms:CreateGrant", key],
    ]);
    expect(tuning[0]?.context).include({ "sagemaker:VolumeKmsKey": key });
    expect(actionsOn(transform)).deep.equal([
      ["sagemaker:CreateTransformJob", `${start}:transform-job/t`],
    ]);
    expect(transform[0]?.context).deep.equal({
      "sagemaker:ModelArn": [`${start}:model/m`],
      "sagemaker:InstanceTypes": ["ml.m5.large"],
      "sagemaker:OutputKmsKey": key,
    });
  });

  it("is AddTags too where tags come with a creation", () => {
    const found = asked("CreateModel", {
      ModelName: "m",
      ExecutionRoleArn: role,
      Tags: [{ Key: "team", Value: "a" }],
    });

    expect(actionsOn(found)).deep.equal([
      ["sagemaker:CreateModel", `${start}:model/m`],
      ["iam:PassRole", role],
      ["sagemaker:AddTags", `${start}:model/m`],
    ]);
    expect(found.at(-1)?.context).deep.equal({
      "aws:RequestTag/team": "a",
      "aws:TagKeys": ["team"],
      "sagemaker:TaggingAction": "CreateModel",
    });
  });
});
