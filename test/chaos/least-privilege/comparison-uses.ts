import {
  closingOn,
  etlOn,
  imageOn,
  machineOn,
  modelLogs,
  ownOfFunction,
  parts,
} from "./common-uses.ts";
import type { ComparisonPathName } from "./comparison-paths.ts";
import type { RoleUses, Use } from "./use.ts";

const runs: Use<ComparisonPathName> = { path: "comparison" };

const eitherForm = {
  unseen: "of many groups, by their prefix: the form without :* ends in * and covers the other",
};
const logs = modelLogs<ComparisonPathName>("comparison", "first comparison");

/** Of the roles that a comparison has and a pipeline has not, or not with these permissions. */
export const comparisonUses = {
  etl: etlOn<ComparisonPathName>("comparison", "refused by ETL"),
  training: {
    "s3:GetObject": runs,
    "s3:PutObject": runs,
    "s3:ListBucket": runs,
    ...imageOn<ComparisonPathName>("comparison"),
    ...logs,
  },
  serving: {
    "s3:GetObject": runs,
    "s3:ListBucket": { path: "model that is gone" },
    ...imageOn<ComparisonPathName>("comparison"),
    "logs:CreateLogGroup c--": eitherForm,
    ...logs,
  },
  stateMachine: {
    ...machineOn<ComparisonPathName>({
      run: "comparison",
      firstRun: "first comparison",
      abortInEtl: "abort in ETL",
      abortInTraining: "abort in training",
      deployment: "deployment",
    }),
    "sagemaker:CreateEndpoint c--": runs,
  },
  gatherInputs: {
    "s3:ListBucketVersions": { path: "gathering" },
    "s3:GetObjectVersion": { path: "gathering" },
    "s3:GetObject": { path: "gathering" },
    "s3:PutObject": { path: "gathering" },
    "s3:AbortMultipartUpload": parts,
    ...ownOfFunction<ComparisonPathName>("gathering"),
  },
  predictCandidate: {
    "s3:ListBucket": { path: "predicting" },
    "s3:GetObject": { path: "predicting" },
    "s3:PutObject": { path: "predicting" },
    "sagemaker:InvokeEndpoint": { path: "predicting" },
    ...ownOfFunction<ComparisonPathName>("predicting"),
  },
  removeCandidates: {
    "sagemaker:DescribeEndpoint": { path: "removing" },
    "sagemaker:DeleteEndpoint": { path: "removing" },
    "sagemaker:DeleteEndpointConfig": { path: "removing" },
    "sagemaker:DeleteModel": { path: "removing" },
    "logs:PutRetentionPolicy": { path: "removing" },
    ...ownOfFunction<ComparisonPathName>("removing"),
  },
  compareCandidates: {
    "s3:GetObject": { path: "comparing" },
    "s3:PutObject": { path: "comparing" },
    ...ownOfFunction<ComparisonPathName>("comparing"),
  },
  recordComparison: {
    "s3:GetObject /manifest": { path: "recording a failure" },
    "s3:GetObject": { path: "recording" },
    "s3:ListBucket": { path: "recording a failure" },
    "s3:PutObject": { path: "recording" },
    "sagemaker:DescribeTrainingJob": { path: "recording" },
    "logs:FilterLogEvents": { path: "recording" },
    "events:PutEvents": { path: "recording" },
    ...ownOfFunction<ComparisonPathName>("recording"),
  },
  closeComparison: {
    ...closingOn<ComparisonPathName>({
      closing: "closing",
      withEtl: "closing with ETL",
      withFailedEndpoint: "closing with a failed endpoint",
      failed: "failed closing",
    }),
    "sagemaker:ListTrainingJobs": { path: "closing" },
    "sagemaker:ListTransformJobs": { path: "closing" },
    "sagemaker:StopTrainingJob": { path: "closing with training" },
    "sagemaker:StopTransformJob": { row: "least-privilege-of-batch" },
    "sagemaker:DeleteEndpoint c--": { path: "closing with a candidate" },
    "logs:PutRetentionPolicy": { path: "closing" },
  },
} satisfies RoleUses<ComparisonPathName>;

/** Of the roles that it has as a pipeline has them: what these have beyond a pipeline's. */
export const sharedUses = {
  startRetraining: {
    "s3:PutObject .libsvm": { path: "start of .libsvm" },
    "s3:PutObject .svm": { path: "start of .svm" },
    "s3:AbortMultipartUpload": parts,
  },
  cleanUpRuns: {
    "sagemaker:ListTransformJobs": { path: "clean-up" },
    "sagemaker:StopTransformJob": { row: "least-privilege-of-batch" },
    "sagemaker:StopTrainingJob c--": { path: "clean-up with training" },
    "sagemaker:ListEndpoints": { path: "clean-up" },
    "sagemaker:DescribeEndpoint c--": { path: "clean-up" },
    "sagemaker:DeleteEndpoint c--": { path: "clean-up" },
    "sagemaker:DeleteEndpointConfig c--": { path: "clean-up" },
    "sagemaker:DeleteModel c--": { path: "clean-up" },
    "logs:DescribeLogGroups": { path: "clean-up" },
    "logs:DeleteLogGroup": { path: "clean-up" },
  },
  writeSchema: { "s3:GetObject /csv/": { path: "schema of CSV" } },
} satisfies RoleUses<ComparisonPathName>;
