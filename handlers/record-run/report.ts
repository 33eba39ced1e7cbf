import { failedEtl, failedTraining, failureCause } from "./failed-job.ts";
import type { RunState, Timestamp, TuningState } from "./run-state.ts";
import { namingUploads, snapshotCopy, type UploadOfCopy } from "./upload-names.ts";

/** Whose run it is. */
export interface Pipeline {
  stack: string;
  pipeline: string;
}

export type RunStatus = "Succeeded" | "Rejected" | "Failed";

/** `runs/<title>/report.json`. Parts that the run did not reach are null. */
export type RunReport = ReturnType<typeof runReport>;

/** Longest cause that a Fail state takes, in characters. */
const maxCause = 32_768;

/**
 * The record of one run.
 *
 * @param etlReport what the ETL script itself reported, `etl.json`; null where it wrote none
 */
export function runReport(
  { stack, pipeline }: Pipeline,
  state: RunState,
  etlReport: unknown,
  finishedAt: Date,
) {
  const { failure, run } = state;
  const error = errorOf(failure, snapshotCopy(run));
  return {
    schemaVersion: 1,
    title: run.title,
    pipeline,
    stack,
    status: statusOf(failure.name),
    ...(error && { error }),
    input: {
      bucket: run.bucket,
      key: run.key,
      versionId: run.versionId,
      sizeBytes: run.sizeBytes,
      uploadedAt: run.uploadedAt,
    },
    execution: {
      arn: state.execution.arn,
      startedAt: isoTime(state.execution.startedAt),
      finishedAt: finishedAt.toISOString(),
    },
    etl: etlPart(state, etlReport),
    training: trainingPart(state),
    gate: state.gate,
    schema: state.schema,
    decision: decisionOf(state),
    endpoint: endpointPart(state.endpoint),
    supersededBy: state.newer,
    stages: state.stages.map(({ name, startedAt, seconds }) => ({
      name,
      startedAt: isoTime(startedAt),
      seconds,
    })),
    versions: state.versions,
  };
}

/** What became of the model; null in a run that failed. */
export type Decision = "deployed" | "rejected" | "superseded";

function decisionOf({ failure, newer }: RunState): Decision | null {
  if (failure.name === "ModelRejected") return "rejected";
  if (failure.name !== undefined) return null;
  return newer === null ? "deployed" : "superseded";
}

/** Only a model that lost against the threshold was rejected: all else that ends a run is a failure. */
function statusOf(failure: string | undefined): RunStatus {
  if (failure === undefined) return "Succeeded";
  return failure === "ModelRejected" ? "Rejected" : "Failed";
}

/** Name and cause of what ended a run; undefined where nothing did. The cause names `uploads` where it named their copies. */
export function errorOf({ name, cause, caught }: RunState["failure"], uploads: UploadOfCopy = {}) {
  if (name === undefined) return undefined;
  const text = cause ?? (caught ? failureCause(caught) : "no cause is known");
  return { name, cause: namingUploads(text, uploads).slice(0, maxCause) };
}

function etlPart({ etl, failure }: RunState, report: unknown) {
  const run = etl ?? (failure.name === "EtlFailed" ? failedEtl(failure.caught) : null);
  if (run === null) return null;
  return {
    jobName: run.jobName,
    runId: run.runId,
    startedAt: run.startedAt === undefined ? null : isoTime(run.startedAt),
    seconds: run.seconds ?? null,
    report: report ?? null,
  };
}

function trainingPart({ training, failure }: RunState) {
  const job =
    training ?? (failure.name === "TrainingFailed" ? failedTraining(failure.caught) : null);
  if (job === null) return null;
  return {
    jobName: job.jobName,
    image: job.image ?? null,
    seconds: job.seconds ?? null,
    billableSeconds: job.billableSeconds ?? null,
    hyperparameters: job.hyperparameters ?? null,
    metrics: job.metrics ?? {},
    modelArtifact: job.modelArtifact ?? null,
    ...(job.tuning && { tuning: tuningPart(job.tuning) }),
  };
}

/** The tuning job whose best training job it is. */
export function tuningPart(tuning: TuningState) {
  const { jobName, strategy, objective, trainings, seconds, tuned } = tuning;
  return { jobName, strategy, objective, trainings, seconds: seconds ?? null, tuned: tuned ?? {} };
}

/** What this run did to the endpoint: nothing where it came too late. */
function endpointPart(endpoint: RunState["endpoint"]) {
  if (endpoint === null || endpoint.action === "superseded") return null;
  const { name, action, configName, modelName } = endpoint;
  return { name, action, configName, modelName };
}

/** ISO 8601 of what Step Functions gives: text, milliseconds, or, where a service's JSON came through, seconds. */
export function isoTime(time: Timestamp): string {
  const isSeconds = typeof time === "number" && time < 1e11; // in milliseconds that were before April 1973
  return new Date(isSeconds ? time * 1000 : time).toISOString();
}
