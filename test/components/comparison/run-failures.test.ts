import { expect } from "chai";
import { abalone, abaloneContext } from "../../support/comparison.ts";
import {
  candidateNameOf,
  comparedAs,
  compareIn,
  failingFor,
  recordedComparison,
} from "../../support/comparison-run.ts";
import { completedJob, failingFirst } from "../../support/run-tasks.ts";

const batch = abaloneContext({ evaluation: { ...abalone().evaluation, by: "batch" } });
const denied = (error = "AccessDenied") => failingFirst(99, error, "no", () => ({}));

/** Status and error of each candidate that was compared. */
function became(execution: Awaited<ReturnType<typeof compareIn>>) {
  return recordedComparison(execution).results.map(
    ({ key, status, ...more }) =>
      `${key} ${status}${"failure" in more && more.failure.name ? ` ${more.failure.name}` : ""}`,
  );
}

describe("a candidate that fails", () => {
  for (const [state, error, context = abaloneContext()] of [
    ["Train Model", "TrainingFailed"],
    ["Create Model", "ModelCreationFailed"],
    ["Create Endpoint Config", "EndpointConfigCreationFailed"],
    ["Create Endpoint", "EndpointCreationFailed"],
    ["Describe Endpoint", "EndpointLookupFailed"],
    ["Predict", "PredictionFailed"],
    ["Transform", "TransformFailed", batch],
  ] as const) {
    it(`as ${error} is removed, and the other goes on`, async () => {
      const tasks = { [state]: failingFor("c01", state, "AccessDenied", "not authorized") };
      const execution = await compareIn(tasks, context);

      expect(execution.status).to.equal("SUCCEEDED");
      expect(became(execution)).to.deep.equal([`xgboost Failed ${error}`, "linear-learner Scored"]);
      const removals = execution.calls["Remove Candidate"] as { Payload: { numbers: string[] } }[];
      expect(removals.map(({ Payload }) => Payload.numbers)).to.deep.equal([["c01"], ["c02"]]);
      const [failed] = recordedComparison(execution).results;
      expect(failed).to.deep.include({
        failure: { name: error, caught: { Error: "AccessDenied", Cause: "not authorized" } },
        predictions: null,
      });
    });
  }

  for (const state of ["Create Model", "Create Endpoint Config", "Create Endpoint"]) {
    it(`is none where ${state} was done though its answer was lost`, async () => {
      const execution = await compareIn({
        [state]: failingFor(
          "c01",
          state,
          "SageMaker.AmazonSageMakerException",
          "Cannot create already existing one",
        ),
      });

      expect(became(execution)).to.deep.equal(["xgboost Scored", "linear-learner Scored"]);
    });
  }

  it("because someone stopped its training is removed too", async () => {
    const execution = await compareIn({
      "Train Model": ({ TrainingJobName }: { TrainingJobName: string }) =>
        completedJob({
          TrainingJobName,
          ...(TrainingJobName.includes("c02") && { TrainingJobStatus: "Stopped" }),
        }),
    });

    expect(became(execution)).to.deep.equal([
      "xgboost Scored",
      "linear-learner Failed TrainingStopped",
    ]);
    const { results } = recordedComparison(execution);
    const cause = `training job ${candidateNameOf("c02")}-a1 ended as Stopped, not Completed`;
    expect(results[1]).to.deep.include({ failure: { name: "TrainingStopped", cause } });
  });

  it("because its endpoint failed is removed too", async () => {
    const execution = await compareIn({
      "Describe Endpoint": ({ EndpointName }: { EndpointName: string }) => ({
        EndpointStatus: EndpointName.endsWith("c01") ? "Failed" : "InService",
        EndpointConfigName: EndpointName,
        ...(EndpointName.endsWith("c01") && { FailureReason: "no ping" }),
      }),
    });

    expect(became(execution)[0]).to.equal("xgboost Failed EndpointCreationFailed");
    expect(execution.calls["Remove Candidate"]).to.have.length(2);
  });

  it("for want of capacity trains again, as another job", async () => {
    const execution = await compareIn({
      "Train Model": (args: { TrainingJobName: string }, calls) =>
        failingFirst(1, "States.TaskFailed", "CapacityError: none", () => completedJob(args))(
          args as never,
          calls,
        ),
    });

    const jobs = execution.calls["Train Model"] as { TrainingJobName: string }[];
    expect(jobs.map(({ TrainingJobName }) => TrainingJobName)).to.deep.equal([
      `${candidateNameOf("c01")}-a1`,
      `${candidateNameOf("c01")}-a2`,
      `${candidateNameOf("c02")}-a1`,
    ]);
    expect(became(execution)).to.deep.equal(["xgboost Scored", "linear-learner Scored"]);
  });
});

describe("a comparison that cannot go on", () => {
  for (const [state, error] of [
    ["Gather Inputs", "InputsNotGathered"],
    ["Run ETL", "EtlFailed"],
  ] as const) {
    it(`fails as ${error} when ${state} does: nothing is trained, and it is on record`, async () => {
      const execution = await compareIn({ [state]: denied() });

      expect(execution).to.include({ status: "FAILED", error, cause: "no" });
      expect(execution.calls).to.have.property("Record Comparison");
      expect(execution.calls).not.to.have.any.keys("Train Model", "Compare Candidates");
      expect(recordedComparison(execution)).to.deep.include({
        results: [],
        compared: null,
        failure: { name: error, caught: { Error: "AccessDenied", Cause: "no" } },
      });
    });
  }

  it("fails as TooFewResults, with the reason, where fewer than two candidates have scores", async () => {
    const tooFew = {
      outcome: "too few results",
      winner: null,
      promote: false,
      reason: "no candidate has scores",
    } as const;
    const execution = await compareIn({
      Predict: denied("UnreadableAnswer"),
      "Compare Candidates": comparedAs(tooFew),
    });

    expect(execution).to.include({
      status: "FAILED",
      error: "TooFewResults",
      cause: "no candidate has scores",
    });
    expect(recordedComparison(execution)).to.deep.include({
      compared: tooFew,
      failure: { name: "TooFewResults", cause: "no candidate has scores" },
    });
    expect(became(execution)).to.deep.equal([
      "xgboost Failed PredictionFailed",
      "linear-learner Failed PredictionFailed",
    ]);
  });

  it("fails as ComparisonFailed when the scores cannot be computed", async () => {
    const execution = await compareIn({ "Compare Candidates": denied("NoSuchKey") });

    expect(execution).to.include({ status: "FAILED", error: "ComparisonFailed", cause: "no" });
    expect(recordedComparison(execution)).to.deep.include({ compared: null, winner: null });
  });

  it("fails as RecordFailed when the record cannot be written", async () => {
    const execution = await compareIn({ "Record Comparison": denied() });

    expect(execution).to.include({
      status: "FAILED",
      error: "RecordFailed",
      cause:
        "the report of comparison request-01-0123456789 could not be written: AccessDenied: no",
    });
  });
});

describe("what cannot be removed", () => {
  it("fails the comparison as CandidatesLeft whatever it found, on record, for the sweeper to hear of", async () => {
    const execution = await compareIn({
      "Remove Candidate": failingFor("c02", "Remove Candidate", "StillThere", "endpoint Creating"),
    });

    expect(execution).to.include({
      status: "FAILED",
      error: "CandidatesLeft",
      cause: "could not remove linear-learner: StillThere",
    });
    expect(recordedComparison(execution).results.map(({ leftOver }) => leftOver)).to.deep.equal([
      null,
      { Error: "StillThere", Cause: "endpoint Creating" },
    ]);
    expect(became(execution)).to.deep.equal(["xgboost Scored", "linear-learner Scored"]);
  });

  it("names all that are left, before any other failure", async () => {
    const execution = await compareIn({
      "Remove Candidate": denied("StillThere"),
      "Record Comparison": denied(),
    });

    expect(execution).to.include({
      error: "CandidatesLeft",
      cause: "could not remove xgboost: StillThere, linear-learner: StillThere",
    });
  });
});
