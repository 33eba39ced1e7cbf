import type { ComparisonPathName } from "./comparison-paths.ts";
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

type PathName = ComparisonPathName;

const runs: Use<PathName> = { path: "comparison" };
const deployed: Use<PathName> = { path: "deployment" };
const first: Use<PathName> = { path: "first comparison" };
const unloggedOn = (path: PathName): Use<PathName> => ({ path, endured: unlogged });

const accumulated = { unseen: "for comparisons that do not accumulate: this one reads inputs/" };
const ofBatch = { unseen: "for jobs of batch transform: this comparison asks endpoints" };
const eitherForm = {
  unseen: "of many groups, by their prefix: the form without :* ends in * and covers the other",
};
const stoppedLater = "the comparison's closing stops its jobs too";
const untagged = {
  unseen: "AWS asks for it for what Step Functions tags itself: here only training jobs",
};

const modelLogs: Uses<PathName> = {
  "logs:CreateLogGroup": groupForm,
  "logs:CreateLogGroup :*": unloggedOn("first comparison"),
  "logs:DescribeLogStreams": streams,
  "logs:CreateLogStream": unloggedOn("comparison"),
  "logs:PutLogEvents": unloggedOn("comparison"),
  "cloudwatch:PutMetricData": metrics,
};

/** Of the roles that a comparison has and a pipeline has not, or not with these permissions. */
const uses: Readonly<Record<string, Uses<PathName>>> = {
  etl: {
    "s3:GetObject /input.": accumulated,
    "s3:GetObject /output": spark,
    "s3:GetObject": runs,
    "s3:PutObject": runs,
    "s3:DeleteObject": spark,
    "s3:AbortMultipartUpload": parts,
    "s3:ListBucket": runs,
    "logs:CreateLogStream /output": unloggedOn("comparison"),
    "logs:CreateLogStream /error": unloggedOn("refused by ETL"),
    "logs:PutLogEvents /output": unloggedOn("comparison"),
    "logs:PutLogEvents /error": unloggedOn("refused by ETL"),
    "cloudwatch:PutMetricData": metrics,
  },
  training: {
    "s3:GetObject": runs,
    "s3:PutObject": runs,
    "s3:ListBucket": runs,
    ...imageOn<PathName>("comparison"),
    ...modelLogs,
  },
  serving: {
    "s3:GetObject": runs,
    "s3:ListBucket": { unseen: "tells a model that is gone from one that is forbidden" },
    ...imageOn<PathName>("comparison"),
    "logs:CreateLogGroup c--": eitherForm,
    ...modelLogs,
  },
  stateMachine: {
    "glue:StartJobRun": runs,
    "glue:GetJobRun": runs,
    "glue:GetJobRuns": documentedForSync,
    "glue:BatchStopJobRun": { path: "abort in ETL", endured: stoppedLater },
    "sagemaker:CreateTrainingJob": runs,
    "sagemaker:DescribeTrainingJob": runs,
    "sagemaker:StopTrainingJob": { path: "abort in training", endured: stoppedLater },
    "sagemaker:AddTags": runs,
    "sagemaker:AddTags :endpoint/": untagged,
    "sagemaker:ListTags": documentedForSync,
    "events:PutTargets": deployed,
    "events:PutRule": deployed,
    "events:DescribeRule": deployed,
    "sagemaker:CreateModel": runs,
    "sagemaker:CreateEndpointConfig": runs,
    "sagemaker:CreateEndpoint c--": runs,
    "sagemaker:CreateEndpoint": first,
    "sagemaker:DescribeEndpoint": runs,
    "sagemaker:UpdateEndpoint": runs,
    "iam:PassRole": runs,
    "lambda:InvokeFunction prune-versions": {
      path: "comparison",
      endured: "a model that serves is not undone by an old one that could not be removed",
    },
    "lambda:InvokeFunction": runs,
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
  gatherInputs: {
    "s3:ListBucketVersions": { path: "gathering" },
    "s3:GetObjectVersion": { path: "gathering" },
    "s3:PutObject": { path: "gathering" },
    "s3:AbortMultipartUpload": parts,
    ...ownOfFunction<PathName>("gathering"),
  },
  predictCandidate: {
    "s3:ListBucket": { path: "predicting" },
    "s3:GetObject": { path: "predicting" },
    "s3:PutObject": { path: "predicting" },
    "sagemaker:InvokeEndpoint": { path: "predicting" },
    ...ownOfFunction<PathName>("predicting"),
  },
  removeCandidates: {
    "sagemaker:DescribeEndpoint": { path: "removing" },
    "sagemaker:DeleteEndpoint": { path: "removing" },
    "sagemaker:DeleteEndpointConfig": { path: "removing" },
    "sagemaker:DeleteModel": { path: "removing" },
    "logs:PutRetentionPolicy": { path: "removing" },
    ...ownOfFunction<PathName>("removing"),
  },
  compareCandidates: {
    "s3:GetObject": { path: "comparing" },
    "s3:PutObject": { path: "comparing" },
    ...ownOfFunction<PathName>("comparing"),
  },
  recordComparison: {
    "s3:GetObject /manifest": { path: "recording a failure" },
    "s3:GetObject": { path: "recording" },
    "s3:ListBucket": { path: "recording a failure" },
    "s3:PutObject": { path: "recording" },
    "sagemaker:DescribeTrainingJob": { path: "recording" },
    "logs:FilterLogEvents": { path: "recording" },
    "events:PutEvents": { path: "recording" },
    ...ownOfFunction<PathName>("recording"),
  },
  closeComparison: {
    "glue:GetJobRuns": { path: "closing" },
    "glue:BatchStopJobRun": { path: "closing with ETL" },
    "sagemaker:ListTrainingJobs": { path: "closing" },
    "sagemaker:ListTransformJobs": { path: "closing" },
    "sagemaker:StopTrainingJob": { path: "closing with training" },
    "sagemaker:StopTransformJob": ofBatch,
    "sagemaker:DescribeEndpoint": { path: "closing" },
    "sagemaker:DeleteEndpoint c--": { path: "closing with a candidate" },
    "sagemaker:DeleteEndpoint": { path: "closing with a failed endpoint" },
    "sagemaker:DeleteEndpointConfig": { path: "closing" },
    "sagemaker:DeleteModel": { path: "closing" },
    "logs:PutRetentionPolicy": { path: "closing" },
    "s3:GetObject": { path: "closing" },
    "s3:ListBucket": { path: "closing" },
    "s3:PutObject": { path: "closing" },
    "events:PutEvents": { path: "closing" },
    "sqs:SendMessage": { path: "failed closing" },
    ...ownOfFunction<PathName>("closing"),
  },
};

/** Of the roles of a comparison. */
export function useInComparison(permission: Permission): Use<PathName> {
  return useIn(uses, permission);
}
