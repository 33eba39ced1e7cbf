import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { GlueClient } from "@aws-sdk/client-glue";
import type { S3Client } from "@aws-sdk/client-s3";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { SFNClient } from "@aws-sdk/client-sfn";
import { bucketLayout } from "../../components/bucket-layout.ts";
import { recordFailed } from "../../components/record-failed.ts";
import { discardVersion } from "../discard-version.ts";
import { readEtlReport, readJson, sendReport, writeReport } from "../publish-report.ts";
import { recordOf } from "../record-of.ts";
import { type Pipeline, type RunReport, runReport } from "../record-run/report.ts";
import type { RunState } from "../record-run/run-state.ts";
import { type EndedExecution, type ExecutionEndedEvent, endedExecution } from "./ended-event.ts";
import { type ExecutionTrace, readTrace } from "./execution-trace.ts";
import { stopEtl, stopTraining, stopTuning } from "./stop-jobs.ts";

export interface Clients {
  s3: S3Client;
  events: EventBridgeClient;
  stepFunctions: SFNClient;
  sagemaker: SageMakerClient;
  glue: GlueClient;
}

export interface CloseRunOptions extends Pipeline {
  bucket: string;
  /** `<base>--`: what everything that runs of this pipeline made starts with. */
  runPrefix: string;
  endpointName: string;
  glueJob: string;
}

export type ClosedRun = {
  title: string;
  outcome: "closed" | "event sent again" | "recorded itself" | "left alone: a copy";
};

/**
 * Does for a run what it could not do itself, because it was aborted, timed out, or failed where no Catch reaches: stops the
 * job that it waited for, discards its version, writes its report, tells the account's event bus.
 *
 * May be called again, for an event that came twice or after it failed half-way: all is done again to the same end, and
 * receivers see the event twice, as EventBridge has it anyway.
 */
export async function closeRun(
  clients: Clients,
  options: CloseRunOptions,
  event: ExecutionEndedEvent,
): Promise<ClosedRun> {
  const execution = endedExecution(event);
  const { title } = execution.run;
  if (execution.isCopy) return { title, outcome: "left alone: a copy" };
  const trace = await readTrace(clients.stepFunctions, execution.arn);
  const key = bucketLayout.report(title);
  const recorded = (await readJson(clients.s3, options.bucket, key)) as RunReport | null;
  const record = recordOf(recorded, execution, trace.error);
  if (record.kind === "complete") return { title, outcome: "recorded itself" };
  if (record.kind === "to be sent again") {
    await sendReport(clients.events, record.report);
    return { title, outcome: "event sent again" };
  }
  await stopJobs(clients, options, execution, trace);
  const versions = await discard(clients.sagemaker, options, title, trace);
  const etlReport = await readEtlReport(clients.s3, options.bucket, title);
  const state = stateOf(execution, trace, versions);
  const report = { ...runReport(options, state, etlReport, execution.stoppedAt), closed: true };
  await writeReport(clients.s3, options.bucket, report);
  await sendReport(clients.events, report);
  return { title, outcome: "closed" };
}

async function stopJobs(
  { glue, sagemaker }: Clients,
  { glueJob }: CloseRunOptions,
  { run }: EndedExecution,
  { trainingJob, tuningJob }: ExecutionTrace,
) {
  if (run.inputUri !== undefined) await stopEtl(glue, glueJob, run.inputUri);
  if (trainingJob !== undefined) await stopTraining(sagemaker, trainingJob);
  if (tuningJob !== undefined) await stopTuning(sagemaker, tuningJob);
}

/** A run whose record failed had deployed its version, or discarded it, before. */
function discard(
  sagemaker: SageMakerClient,
  { endpointName, runPrefix }: CloseRunOptions,
  title: string,
  { error }: ExecutionTrace,
) {
  if (error === recordFailed) return null;
  return discardVersion(sagemaker, endpointName, `${runPrefix}${title}`);
}

function stateOf(
  execution: EndedExecution,
  trace: ExecutionTrace,
  versions: object | null,
): RunState {
  const { arn, startedAt, run } = execution;
  return {
    execution: { arn, startedAt: startedAt.toISOString() },
    run,
    etl: null,
    training: null,
    gate: null,
    schema: null,
    endpoint: null,
    newer: null,
    versions,
    stages: trace.stages,
    failure: failureOf(execution, trace),
  };
}

function failureOf({ status }: EndedExecution, { state, error, cause }: ExecutionTrace) {
  const where = state === undefined ? "before its first step" : `in ${state}`;
  const why = [error, cause].filter(Boolean).join(": ");
  switch (status) {
    case "ABORTED":
      return { name: "RunAborted", cause: `aborted ${where}${why && `: ${why}`}` };
    case "TIMED_OUT":
      return { name: "RunTimedOut", cause: `the state machine's own time was up ${where}` };
    case "FAILED":
      return { name: error ?? "RunFailed", cause: cause ?? `failed ${where}` };
  }
}
