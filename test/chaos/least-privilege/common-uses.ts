import type { Seen, Use, Uses } from "./use.ts";

// Entries that the tables of several roles have alike.

export const traces = { unseen: "traces: X-Ray is not modelled" };
export const metrics = { unseen: "metrics that AWS publishes in the role's name: not modelled" };
export const documentedForSync = {
  unseen:
    "in the policy that AWS documents for this .sync integration; the local one does not call it",
};
export const parts = {
  unseen: "gives up the parts of an upload that failed half-way: nothing here does",
};
const spark = {
  unseen:
    "Spark on AWS writes below _temporary/, reads, moves and deletes its own; here files are uploaded at the end",
};
export const streams = {
  unseen:
    "in the execution role that AWS documents for SageMaker, whose agent looks for its stream; here it is created at once",
};
export const groupForm = {
  unseen:
    "AWS names a log group with and without :* in different calls; the local cloud names it in one way",
};

export const prunedLater =
  "a model that serves is not undone by an old one that could not be removed";
export const stoppedLater = "the run's closing stops its job too";

export function unloggedOn<PathName extends string>(path: PathName): Seen<PathName> {
  return { path, endured: "a job, an endpoint or a function goes on without its log" };
}

/** What every function may do for itself; its log is missed on `path`. */
export function ownOfFunction<PathName extends string>(path: PathName): Uses<PathName> {
  return {
    "logs:CreateLogStream": unloggedOn(path),
    "logs:PutLogEvents": unloggedOn(path),
    "xray:PutTraceSegments": traces,
    "xray:PutTelemetryRecords": traces,
  };
}

/** Pulling an image. */
export function imageOn<PathName extends string>(path: PathName): Uses<PathName> {
  return {
    "ecr:GetAuthorizationToken": { path },
    "ecr:BatchCheckLayerAvailability": { path },
    "ecr:GetDownloadUrlForLayer": { path },
    "ecr:BatchGetImage": { path },
  };
}

/** Logs and metrics of jobs and endpoints. @param first path on which their log group is not there yet */
export function modelLogs<PathName extends string>(
  path: PathName,
  first: PathName,
): Uses<PathName> {
  return {
    "logs:CreateLogGroup": groupForm,
    "logs:CreateLogGroup :*": unloggedOn(first),
    "logs:DescribeLogStreams": streams,
    "logs:CreateLogStream": unloggedOn(path),
    "logs:PutLogEvents": unloggedOn(path),
    "cloudwatch:PutMetricData": metrics,
  };
}

/** An ETL job. @param refused path on which it writes to its error log */
export function etlOn<PathName extends string>(path: PathName, refused: PathName): Uses<PathName> {
  return {
    "s3:GetObject": { path },
    "s3:GetObject /output": spark,
    "s3:PutObject": { path },
    "s3:DeleteObject": spark,
    "s3:AbortMultipartUpload": parts,
    "s3:ListBucket": { path },
    "logs:CreateLogStream /output": unloggedOn(path),
    "logs:CreateLogStream /error": unloggedOn(refused),
    "logs:PutLogEvents /output": unloggedOn(path),
    "logs:PutLogEvents /error": unloggedOn(refused),
    "cloudwatch:PutMetricData": metrics,
  };
}

interface MachinePaths<PathName extends string> {
  run: PathName;
  firstRun: PathName;
  abortInEtl: PathName;
  abortInTraining: PathName;
  deployment: PathName;
}

/** A state machine that runs ETL, trains and deploys. */
export function machineOn<PathName extends string>(paths: MachinePaths<PathName>): Uses<PathName> {
  const { run: path } = paths;
  const deployed = { path: paths.deployment };
  return {
    "glue:StartJobRun": { path },
    "glue:GetJobRun": { path },
    "glue:GetJobRuns": documentedForSync,
    "glue:BatchStopJobRun": { path: paths.abortInEtl, endured: stoppedLater },
    "sagemaker:CreateTrainingJob": { path },
    "sagemaker:DescribeTrainingJob": { path },
    "sagemaker:StopTrainingJob": { path: paths.abortInTraining, endured: stoppedLater },
    "sagemaker:AddTags": { path },
    "sagemaker:ListTags": documentedForSync,
    ...ruleOn("TrainingJobsRule", paths.deployment),
    "sagemaker:CreateModel": { path },
    "sagemaker:CreateEndpointConfig": { path },
    "sagemaker:CreateEndpoint": { path: paths.firstRun },
    "sagemaker:UpdateEndpoint": { path },
    "sagemaker:DescribeEndpoint": { path },
    "iam:PassRole": { path },
    "lambda:InvokeFunction": { path },
    "lambda:InvokeFunction prune-versions": { path, endured: prunedLater },
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
  };
}

/** The account's rule by which Step Functions hears of ended jobs of a kind. */
export function ruleOn<PathName extends string>(rule: string, path: PathName): Uses<PathName> {
  return {
    [`events:PutTargets ${rule}`]: { path },
    [`events:PutRule ${rule}`]: { path },
    [`events:DescribeRule ${rule}`]: { path },
  };
}

/** What tuning adds to a state machine. */
export function tuningOn<PathName extends string>(paths: {
  run: PathName;
  abort: PathName;
  deployment: PathName;
}): Uses<PathName> {
  const { run: path } = paths;
  return {
    "sagemaker:CreateHyperParameterTuningJob": { path },
    "sagemaker:DescribeHyperParameterTuningJob": { path },
    "sagemaker:StopHyperParameterTuningJob": { path: paths.abort, endured: stoppedLater },
    "sagemaker:ListTrainingJobsForHyperParameterTuningJob": {
      path,
      endured: "how long all training jobs took together is not on record then",
    },
    "sagemaker:AddTags :hyper-parameter-tuning-job/": { path },
    "sagemaker:ListTags :hyper-parameter-tuning-job/": documentedForSync,
    "sagemaker:DescribeTrainingJob": { path }, // the best one
    ...ruleOn("TuningJobsRule", paths.deployment),
  };
}

/** Closing what could not record itself: a pipeline's run or a comparison. */
export function closingOn<PathName extends string>(paths: {
  closing: PathName;
  withEtl: PathName;
  withFailedEndpoint: PathName;
  failed: PathName;
}): Uses<PathName> {
  const closing: Use<PathName> = { path: paths.closing };
  return {
    "glue:GetJobRuns": closing,
    "glue:BatchStopJobRun": { path: paths.withEtl },
    "sagemaker:DescribeEndpoint": closing,
    "sagemaker:DeleteEndpoint": { path: paths.withFailedEndpoint },
    "sagemaker:DeleteEndpointConfig": closing,
    "sagemaker:DeleteModel": closing,
    "s3:GetObject": closing,
    "s3:ListBucket": closing,
    "s3:PutObject": closing,
    "events:PutEvents": closing,
    "sqs:SendMessage": { path: paths.failed },
    ...ownOfFunction(paths.closing),
  };
}
