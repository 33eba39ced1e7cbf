import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { bucketLayout } from "../../components/bucket-layout.ts";
import { comparisonLayout } from "../../components/comparison-layout.ts";
import {
  type ComparisonMetric,
  type ComparisonTask,
  comparisonMetrics,
} from "../../components/comparison-metrics.ts";
import { errorOf } from "../record-run/report.ts";
import type { RunState, TrainingState } from "../record-run/run-state.ts";
import { baseline, type TrainFacts } from "./baseline.ts";
import type { Resampled } from "./bootstrap.ts";
import { type PredictionFile, type Predictions, sharedLabels } from "./predictions.ts";
import { type Resampling, type Scores, scoreAll } from "./scores.ts";
import { baselineName, decide, type Verdict } from "./winner.ts";

export interface CompareRequest {
  title: string;
  rules: ComparisonRules;
  candidates: CandidateResult[];
}

/** What config says of how candidates are compared. */
export interface ComparisonRules extends Resampling {
  task: ComparisonTask;
  metric: ComparisonMetric;
  margin: number;
  promotion: { enabled: boolean; threshold: number | null };
}

/** What became of one candidate. */
export type CandidateResult = ScoredCandidate | FailedCandidate;

export interface ScoredCandidate {
  key: string;
  number: string;
  status: "Scored";
  training: TrainingState;
  /** Instances of its training. */
  instanceCount: number;
  predictions: { predictionsKey: string; rows: number; seconds: number };
}

export interface FailedCandidate {
  key: string;
  number: string;
  status: "Failed";
  failure: RunState["failure"];
}

/** `scores.json`: what the candidates' predictions are worth. */
export interface ScoreFile {
  rows: number;
  scores: Record<string, Scores>;
  baseline: Scores;
  /** Null where fewer than two candidates have scores. */
  verdict: Verdict | null;
}

/** What the state machine goes on with. */
export interface Compared {
  outcome: Verdict["outcome"] | "too few results";
  /** Number of the candidate that wins, `c02`. */
  winner: string | null;
  /** Whether it is to serve. */
  promote: boolean;
  reason: string;
}

/** The report of the ETL script, as far as it matters here. */
interface EtlReport {
  labelMean: number | null;
  /** By split. */
  classes: { train: Record<string, number> } | null;
}

/**
 * Scores what the candidates predicted, says which one wins, and whether it may go to production.
 *
 * One candidate alone is scored too, and nothing is decided: there is nothing to compare it with.
 */
export async function compareCandidates(
  s3: S3Client,
  bucket: string,
  { title, rules, candidates }: CompareRequest,
): Promise<Compared> {
  const scored = candidates.filter((each) => each.status === "Scored");
  if (scored.length === 0) return tooFew(candidates);
  const files: Record<string, PredictionFile> = {};
  for (const { key, predictions } of scored) {
    files[key] = await readJson<PredictionFile>(s3, bucket, predictions.predictionsKey);
  }
  const labels = sharedLabels(files);
  const etl = await readJson<EtlReport>(s3, bucket, bucketLayout.etlReport(title));
  const { sets, classCount } = predictionSets(rules.task, files, etl, labels);
  const results = scoreAll({ task: rules.task, labels, classCount }, sets, rules);
  const deciding = (name: string): Resampled => {
    const resampled = results[name]?.resampled[rules.metric];
    if (resampled === undefined) throw new Error(`${name} has no ${rules.metric}`);
    if (Number.isNaN(resampled.value)) {
      throw new Error(
        `the ${labels.length} rows that were predicted define no ${rules.metric}: their labels are all the same`,
      );
    }
    return resampled;
  };
  const contenders = scored.map((candidate) => ({
    key: candidate.key,
    resampled: deciding(candidate.key),
    cost: instanceSeconds(candidate) ?? Number.POSITIVE_INFINITY, // what is not known is not called cheap
  }));
  const verdict = contenders.length < 2 ? null : decide(contenders, deciding(baselineName), rules);
  const scores = Object.fromEntries(
    Object.entries(results).map(([name, each]) => [name, each.scores] as const),
  );
  const { [baselineName]: guess = {}, ...ofCandidates } = scores;
  const file: ScoreFile = {
    rows: labels.length,
    scores: ofCandidates,
    baseline: guess,
    verdict,
  };
  await writeJson(s3, bucket, comparisonLayout.scores(title), file);
  if (verdict === null) return tooFew(candidates);
  return compared(verdict, candidates, rules, deciding(verdict.best).value);
}

function predictionSets(
  task: ComparisonTask,
  files: Record<string, PredictionFile>,
  etl: EtlReport,
  labels: number[],
): { sets: Record<string, Predictions>; classCount: number } {
  const facts: TrainFacts = { labelMean: etl.labelMean, classes: etl.classes?.train ?? null };
  const known = Object.values(etl.classes ?? {}).flatMap((counts) => Object.keys(counts));
  const classCount = task === "regression" ? 0 : 1 + Math.max(1, ...known.map(Number));
  const guess = baseline(task, facts, labels.length, classCount);
  return { sets: { ...files, [baselineName]: guess }, classCount };
}

/**
 * What a training, or all of a tuning job's, took over all instances; spot training counts what is paid for. Null where that is
 * not known: of a tuning job its best training alone would be far too little.
 */
export function instanceSeconds({ training, instanceCount }: ScoredCandidate): number | null {
  const { tuning, billableSeconds, seconds } = training;
  const taken = tuning === undefined ? (billableSeconds ?? seconds) : tuning.seconds;
  return taken === undefined || taken === null ? null : taken * instanceCount;
}

function compared(
  verdict: Verdict,
  candidates: readonly CandidateResult[],
  { metric, promotion }: ComparisonRules,
  value: number,
): Compared {
  const winner = candidates.find(({ key }) => key === verdict.winner)?.number ?? null;
  const { enabled, threshold } = promotion;
  const passes = threshold === null || reaches(metric, value, threshold);
  const missed =
    winner !== null && enabled && !passes
      ? `; its ${metric} of ${value} does not reach promotion.threshold ${threshold}, so production stays as it is`
      : "";
  return {
    outcome: verdict.outcome,
    winner,
    promote: winner !== null && enabled && passes,
    reason: verdict.reason + withoutScores(verdict, candidates) + missed,
  };
}

/** Candidates that failed: who wins against the others may have lost against them. */
function withoutScores(verdict: Verdict, candidates: readonly CandidateResult[]): string {
  const failed = candidates.filter((each) => each.status === "Failed");
  if (failed.length === 0) return "";
  const scored = candidates.length - failed.length;
  const among = verdict.winner === null ? "" : ` of the ${scored} that were scored`;
  const names = failed.map(({ key, failure }) => `${key} failed: ${errorOf(failure)?.name}`);
  return `${among}; ${names.join("; ")}`;
}

function reaches(metric: ComparisonMetric, value: number, threshold: number): boolean {
  return comparisonMetrics[metric].direction === "min" ? value <= threshold : value >= threshold;
}

function tooFew(candidates: readonly CandidateResult[]): Compared {
  const failed = candidates.filter((each) => each.status === "Failed");
  const names = failed.map(({ key, failure }) => {
    const error = errorOf(failure);
    return `${key} (${error?.name}: ${error?.cause.slice(0, 300)})`;
  });
  const left = candidates.length - failed.length;
  return {
    outcome: "too few results",
    winner: null,
    promote: false,
    reason: `${left === 0 ? "no candidate has" : "only one candidate has"} scores; failed: ${names.join("; ")}`,
  };
}

async function readJson<Content>(s3: S3Client, bucket: string, key: string): Promise<Content> {
  const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return JSON.parse((await body?.transformToString()) ?? "null") as Content;
}

async function writeJson(s3: S3Client, bucket: string, key: string, content: object) {
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      ContentType: "application/json",
      Body: JSON.stringify(content),
    }),
  );
}
