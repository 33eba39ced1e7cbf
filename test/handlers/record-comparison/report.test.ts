import { expect } from "chai";
import { comparisonReport } from "../../../handlers/record-comparison/report.ts";
import {
  comparisonOf,
  comparisonState,
  etlJson,
  executionArn,
  failedCandidate,
  finishedAt,
  nothingState,
  noWinner,
  promotedState,
  reportOf,
  scoredCandidate,
  scoreFile,
  tooFewState,
  verdict,
} from "../../support/comparison-state.ts";
import { runInput } from "../../support/run-tasks.ts";

describe("comparisonReport", () => {
  it("tells everything of a comparison with a winner", () => {
    const { inputUri: _, title, ...input } = runInput;
    const { candidates, ...report } = reportOf();

    expect(report).to.deep.equal({
      schemaVersion: 1,
      title,
      comparison: "abalone",
      stack: "dev",
      status: "Succeeded",
      outcome: "winner",
      winner: "xgboost",
      reason: verdict.reason,
      input: { ...input, manifest: "runs/t/manifest.json" },
      execution: {
        arn: executionArn,
        startedAt: "2026-05-01T10:00:01.000Z",
        finishedAt: "2026-05-01T11:00:00.000Z",
      },
      rules: comparisonState().rules,
      etl: { jobName: "dev-abalone-etl", runId: "jr_1", seconds: 20, report: etlJson },
      testRows: 4,
      baseline: scoreFile().baseline,
      verdict,
      promotion: null,
      stages: [
        { name: "Run ETL", startedAt: "2026-05-01T10:00:02.000Z", seconds: 21.5 },
        { name: "Compare Candidates", startedAt: "2026-05-01T10:23:20.000Z", seconds: 2 },
      ],
    });
    expect(candidates.map(({ key }) => key)).to.deep.equal(["xgboost", "linear-learner"]);
  });

  it("tells of a candidate what it was trained to, scored, and took", () => {
    const [first] = reportOf().candidates;

    expect(first).to.deep.equal({
      key: "xgboost",
      number: "c01",
      status: "Scored",
      image: "image:1",
      training: {
        jobName: "job-c01",
        seconds: 100,
        billableSeconds: 60,
        hyperparameters: { num_round: "50" },
        metrics: { "validation:rmse": 2 },
        modelArtifact: "s3://b/model.tar.gz",
      },
      cost: {
        trainingInstanceType: "ml.m5.xlarge",
        trainingInstanceCount: 2,
        trainingInstanceSeconds: 120,
        evaluationInstanceType: "ml.m5.large",
        evaluationSeconds: 208,
      },
      scores: scoreFile().scores["xgboost"],
      predictions: { predictionsKey: "output/t/c01/predictions.json", rows: 4, seconds: 1 },
      leftOver: null,
    });
  });

  it("tells of a candidate that failed why, and what may be left of it", () => {
    const leftOver = { Error: "StillThere", Cause: "endpoint x" };
    const results = [scoredCandidate("xgboost", "c01"), failedCandidate("linear-learner", "c02")];
    const failed = { ...results[1], leftOver } as (typeof results)[1];
    const report = reportOf(
      comparisonState({ results: [results[0] as typeof failed, failed] }),
      scoreFile({ scores: { xgboost: scoreFile().scores["xgboost"] ?? {} } }),
    );

    expect(report.candidates[1]).to.deep.include({
      status: "Failed",
      error: { name: "TrainingFailed", cause: "AlgorithmError: no" },
      training: null,
      scores: null,
      predictions: null,
      leftOver,
    });
    expect(report.candidates[1]?.cost.trainingInstanceSeconds).to.equal(null);
  });

  it("tells of a tuned candidate all that its tuning job took, over all instances", () => {
    const tried = scoredCandidate("xgboost", "c01");
    const tuning = {
      jobName: "tuning",
      strategy: "Random",
      objective: { metric: "validation:rmse", direction: "min" as const, value: 2 },
      trainings: { completed: 3, stopped: 0, failed: 1 },
      seconds: 500,
      tuned: { eta: "0.3" },
    };
    const tuned = { ...tried, training: { ...("training" in tried && tried.training), tuning } };
    const report = reportOf(comparisonState({ results: [tuned as typeof tried] }));

    expect(report.candidates[0]?.training?.tuning).to.deep.equal(tuning);
    expect(report.candidates[0]?.cost.trainingInstanceSeconds).to.equal(1000);
  });

  it("names no winner, and what to take, where none is clear", () => {
    const compared = { outcome: noWinner.outcome, winner: null, promote: false, reason: "chance" };
    const report = reportOf(comparisonState({ compared }), scoreFile({ verdict: noWinner }));

    expect(report).to.deep.include({
      status: "Succeeded",
      outcome: "no clear winner",
      winner: null,
      reason: "chance",
    });
    expect(report.verdict?.cheapest).to.equal("linear-learner");
  });

  it("tells the scores of one that is alone, without a verdict", () => {
    const report = reportOf(tooFewState(), scoreFile({ verdict: null }));

    expect(report).to.deep.include({
      status: "Failed",
      error: { name: "TooFewResults", cause: tooFewState().failure.cause },
      outcome: "too few results",
      winner: null,
      verdict: null,
      testRows: 4,
    });
  });

  it("has null for what a comparison did not reach", () => {
    const report = comparisonReport(comparisonOf, nothingState(), null, null, finishedAt);

    expect(report).to.deep.include({
      status: "Failed",
      error: { name: "EtlFailed", cause: "row 3" },
      outcome: null,
      winner: null,
      reason: null,
      etl: null,
      testRows: null,
      baseline: null,
      candidates: [],
      verdict: null,
      promotion: null,
      stages: [],
    });
  });

  const { endpoint } = promotedState();
  const newer = { title: "t2", uploadedAt: "2026-05-02T10:00:00.000Z", configName: "c" };
  for (const [what, state, promotion] of [
    [
      "the winner serves",
      promotedState(),
      { promoted: true, candidate: "xgboost", endpoint, supersededBy: null },
    ],
    [
      "a newer one serves already",
      promotedState({ endpoint: endpoint && { ...endpoint, action: "superseded" }, newer }),
      { promoted: false, candidate: "xgboost", endpoint: null, supersededBy: newer },
    ],
    [
      "its deployment failed",
      promotedState({ failure: { name: "EndpointUpdateFailed", cause: "no ping" } }),
      { promoted: false, candidate: "xgboost", endpoint, supersededBy: null },
    ],
    [
      "its schema could not be written",
      promotedState({ failure: { name: "SchemaNotWritten", cause: "no" }, endpoint: null }),
      { promoted: false, candidate: "xgboost", endpoint: null, supersededBy: null },
    ],
    [
      "no one won",
      promotedState({
        compared: { outcome: "no clear winner", winner: null, promote: false, reason: "chance" },
        winner: null,
        endpoint: null,
      }),
      { promoted: false, candidate: null, endpoint: null, supersededBy: null },
    ],
  ] as const) {
    it(`tells of promotion where ${what}`, () => {
      expect(reportOf(state).promotion).to.deep.include(promotion);
    });
  }
});
