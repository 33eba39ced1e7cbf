import type * as pulumi from "@pulumi/pulumi";
import { bucketLayout } from "./bucket-layout.ts";
import { channelDataStatements } from "./channel-data.ts";
import { allowData, allowVolumes } from "./encryption-key.ts";
import { etlChannel } from "./etl-channel.ts";
import { arnsIn, logGroups, type Place } from "./names.ts";
import { allowNetwork } from "./network-access.ts";
import { type KnownContext, type PipelineContext, whenKnown } from "./pipeline-context.ts";
import { allow, allowMetrics, type Statement } from "./policies.ts";
import { createServiceRole } from "./service-role.ts";

/** The two roles that SageMaker assumes for a pipeline's models. A serving container cannot read training data. */
export function createModelRoles(parent: pulumi.Resource, name: string, context: PipelineContext) {
  const { accountId } = context.place;
  const service = "sagemaker.amazonaws.com";
  return {
    training: createServiceRole(parent, `${name}-training`, {
      roleName: context.names.roles.training,
      service,
      accountId,
      statements: whenKnown(context, trainingStatements),
    }),
    serving: createServiceRole(parent, `${name}-serving`, {
      roleName: context.names.roles.serving,
      service,
      accountId,
      statements: whenKnown(context, servingStatements),
    }),
  };
}

/** Reads what its channels are fed with, writes the model. */
export function trainingStatements(context: KnownContext): Statement[] {
  const { place, bucket, config } = context;
  const arns = arnsIn(place);
  const object = (key: (title: string) => string) => arns.object(bucket, `${key("*")}*`);
  const checkpoints = config.training.checkpoints ? [object(bucketLayout.checkpoints)] : [];
  const folders = Object.entries(config.training.channels)
    .filter(([, source]) => source === "etl")
    .map(([name]) => object(etlChannel(name).folder));
  const read = [...folders, ...checkpoints];
  return [
    ...(read.length > 0 ? [allow(["s3:GetObject"], read)] : []),
    allow(["s3:PutObject"], [object(bucketLayout.model), ...checkpoints]),
    allow(["s3:ListBucket"], [arns.bucket(bucket)], {
      StringLike: { "s3:prefix": `${bucketLayout.outputPrefix}*` },
    }),
    ...channelDataStatements(context),
    ...allowImages([context.imageRepositoryArn]),
    ...allowJobLogs(place, logGroups.trainingJobs),
    allowMetrics("/aws/sagemaker/TrainingJobs"),
    ...allowData(config.kmsKeyArn),
    ...allowVolumes(config.kmsKeyArn),
    ...allowNetwork(context),
  ];
}

/** Reads models, nothing else of the bucket. */
export function servingStatements(context: KnownContext): Statement[] {
  const { place, bucket, config } = context;
  const arns = arnsIn(place);
  const group = logGroups.ofEndpoint(config.endpoint.name);
  return [
    allow(["s3:GetObject"], [arns.object(bucket, `${bucketLayout.model("*")}*`)]),
    // Without it a model that is gone would read as one that is forbidden.
    allow(["s3:ListBucket"], [arns.bucket(bucket)], {
      StringLike: { "s3:prefix": `${bucketLayout.modelsPrefix}*` },
    }),
    ...allowImages([context.imageRepositoryArn]),
    ...allowJobLogs(place, group),
    allowMetrics("/aws/sagemaker/Endpoints"),
    ...allowData(config.kmsKeyArn),
    ...allowVolumes(config.kmsKeyArn),
    ...allowNetwork(context),
  ];
}

/** Pulling images from these repositories. */
export function allowImages(repositoryArns: string[]): Statement[] {
  return [
    allow(["ecr:GetAuthorizationToken"], ["*"]), // a token is the registry's, not a repository's
    allow(
      ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
      repositoryArns,
    ),
  ];
}

/** Writing logs of a job or an endpoint; the group may be the first that SageMaker makes in the account. */
export function allowJobLogs(place: Place, group: string): Statement[] {
  const arn = arnsIn(place).logGroup(group);
  return [
    allow(["logs:CreateLogGroup", "logs:DescribeLogStreams"], [arn, `${arn}:*`]),
    allow(["logs:CreateLogStream", "logs:PutLogEvents"], [`${arn}:log-stream:*`]),
  ];
}
