import type { ScoreFile } from "../../handlers/compare-candidates/logic.ts";
import type { Verdict } from "../../handlers/compare-candidates/winner.ts";
import type {
  ComparisonState,
  TriedCandidate,
} from "../../handlers/record-comparison/comparison-state.ts";
import { comparisonReport } from "../../handlers/record-comparison/report.ts";
import { runInput } from "./run-tasks.ts";

export const comparisonOf = { stack: "dev", comparison: "abalone" };
export const finishedAt = new Date("2026-05-01T11:00:00.000Z");
export const executionArn =
  "arn:aws:states:eu-west-1:123456789012:execution:dev-abalone-comparison:t";

const place = {
  image: "image:1",
  format: "csv",
  contentType: "text/csv",
  instanceType: "ml.m5.xlarge",
  instanceCount: 2,
  endpointInstanceType: "ml.m5.large",
};
const startedAt = "2026-05-01T10:30:00.000Z";

export function scoredCandidate(key: string, number: string): TriedCandidate {
  return {
    ...place,
    key,
    number,
    algorithm: key,
    status: "Scored",
    training: {
      jobName: `job-${number}`,
      status: "Completed",
      seconds: 100,
      billableSeconds: 60,
      hyperparameters: { num_round: "50" },
      metrics: { "validation:rmse": 2 },
      modelArtifact: "s3://b/model.tar.gz",
    },
    predictions: { predictionsKey: `output/t/${number}/predictions.json`, rows: 4, seconds: 1 },
    stages: [
      { name: "Train Model", startedAt, seconds: 120 },
      { name: "Create Endpoint", startedAt, seconds: 1 },
      { name: "Await Endpoint", startedAt, seconds: 200 },
      { name: "Predict", startedAt, seconds: 3 },
      { name: "Remove Candidate", startedAt, seconds: 4 },
    ],
    leftOver: null,
  };
}

export function failedCandidate(
  key: string,
  number: string,
  cause = "AlgorithmError: no",
): TriedCandidate {
  return {
    ...place,
    key,
    number,
    algorithm: key,
    status: "Failed",
    failure: { name: "TrainingFailed", cause },
    stages: [],
    leftOver: null,
  };
}

export const verdict: Verdict = {
  outcome: "winner",
  winner: "xgboost",
  best: "xgboost",
  comparisons: [
    { against: "linear-learner", gain: 0.5, interval: { low: 0.2, high: 0.8 }, clear: true },
  ],
  againstBaseline: { against: "baseline", gain: 1.5, interval: { low: 1, high: 2 }, clear: true },
  cheapest: "xgboost",
  reason: "xgboost is clearly better than every other candidate",
};

export const noWinner: Verdict = {
  ...verdict,
  outcome: "no clear winner",
  winner: null,
  comparisons: [{ against: "linear-learner", gain: 0.1, interval: null, clear: false }],
  cheapest: "linear-learner",
  reason: "xgboost has the best score, but may be better than linear-learner by chance alone",
};

/** `scores.json` with this verdict. */
export function scoreFile(changes: Partial<ScoreFile> = {}): ScoreFile {
  const score = (value: number) => ({
    rmse: { value, interval: { low: value - 0.1, high: value + 0.1 } },
    mae: { value: value / 2 },
    r2: { value: 0.5 },
  });
  return {
    rows: 4,
    scores: { xgboost: score(2), "linear-learner": score(2.5) },
    baseline: score(3.5),
    verdict,
    ...changes,
  };
}

/** What the state machine hands over at the end of a comparison with a winner, where nothing is promoted. */
export function comparisonState(changes: Partial<ComparisonState> = {}): ComparisonState {
  return {
    execution: { arn: executionArn, startedAt: "2026-05-01T10:00:01.000Z" },
    run: runInput,
    rules: {
      task: "regression",
      metric: "rmse",
      margin: 0.05,
      resamples: 1000,
      confidence: 0.95,
      seed: 1,
      promotion: { enabled: false, threshold: null },
    },
    data: {
      etl: { jobName: "dev-abalone-etl", runId: "jr_1", seconds: 20 },
      manifest: "runs/t/manifest.json",
      stages: [{ name: "Run ETL", startedAt: 1_777_629_602_000, seconds: 21.5 }],
      failure: {},
    },
    results: [scoredCandidate("xgboost", "c01"), scoredCandidate("linear-learner", "c02")],
    compared: { outcome: "winner", winner: "c01", promote: false, reason: verdict.reason },
    winner: null,
    endpoint: null,
    newer: null,
    versions: null,
    stages: [{ name: "Compare Candidates", startedAt: 1_777_631_000, seconds: 2 }],
    failure: {},
    ...changes,
  };
}

/** The same where the winner is promoted. */
export function promotedState(changes: Partial<ComparisonState> = {}): ComparisonState {
  const { rules } = comparisonState();
  const name = `dev-abalone--${runInput.title}`;
  return comparisonState({
    rules: { ...rules, promotion: { enabled: true, threshold: 3 } },
    compared: { outcome: "winner", winner: "c01", promote: true, reason: verdict.reason },
    winner: { key: "xgboost", number: "c01" },
    endpoint: { name: "abalone-dev", action: "create", configName: name, modelName: name },
    versions: { kept: [name], deleted: [] },
    ...changes,
  });
}

/** Where one candidate alone was scored. */
export function tooFewState(): ComparisonState {
  const reason = "only one candidate has scores; failed: linear-learner (TrainingFailed: no)";
  return comparisonState({
    results: [scoredCandidate("xgboost", "c01"), failedCandidate("linear-learner", "c02")],
    compared: { outcome: "too few results", winner: null, promote: false, reason },
    failure: { name: "TooFewResults", cause: reason },
  });
}

/** Where ETL failed. */
export function nothingState(cause = "row 3"): ComparisonState {
  const failure = { name: "EtlFailed", cause };
  return comparisonState({
    data: { etl: null, manifest: null, stages: [], failure },
    results: [],
    compared: null,
    stages: [],
    failure,
  });
}

export const etlJson = { rows: { read: 30, train: 20, validation: 5, test: 5 } };

export function reportOf(state = comparisonState(), scores: ScoreFile | null = scoreFile()) {
  return comparisonReport(comparisonOf, state, etlJson, scores, finishedAt);
}
