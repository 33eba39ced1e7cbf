import { type FakeTask, TaskError } from "./execution.ts";

/** Input of an execution, as start-retraining gives it. */
export const runInput = {
  title: "request-01-0123456789",
  bucket: "retraining-dev-churn-12345678",
  key: "input/request-01.csv",
  versionId: "v1",
  sizeBytes: 1234,
  uploadedAt: "2026-05-01T10:00:00.000Z",
  inputUri: "s3://retraining-dev-churn-12345678/runs/request-01-0123456789/input.csv",
};

/** What DescribeTrainingJob says of a finished job, as `.sync` gives it. */
export function completedJob(changes: object = {}) {
  return {
    TrainingJobName: "dev-churn--request-01-0123456789-a1",
    TrainingJobStatus: "Completed",
    AlgorithmSpecification: { TrainingImage: "image:3.0-5" },
    CreationTime: 1_777_629_600_000,
    TrainingTimeInSeconds: 60,
    BillableTimeInSeconds: 60,
    HyperParameters: { num_round: "100" },
    FinalMetricDataList: [
      { MetricName: "train:error", Value: 0.01, Timestamp: 1_777_629_600_000 },
      { MetricName: "validation:error", Value: 0.05, Timestamp: 1_777_629_600_000 },
    ],
    ModelArtifacts: { S3ModelArtifacts: "s3://bucket/models/title/job/output/model.tar.gz" },
    ...changes,
  };
}

/** What DescribeHyperParameterTuningJob says of a finished job, as `.sync` gives it. */
export function completedTuning(changes: object = {}) {
  return {
    HyperParameterTuningJobName: "f9a065dd4a-00112233ff-a1",
    HyperParameterTuningJobConfig: {
      Strategy: "Bayesian",
      HyperParameterTuningJobObjective: { Type: "Minimize", MetricName: "validation:error" },
    },
    HyperParameterTuningJobStatus: "Completed",
    TrainingJobStatusCounters: {
      Completed: 4,
      InProgress: 0,
      RetryableError: 0,
      NonRetryableError: 1,
      Stopped: 1,
    },
    BestTrainingJob: {
      TrainingJobName: "f9a065dd4a-00112233ff-a1-003-0a1b2c3d",
      TunedHyperParameters: { eta: "0.2", max_depth: "5" },
      FinalHyperParameterTuningJobObjectiveMetric: { MetricName: "validation:error", Value: 0.05 },
    },
    ...changes,
  };
}

/** What ListTrainingJobsForHyperParameterTuningJob says, 90 seconds of training in all: one job never started. */
export function listedTrainings(changes: object = {}) {
  const at = (second: number) => new Date(Date.UTC(2026, 4, 1, 10, 0, second)).toISOString();
  return {
    TrainingJobSummaries: [
      { TrainingJobStatus: "Completed", TrainingStartTime: at(0), TrainingEndTime: at(60) },
      { TrainingJobStatus: "Stopped", TrainingStartTime: at(30), TrainingEndTime: at(60) },
      { TrainingJobStatus: "Failed", CreationTime: at(0) },
    ],
    ...changes,
  };
}

/** What write-schema answers. */
export const writtenSchema = {
  uri: "s3://retraining-dev-churn-12345678/models/request-01-0123456789/schema.json",
  kind: "features",
  features: 69,
} as const;

/** Name of the version that the run makes. */
export const versionName = "dev-churn--request-01-0123456789";

/** Tasks of a run that creates the endpoint, `changes` in place of some. Record Run ends it as the function would. */
export function runTasks(changes: Record<string, FakeTask> = {}): Record<string, FakeTask> {
  return {
    "Run ETL": () => ({ Id: "jr_1", StartedOn: 1_777_629_600_000, ExecutionTime: 20 }),
    "Train Model": () => completedJob(),
    "Tune Model": () => completedTuning(),
    "Describe Best Training": ({ TrainingJobName }: { TrainingJobName: string }) =>
      completedJob({ TrainingJobName, CreationTime: "2026-05-01T10:00:00.000Z" }),
    "Add Up Trainings": () => listedTrainings(),
    "Write Schema": () => ({ Payload: writtenSchema }),
    "Create Model": () => ({ ModelArn: "arn" }),
    "Create Endpoint Config": () => ({ EndpointConfigArn: "arn" }),
    "Resolve Endpoint": () => ({
      Payload: { action: "create", retainCapacity: false, newer: null },
    }),
    "Create Endpoint": () => ({ EndpointArn: "arn" }),
    "Update Endpoint": () => ({ EndpointArn: "arn" }),
    "Describe Endpoint": () => ({
      EndpointStatus: "InService",
      EndpointConfigName: versionName,
    }),
    "Prune Versions": () => ({ Payload: { kept: [versionName], deleted: [] } }),
    "Discard Version": () => ({
      Payload: { kept: [], deleted: [versionName], deletedEndpoint: null },
    }),
    "Record Run": recordRun,
    ...changes,
  };
}

interface Recorded {
  Payload: { failure: { name?: string; cause?: string; caught?: { Cause: string } } };
}

function recordRun({ Payload: { failure } }: Recorded) {
  if (failure.name === undefined) return { Payload: { status: "Succeeded" } };
  const cause = failure.cause ?? failure.caught?.Cause ?? "";
  return { Payload: { status: "Failed", error: { name: failure.name, cause } } };
}

/** Fails as `error` the first `times` times, then answers as `then`. */
export function failingFirst(
  times: number,
  error: string,
  cause: string | object,
  then: FakeTask,
): FakeTask {
  return (args, calls) => {
    if (calls < times) throw new TaskError(error, cause);
    return then(args, calls);
  };
}
