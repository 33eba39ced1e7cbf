import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { GlueClient } from "@aws-sdk/client-glue";
import type { S3Client } from "@aws-sdk/client-s3";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { bucketLayout } from "../../components/bucket-layout.ts";
import { comparisonLayout } from "../../components/comparison-layout.ts";
import { tuningRunPrefix } from "../../components/names.ts";
import { recordFailed } from "../../components/record-failed.ts";
import { stopTrainingJobs } from "../clean-up-runs/stop-training-jobs.ts";
import { stopTuningJobs } from "../clean-up-runs/stop-tuning-jobs.ts";
import type { Pause } from "../clean-up-runs/until-none.ts";
import {
  type EndedExecution,
  type ExecutionEndedEvent,
  endedExecution,
} from "../close-run/ended-event.ts";
import { stopEtl } from "../close-run/stop-jobs.ts";
import type { ComparisonRules } from "../compare-candidates/logic.ts";
import { discardVersion } from "../discard-version.ts";
import { readEtlReport, readJson, writeReport } from "../publish-report.ts";
import { sendComparison } from "../record-comparison/comparison-event.ts";
import type { ComparisonState } from "../record-comparison/comparison-state.ts";
import {
  type Comparison,
  type ComparisonReport,
  comparisonReport,
} from "../record-comparison/report.ts";
import { recordOf } from "../record-of.ts";
import { removeCandidates } from "../remove-candidates/logic.ts";
import { stopTransformJobs } from "./stop-transform-jobs.ts";

export interface Clients {
  s3: S3Client;
  events: EventBridgeClient;
  sagemaker: SageMakerClient;
  glue: GlueClient;
  logs: CloudWatchLogsClient;
}

export interface CloseComparisonOptions extends Comparison {
  bucket: string;
  /** `<base>--`: what production's versions start with. */
  runPrefix: string;
  /** `c--<base>--`: what everything of candidates starts with. */
  candidatePrefix: string;
  /** Start of tuning jobs' names; where a candidate is tuned only. */
  tuningPrefix: string | undefined;
  /** How many days the logs of candidates' endpoints are kept. */
  logRetentionDays: number;
  /** How many candidates a comparison may have: their numbers tell what they are called. */
  candidateCount: number;
  endpointName: string;
  glueJob: string;
  rules: ComparisonRules;
}

export interface ClosedComparison {
  title: string;
  /** Names of candidates that nothing is left of. */
  removed: string[];
  outcome: "closed" | "event sent again" | "recorded itself" | "left alone: a copy";
}

/**
 * Does for a comparison what it could not do itself, because it was aborted, timed out, or failed: stops its jobs, deletes
 * what candidates left, and, where it recorded nothing, discards its version, writes its report and tells the account.
 *
 * May be called again, for an event that came twice or after it failed half-way: all is done again to the same end, and
 * receivers see the event twice, as EventBridge has it anyway.
 */
export async function closeComparison(
  clients: Clients,
  options: CloseComparisonOptions,
  event: ExecutionEndedEvent,
  pause: Pause,
): Promise<ClosedComparison> {
  const { s3, sagemaker, glue, events } = clients;
  const { bucket, candidatePrefix } = options;
  const execution = endedExecution(event);
  const { title } = execution.run;
  if (execution.isCopy) return { title, removed: [], outcome: "left alone: a copy" };
  for (const inputUri of [
    execution.run.inputUri,
    `s3://${bucket}/${comparisonLayout.inputs(title)}`,
  ]) {
    if (inputUri !== undefined) await stopEtl(glue, options.glueJob, inputUri);
  }
  const ofRun = `${candidatePrefix}${title}-`;
  await stopTransformJobs(sagemaker, ofRun, pause);
  if (options.tuningPrefix !== undefined) {
    await stopTuningJobs(sagemaker, tuningRunPrefix(options.tuningPrefix, title), pause);
  }
  await stopTrainingJobs(sagemaker, ofRun, pause);
  const { removed } = await removeCandidates(
    clients,
    options,
    { title, numbers: candidateNumbers(options.candidateCount) },
    pause,
  );
  const key = bucketLayout.report(title);
  const recorded = (await readJson(s3, bucket, key)) as ComparisonReport | null;
  const { error } = event.detail;
  const record = recordOf(recorded, execution, error);
  if (record.kind === "complete") return { title, removed, outcome: "recorded itself" };
  if (record.kind === "to be sent again") {
    await sendComparison(events, record.report);
    return { title, removed, outcome: "event sent again" };
  }
  const versionName = `${options.runPrefix}${title}`;
  const versions =
    error === recordFailed
      ? null // deployed, or discarded, before the record failed
      : await discardVersion(sagemaker, options.endpointName, versionName);
  const etlReport = await readEtlReport(s3, bucket, title);
  const state = stateOf(execution, options.rules, versions, event);
  const report = {
    ...comparisonReport(options, state, etlReport, null, execution.stoppedAt),
    closed: true,
  };
  await writeReport(s3, bucket, report);
  await sendComparison(events, report);
  return { title, removed, outcome: "closed" };
}

/** `c01`, `c02`, ... in the order of config. */
export function candidateNumbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `c${String(index + 1).padStart(2, "0")}`);
}

const errorNames = {
  ABORTED: "ComparisonAborted",
  TIMED_OUT: "ComparisonTimedOut",
  FAILED: "ComparisonFailed",
};

function stateOf(
  { arn, startedAt, status, run }: EndedExecution,
  rules: ComparisonRules,
  versions: object | null,
  { detail }: ExecutionEndedEvent,
): ComparisonState {
  const said = [detail.error, detail.cause].filter(Boolean).join(": ");
  return {
    execution: { arn, startedAt: startedAt.toISOString() },
    run,
    rules,
    data: { etl: null, manifest: null, stages: [], failure: {} },
    results: [],
    compared: null,
    winner: null,
    endpoint: null,
    newer: null,
    versions,
    stages: [],
    failure: { name: errorNames[status], cause: said || `the execution ended as ${status}` },
  };
}
