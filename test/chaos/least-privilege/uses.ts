import type { PathName } from "./paths.ts";
import type { Permission, RoleKey } from "./permission.ts";

/** Where a permission is seen to be needed. */
export interface Seen {
  path: PathName;
  /** Why a run ends well without it all the same. @default it does not: the path fails */
  endured?: string;
}

/** Why nothing in the local cloud asks for a permission that AWS asks for. */
export interface Unseen {
  unseen: string;
}

type Use = Seen | Unseen;

const traces = { unseen: "traces: X-Ray is not modelled" };
const metrics = { unseen: "metrics that AWS publishes in the role's name: not modelled" };
const documentedForSync = {
  unseen:
    "in the policy that AWS documents for this .sync integration; the local one does not call it",
};
const spark = {
  unseen:
    "Spark on AWS writes below _temporary/, reads, moves and deletes its own; here files are uploaded at the end",
};
const parts = { unseen: "gives up the parts of an upload that failed half-way: nothing here does" };
const streams = {
  unseen:
    "in the execution role that AWS documents for SageMaker, whose agent looks for its stream; here it is created at once",
};
const groupForm = {
  unseen:
    "AWS names a log group with and without :* in different calls; the local cloud names it in one way",
};
const unlogged = "a job, an endpoint or a function goes on without its log";
const prunedLater = "a model that serves is not undone by an old one that could not be removed";

const runs: Use = { path: "update" };
const deployed: Use = { path: "deployment" };

/** What every function may do for itself; its log is missed on `path`. */
const ownOfFunction = (path: PathName): Record<string, Use> => ({
  "logs:CreateLogStream": { path, endured: unlogged },
  "logs:PutLogEvents": { path, endured: unlogged },
  "xray:PutTraceSegments": traces,
  "xray:PutTelemetryRecords": traces,
});

const image: Record<string, Use> = {
  "ecr:GetAuthorizationToken": runs,
  "ecr:BatchCheckLayerAvailability": runs,
  "ecr:GetDownloadUrlForLayer": runs,
  "ecr:BatchGetImage": runs,
};

const modelLogs: Record<string, Use> = {
  "logs:CreateLogGroup": groupForm,
  "logs:CreateLogGroup :*": { path: "first run", endured: unlogged },
  "logs:DescribeLogStreams": streams,
  "logs:CreateLogStream": { path: "update", endured: unlogged },
  "logs:PutLogEvents": { path: "update", endured: unlogged },
  "cloudwatch:PutMetricData": metrics,
};

/** By action, or by action and a part of the resource's ARN, which goes first. */
const uses: Record<RoleKey, Record<string, Use>> = {
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

/**
 * Where a permission is seen to be needed, or why it cannot be.
 * @throws Error for one that nobody has said it of: then it is to be taken out of the program, or put in here
 */
export function useOf({ role, action, resource }: Permission): Use {
  const ofRole = uses[role];
  const special = Object.entries(ofRole).find(([key]) => {
    const [name, part] = key.split(" ");
    return name === action && part !== undefined && resource.includes(part);
  });
  const use = special?.[1] ?? ofRole[action];
  if (use === undefined)
    throw new Error(`nobody says where ${role} needs ${action} on ${resource}`);
  return use;
}
