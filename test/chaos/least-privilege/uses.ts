import type { PipelineNames } from "../../../components/names.ts";
import {
  closingOn,
  etlOn,
  imageOn,
  machineOn,
  modelLogs,
  ownOfFunction,
  parts,
  prunedLater,
} from "./common-uses.ts";
import type { PathName } from "./paths.ts";
import type { Use, Uses } from "./use.ts";

export type RoleKey = keyof PipelineNames["roles"];

const runs: Use<PathName> = { path: "update" };

const model: Uses<PathName> = { ...imageOn("update"), ...modelLogs("update", "first run") };

/** Of the roles of a pipeline. */
export const uses: Record<RoleKey, Uses<PathName>> = {
  etl: etlOn("update", "refused by ETL"),
  training: {
    "s3:GetObject": runs,
    "s3:PutObject": runs,
    "s3:ListBucket": runs,
    ...model,
  },
  serving: {
    "s3:GetObject": runs,
    "s3:ListBucket": { path: "model that is gone" },
    ...model,
  },
  stateMachine: machineOn({
    run: "update",
    firstRun: "first run",
    abortInEtl: "abort in ETL",
    abortInTraining: "abort in training",
    deployment: "deployment",
  }),
  writeSchema: {
    "s3:GetObject": runs,
    "s3:ListBucket": runs,
    "s3:PutObject": runs,
    ...ownOfFunction("update"),
  },
  startRetraining: {
    "s3:GetObjectVersion": { path: "start" },
    "s3:PutObject /runs": { path: "start" },
    "s3:PutObject /refused": { path: "refused upload" },
    "s3:AbortMultipartUpload": parts,
    "states:StartExecution": { path: "start" },
    "sqs:SendMessage": { path: "failed start" },
    ...ownOfFunction("start"),
  },
  resolveEndpoint: {
    "sagemaker:DescribeEndpoint": runs,
    "sagemaker:DeleteEndpoint": { path: "failed endpoint" },
    "sagemaker:DescribeEndpointConfig": runs,
    "states:DescribeExecution": runs,
    "s3:GetObject": runs,
    "s3:PutObject": runs,
    ...ownOfFunction("update"),
  },
  pruneVersions: {
    "sagemaker:ListEndpointConfigs": { path: "update", endured: prunedLater },
    "sagemaker:ListModels": { path: "update", endured: prunedLater },
    "sagemaker:DescribeEndpoint": { path: "update", endured: prunedLater },
    "sagemaker:DeleteEndpoint": { path: "discard of a failed endpoint" },
    "sagemaker:DeleteEndpointConfig": { path: "update", endured: prunedLater },
    "sagemaker:ListTags": { path: "update", endured: prunedLater },
    "sagemaker:DeleteModel": { path: "update", endured: prunedLater },
    "states:ListExecutions": { path: "update", endured: prunedLater },
    "states:DescribeExecution": { path: "update", endured: prunedLater },
    "s3:ListBucket": { path: "update", endured: prunedLater },
    "s3:DeleteObject": { path: "update", endured: prunedLater },
    ...ownOfFunction("update"),
  },
  recordRun: {
    "s3:GetObject": runs,
    "s3:ListBucket": { path: "refused by ETL" },
    "s3:PutObject": runs,
    "events:PutEvents": runs,
    ...ownOfFunction("update"),
  },
  cleanUpRuns: {
    "states:ListExecutions": { path: "clean-up" },
    "states:StopExecution": { path: "clean-up in a run" },
    "glue:GetJobRuns": { path: "clean-up" },
    "glue:BatchStopJobRun": { path: "clean-up with ETL" },
    "sagemaker:ListTrainingJobs": { path: "clean-up" },
    "sagemaker:ListEndpointConfigs": { path: "clean-up" },
    "sagemaker:ListModels": { path: "clean-up" },
    "sagemaker:StopTrainingJob": { path: "clean-up with training" },
    "sagemaker:DeleteEndpointConfig": { path: "clean-up" },
    "sagemaker:ListTags": { path: "clean-up" },
    "sagemaker:AddTags": { path: "clean-up that keeps the endpoint" },
    "sagemaker:DeleteModel": { path: "clean-up" },
    "sagemaker:DescribeEndpoint": { path: "clean-up" },
    "sagemaker:DeleteEndpoint": { path: "clean-up" },
    ...ownOfFunction("clean-up of nothing"),
  },
  closeRun: {
    ...closingOn({
      closing: "closing",
      withEtl: "closing with ETL",
      withFailedEndpoint: "closing with a failed endpoint",
      failed: "failed closing",
    }),
    "states:GetExecutionHistory": { path: "closing" },
    "sagemaker:StopTrainingJob": { path: "closing after training" },
  },
};
