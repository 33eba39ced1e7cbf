import type * as pulumi from "@pulumi/pulumi";
import { bucketLayout } from "./bucket-layout.ts";
import {
  type ComparisonContext,
  type KnownComparisonContext,
  whenNetworkKnown,
} from "./comparison-context.ts";
import { comparisonLayout } from "./comparison-layout.ts";
import { allowData, allowVolumes } from "./encryption-key.ts";
import { allowImages, allowJobLogs } from "./model-roles.ts";
import { arnsIn, logGroups } from "./names.ts";
import { allowNetwork } from "./network-access.ts";
import { allow, allowMetrics, type Statement } from "./policies.ts";
import { createServiceRole } from "./service-role.ts";

/** The two roles that SageMaker assumes for candidates, and for the winner in production. A serving container cannot read training data. */
export function createCandidateRoles(
  parent: pulumi.Resource,
  name: string,
  context: ComparisonContext,
) {
  const { accountId } = context.place;
  const service = "sagemaker.amazonaws.com";
  return {
    training: createServiceRole(parent, `${name}-training`, {
      roleName: context.names.roles.training,
      service,
      accountId,
      statements: whenNetworkKnown(context, candidateTrainingStatements),
    }),
    serving: createServiceRole(parent, `${name}-serving`, {
      roleName: context.names.roles.serving,
      service,
      accountId,
      statements: whenNetworkKnown(context, candidateServingStatements),
    }),
  };
}

/** Reads the train and validation rows, never the test rows; writes models. */
export function candidateTrainingStatements(context: KnownComparisonContext): Statement[] {
  const { place, bucket, config, comparison } = context;
  const arns = arnsIn(place);
  const folders = new Set(
    comparison.candidates.flatMap(({ format, training }) =>
      Object.values(training.channels).map((split) => comparisonLayout.split("*", format, split)),
    ),
  );
  return [
    allow(
      ["s3:GetObject"],
      [...folders].map((folder) => arns.object(bucket, `${folder}*`)),
    ),
    allow(["s3:PutObject"], [arns.object(bucket, `${bucketLayout.modelsPrefix}*`)]),
    allow(["s3:ListBucket"], [arns.bucket(bucket)], {
      StringLike: { "s3:prefix": `${bucketLayout.outputPrefix}*` },
    }),
    ...allowImages(context.imageRepositoryArns),
    ...allowJobLogs(place, logGroups.trainingJobs),
    allowMetrics("/aws/sagemaker/TrainingJobs"),
    ...allowData(config.kmsKeyArn),
    ...allowVolumes(config.kmsKeyArn),
    ...allowNetwork(context),
  ];
}

/** Reads models; in a batch transform the test rows without labels too, and writes predictions. */
export function candidateServingStatements(context: KnownComparisonContext): Statement[] {
  const { place, bucket, config, names, comparison } = context;
  const arns = arnsIn(place);
  const byBatch = comparison.evaluation.by === "batch";
  const listed = [bucketLayout.modelsPrefix, ...(byBatch ? [bucketLayout.outputPrefix] : [])];
  const groups = [
    ...(byBatch ? [logGroups.transformJobs] : [logGroups.ofEndpoint(`${names.candidatePrefix}*`)]),
    ...(comparison.promotion.enabled ? [logGroups.ofEndpoint(config.endpoint.name)] : []),
  ];
  return [
    allow(["s3:GetObject"], [arns.object(bucket, `${bucketLayout.modelsPrefix}*`)]),
    ...(byBatch ? transformData(context) : []),
    // Without it a model that is gone would read as one that is forbidden.
    allow(["s3:ListBucket"], [arns.bucket(bucket)], {
      StringLike: { "s3:prefix": listed.map((prefix) => `${prefix}*`) },
    }),
    ...allowImages(context.imageRepositoryArns),
    ...groups.flatMap((group) => allowJobLogs(place, group)),
    ...(byBatch ? [allowMetrics("/aws/sagemaker/TransformJobs")] : []),
    ...(!byBatch || comparison.promotion.enabled ? [allowMetrics("/aws/sagemaker/Endpoints")] : []),
    ...allowData(config.kmsKeyArn),
    ...allowVolumes(config.kmsKeyArn),
    ...allowNetwork(context),
  ];
}

function transformData({ place, bucket, comparison }: KnownComparisonContext): Statement[] {
  const arns = arnsIn(place);
  const formats = new Set(comparison.candidates.map(({ format }) => format));
  return [
    allow(
      ["s3:GetObject"],
      [...formats].map((format) =>
        arns.object(bucket, `${comparisonLayout.split("*", format, "features")}*`),
      ),
    ),
    allow(["s3:PutObject"], [arns.object(bucket, `${comparisonLayout.transform("*", "*")}*`)]),
  ];
}
