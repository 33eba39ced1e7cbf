import type { PipelineNames } from "../../../components/names.ts";
import type { PathName } from "./paths.ts";
import type { Permission } from "./permission.ts";
import {
  documentedForSync,
  groupForm,
  imageOn,
  metrics,
  ownOfFunction,
  parts,
  spark,
  streams,
  traces,
  type Use,
  type Uses,
  unlogged,
  useIn,
} from "./use.ts";

export type RoleKey = keyof PipelineNames["roles"];

const prunedLater = "a model that serves is not undone by an old one that could not be removed";

const runs: Use<PathName> = { path: "update" };
const deployed: Use<PathName> = { path: "deployment" };

const image = imageOn("update");

const modelLogs: Uses<PathName> = {
  "logs:CreateLogGroup": groupForm,
  "logs:CreateLogGroup :*": { path: "first run", endured: unlogged },
  "logs:DescribeLogStreams": streams,
  "logs:CreateLogStream": { path: "update", endured: unlogged },
  "logs:PutLogEvents": { path: "update", endured: unlogged },
  "cloudwatch:PutMetricData": metrics,
};

const uses: Record<RoleKey, Uses<PathName>> = {
  etl: {
    "s3:GetObject": runs,
    "s3:GetObject /output": spark,
    "s3:PutObject": runs,
    "s3:DeleteObject": spark,
    "s3:AbortMultipartUpload": parts,
    "s3:ListBucket": runs,
    "logs:CreateLogStream /output": { path: "update", endured: unlogged },
    "logs:CreateLogStream /error": { path: "refused by ETL", endured: unlogged },
    "logs:PutLogEvents /output": { path: "update", endured: unlogged },
    "logs:PutLogEvents /error": { path: "refused by ETL", endured: unlogged },
    "cloudwatch:PutMetricData": metrics,
  },
  training: {
    "s3:GetObject": runs,
    "s3:PutObject": runs,
    "s3:ListBucket": runs,
    ...image,
    ...modelLogs,
  },
  serving: {
    "s3:GetObject": runs,
    "s3:ListBucket": { path: "model that is gone" },
    ...image,
    ...modelLogs,
  },
  stateMachine: {
    "glue:StartJobRun": runs,
    "glue:GetJobRun": runs,
    "glue:GetJobRuns": documentedForSync,
    "glue:BatchStopJobRun": {
      path: "abort in ETL",
      endured: "the run's closing stops its job too",
    },
    "sagemaker:CreateTrainingJob": runs,
    "sagemaker:DescribeTrainingJob": runs,
    "sagemaker:StopTrainingJob": {
      path: "abort in training",
      endured: "the run's closing stops its job too",
    },
    "sagemaker:AddTags": runs,
    "sagemaker:ListTags": documentedForSync,
    "events:PutTargets": deployed,
    "events:PutRule": deployed,
    "events:DescribeRule": deployed,
    "sagemaker:CreateModel": runs,
    "sagemaker:CreateEndpointConfig": runs,
    "sagemaker:CreateEndpoint": { path: "first run" },
    "sagemaker:UpdateEndpoint": runs,
    "sagemaker:DescribeEndpoint": runs,
    "iam:PassRole": runs,
    "lambda:InvokeFunction": runs,
    "lambda:InvokeFunction prune-versions": { path: "update", endured: prunedLater },
    "logs:CreateLogDelivery": deployed,
    "logs:GetLogDelivery": deployed,
    "logs:UpdateLogDelivery": deployed,
    "logs:DeleteLogDelivery": deployed,
    "logs:ListLogDeliveries": deployed,
    "logs:PutResourcePolicy": deployed,
    "logs:DescribeResourcePolicies": deployed,
    "logs:DescribeLogGroups": deployed,
    "xray:PutTraceSegments": traces,
    "xray:PutTelemetryRecords": traces,
    "xray:GetSamplingRules": traces,
    "xray:GetSamplingTargets": traces,
  },
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
    "states:GetExecutionHistory": { path: "closing" },
    "glue:GetJobRuns": { path: "closing" },
    "glue:BatchStopJobRun": { path: "closing with ETL" },
    "sagemaker:StopTrainingJob": { path: "closing after training" },
    "sagemaker:DescribeEndpoint": { path: "closing" },
    "sagemaker:DeleteEndpoint": { path: "closing with a failed endpoint" },
    "sagemaker:DeleteEndpointConfig": { path: "closing" },
    "sagemaker:DeleteModel": { path: "closing" },
    "s3:GetObject": { path: "closing" },
    "s3:ListBucket": { path: "closing" },
    "s3:PutObject": { path: "closing" },
    "events:PutEvents": { path: "closing" },
    "sqs:SendMessage": { path: "failed closing" },
    ...ownOfFunction("closing"),
  },
};

/** Of the roles of a pipeline. */
export function useOf(permission: Permission): Use<PathName> {
  return useIn(uses, permission);
}
