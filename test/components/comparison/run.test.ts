import { expect } from "chai";
import { abalone, abaloneContext } from "../../support/comparison.ts";
import { comparedAs, compareIn, recordedComparison } from "../../support/comparison-run.ts";
import { runInput } from "../../support/run-tasks.ts";

const candidate = [
  "Start Candidate",
  "Train Model",
  "Check Metric",
  "Create Model",
  "Create Endpoint Config",
  "Create Endpoint",
  "Describe Endpoint",
  "Is Endpoint Ready?",
  "Predict",
  "Remove Candidate",
  "Candidate Done",
];
const conclusion = [
  "Conclude",
  "Start Conclusion",
  "Is There Anything To Compare?",
  "Compare Candidates",
  "Is There A Winner?",
  "Record Comparison",
  "Comparison Recorded",
  "Has Comparison Succeeded?",
  "Succeed Comparison",
];

describe("a comparison's run", () => {
  it("gathers, splits once, tries each candidate, compares and records", async () => {
    const execution = await compareIn();

    expect(execution.status).to.equal("SUCCEEDED");
    expect(execution.path).to.deep.equal([
      "Is Run Its Own?",
      "Start Comparison",
      "Prepare Data",
      "Start Data",
      "Gather Inputs",
      "Run ETL",
      "Data Prepared",
      "Are Data Ready?",
      "Try Candidates",
      ...candidate,
      ...candidate,
      ...conclusion,
    ]);
  });

  it("reads the upload that started it alone where data do not accumulate", async () => {
    const execution = await compareIn({}, abaloneContext({ accumulate: false }));

    expect(execution.path).not.to.include("Gather Inputs");
    const [etl] = execution.calls["Run ETL"] as { Arguments: Record<string, string> }[];
    expect(etl?.Arguments["--S3_INPUT_FILE"]).to.equal(runInput.inputUri);
    expect(recordedComparison(execution).data.manifest).to.equal(null);
  });

  it("makes no endpoint where batch transform asks the candidates", async () => {
    const evaluation = { ...abalone().evaluation, by: "batch" as const };
    const execution = await compareIn({}, abaloneContext({ evaluation }));

    expect(execution.status).to.equal("SUCCEEDED");
    expect(execution.path.slice(10, 18)).to.deep.equal([
      "Train Model",
      "Check Metric",
      "Create Model",
      "Transform",
      "Predict",
      "Remove Candidate",
      "Candidate Done",
      "Start Candidate",
    ]);
    expect(execution.calls).not.to.have.any.keys("Create Endpoint", "Create Endpoint Config");
  });

  it("compares what became of each candidate, in the order of config", async () => {
    const execution = await compareIn();

    const [call] = execution.calls["Compare Candidates"] as [
      { Payload: { candidates: Record<string, unknown>[] } },
    ];
    const [first, second] = call.Payload.candidates;
    const { stages, training, ...facts } = first as {
      stages: { name: string }[];
      training: object;
    };
    expect(call.Payload).to.deep.include({
      title: runInput.title,
      rules: {
        task: "regression",
        metric: "rmse",
        margin: 0.05,
        resamples: 1000,
        confidence: 0.95,
        seed: 1,
        promotion: { enabled: false, threshold: null },
      },
    });
    expect(facts).to.deep.equal({
      key: "xgboost",
      number: "c01",
      algorithm: "xgboost",
      image: abaloneContext().images.get("xgboost"),
      format: "libsvm",
      contentType: "text/libsvm",
      instanceType: "ml.m5.xlarge",
      instanceCount: 1,
      endpointInstanceType: "ml.m5.large",
      status: "Scored",
      failure: {},
      predictions: { predictionsKey: "p", rows: 30, seconds: 1 },
      leftOver: null,
    });
    expect(training).to.deep.include({
      jobName: "c--dev-abalone--request-01-0123456789-c01-a1",
      seconds: 60,
    });
    expect(stages.map(({ name }) => name)).to.deep.equal([
      "Train Model",
      "Create Model",
      "Create Endpoint Config",
      "Create Endpoint",
      "Await Endpoint",
      "Predict",
      "Remove Candidate",
    ]);
    expect(second).to.include({ key: "linear-learner", number: "c02", format: "csv" });
  });

  it("records all that it learnt, and promotes nothing where config does not say so", async () => {
    const execution = await compareIn();

    const { results, data, stages, ...payload } = recordedComparison(execution);
    const [compare] = execution.calls["Compare Candidates"] as { Payload: { rules: object } }[];
    expect(payload).to.deep.equal({
      rules: compare?.Payload.rules,
      execution: {
        arn: "arn:aws:states:eu-west-1:123456789012:execution:dev-churn-retraining:request-01",
        startedAt: "2026-05-01T10:00:00.000Z",
      },
      run: runInput,
      compared: { outcome: "winner", winner: "c02", promote: true, reason: "it is better" },
      winner: null,
      endpoint: null,
      newer: null,
      versions: null,
      failure: {},
    });
    expect(data).to.deep.include({
      etl: { jobName: "dev-abalone-etl", runId: "jr_1", startedAt: 1_777_629_600_000, seconds: 20 },
      manifest: "m",
      failure: {},
    });
    expect(data.stages.map(({ name }) => name)).to.deep.equal(["Gather Inputs", "Run ETL"]);
    expect(stages.map(({ name }) => name)).to.deep.equal(["Compare Candidates"]);
    expect(results.map(({ key, status }) => `${key} ${status}`)).to.deep.equal([
      "xgboost Scored",
      "linear-learner Scored",
    ]);
  });

  it("succeeds without a clear winner", async () => {
    const noWinner = { outcome: "no clear winner", winner: null, promote: false } as const;
    const execution = await compareIn({ "Compare Candidates": comparedAs(noWinner) });

    expect(execution.status).to.equal("SUCCEEDED");
    expect(recordedComparison(execution)).to.deep.include({ failure: {}, winner: null });
  });
});
