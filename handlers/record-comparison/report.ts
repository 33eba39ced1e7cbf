import { instanceSeconds, type ScoreFile } from "../compare-candidates/logic.ts";
import { errorOf, isoTime, tuningPart } from "../record-run/report.ts";
import { snapshotCopy, type UploadOfCopy } from "../record-run/upload-names.ts";
import type { ComparisonState, TriedCandidate } from "./comparison-state.ts";

/** Whose comparison it is. */
export interface Comparison {
  stack: string;
  comparison: string;
}

/** `runs/<title>/report.json` of a comparison. Parts that it did not reach are null. */
export type ComparisonReport = ReturnType<typeof comparisonReport>;

/**
 * The record of one comparison.
 *
 * @param etlReport what the ETL script itself reported, `etl.json`
 * @param scores `scores.json`; null where nothing was compared
 * @param uploads those of the copies that ETL read
 */
export function comparisonReport(
  { stack, comparison }: Comparison,
  state: ComparisonState,
  etlReport: unknown,
  scores: ScoreFile | null,
  finishedAt: Date,
  uploads: UploadOfCopy = snapshotCopy(state.run),
) {
  const { run, rules, data, compared } = state;
  const error = errorOf(state.failure, uploads);
  return {
    schemaVersion: 1,
    title: run.title,
    comparison,
    stack,
    status: error === undefined ? ("Succeeded" as const) : ("Failed" as const),
    ...(error && { error }),
    outcome: compared?.outcome ?? null,
    winner: scores?.verdict?.winner ?? null,
    reason: compared?.reason ?? null,
    input: {
      bucket: run.bucket,
      key: run.key,
      versionId: run.versionId,
      sizeBytes: run.sizeBytes,
      uploadedAt: run.uploadedAt,
      manifest: data.manifest,
    },
    execution: {
      arn: state.execution.arn,
      startedAt: isoTime(state.execution.startedAt),
      finishedAt: finishedAt.toISOString(),
    },
    rules,
    etl: data.etl && {
      jobName: data.etl.jobName,
      runId: data.etl.runId,
      seconds: data.etl.seconds ?? null,
      report: etlReport,
    },
    testRows: scores?.rows ?? null,
    baseline: scores?.baseline ?? null,
    candidates: state.results.map((each) => candidatePart(each, scores)),
    verdict: scores?.verdict ?? null,
    promotion: promotionPart(state),
    stages: [...data.stages, ...state.stages].map(({ name, startedAt, seconds }) => ({
      name,
      startedAt: isoTime(startedAt),
      seconds,
    })),
  };
}

function candidatePart(tried: TriedCandidate, scores: ScoreFile | null) {
  const { key, number, status, image, instanceType, instanceCount, endpointInstanceType } = tried;
  const error = status === "Failed" ? errorOf(tried.failure) : undefined;
  const training = status === "Scored" ? tried.training : null;
  return {
    key,
    number,
    status,
    ...(error && { error }),
    image,
    training: training && {
      jobName: training.jobName,
      seconds: training.seconds ?? null,
      billableSeconds: training.billableSeconds ?? null,
      hyperparameters: training.hyperparameters ?? null,
      metrics: training.metrics ?? {},
      modelArtifact: training.modelArtifact ?? null,
      ...(training.tuning && { tuning: tuningPart(training.tuning) }),
    },
    /** What it took by instance type: prices are the region's, and change. */
    cost: {
      trainingInstanceType: instanceType,
      trainingInstanceCount: instanceCount,
      trainingInstanceSeconds: status === "Scored" ? instanceSeconds(tried) : null,
      evaluationInstanceType: endpointInstanceType,
      evaluationSeconds: servedSeconds(tried),
    },
    scores: scores?.scores[key] ?? null,
    predictions: status === "Scored" ? tried.predictions : null,
    leftOver: tried.leftOver,
  };
}

/** Stages in which an endpoint, or a transform job, was paid for. */
const served = ["Create Endpoint", "Await Endpoint", "Predict", "Transform", "Remove Candidate"];

function servedSeconds({ stages }: TriedCandidate): number {
  return stages
    .filter(({ name }) => served.includes(name))
    .reduce((sum, { seconds }) => sum + seconds, 0);
}

function promotionPart(state: ComparisonState) {
  const { rules, compared, endpoint, newer, winner, versions, failure } = state;
  if (!rules.promotion.enabled) return null;
  const deployed = endpoint !== null && endpoint.action !== "superseded";
  return {
    promoted: (compared?.promote ?? false) && deployed && failure.name === undefined,
    candidate: winner?.key ?? null,
    endpoint: deployed ? endpoint : null,
    supersededBy: newer,
    versions,
  };
}
