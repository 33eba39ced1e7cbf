import { expect } from "chai";
import type { ComparisonState } from "../../../handlers/record-comparison/comparison-state.ts";
import {
  comparedAs,
  compareIn,
  promotedVersion,
  promotingContext,
  recordedComparison,
} from "../../support/comparison-run.ts";
import type { FakeTask } from "../../support/execution.ts";
import { completedTuning, failingFirst, runInput, writtenSchema } from "../../support/run-tasks.ts";

const promote = (tasks: Record<string, FakeTask> = {}, context = promotingContext()) =>
  compareIn(tasks, context);
const denied = (error = "AccessDenied") => failingFirst(99, error, "no", () => ({}));
const isInProduction = (state: string) => /In Production|Endpoint (Exist|Ready)/.test(state);
const lambda = (name: string) =>
  `arn:aws:lambda:eu-west-1:123456789012:function:dev-abalone-${name}`;

describe("promoting a clear winner", () => {
  it("writes its schema, then deploys it as a pipeline does, and prunes", async () => {
    const execution = await promote();

    expect(execution.status).to.equal("SUCCEEDED");
    expect(execution.path.slice(execution.path.indexOf("Is There A Winner?"))).to.deep.equal([
      "Is There A Winner?",
      "Write Schema In Production",
      "Create Model In Production",
      "Create Endpoint Config In Production",
      "Resolve Endpoint In Production",
      "Does Endpoint Exist? In Production",
      "Create Endpoint In Production",
      "Describe Endpoint In Production",
      "Is Endpoint Ready? In Production",
      "Prune Versions In Production",
      "Record Comparison",
      "Comparison Recorded",
      "Has Comparison Succeeded?",
      "Succeed Comparison",
    ]);
  });

  it("asks for all that with the winner's image, model, data and names", async () => {
    const { calls } = await promote();

    const made = Object.entries(calls).filter(([state]) => isInProduction(state));
    expect(Object.fromEntries(made)).to.deep.equal({
      "Write Schema In Production": [
        {
          FunctionName: lambda("write-schema"),
          Payload: {
            title: runInput.title,
            algorithm: "linear-learner",
            contentType: "text/csv",
            hyperparameters: { num_round: "100" },
            train: `output/${runInput.title}/csv/train/`,
          },
        },
      ],
      "Create Model In Production": [
        {
          ModelName: promotedVersion,
          PrimaryContainer: {
            Image: "image-of-linear-learner",
            ModelDataUrl: `s3://bucket/models/c--dev-abalone--${runInput.title}-c02-a1/model.tar.gz`,
          },
          ExecutionRoleArn: "arn:aws:iam::123456789012:role/dev-abalone-serving",
          EnableNetworkIsolation: true,
          Tags: [{ Key: "retraining:schema", Value: writtenSchema.uri }],
        },
      ],
      "Create Endpoint Config In Production": [
        {
          EndpointConfigName: promotedVersion,
          ProductionVariants: [
            {
              VariantName: "AllTraffic",
              ModelName: promotedVersion,
              InstanceType: "ml.m5.large",
              InitialInstanceCount: 1,
              InitialVariantWeight: 1,
            },
          ],
        },
      ],
      "Resolve Endpoint In Production": [
        {
          FunctionName: lambda("resolve-endpoint"),
          Payload: { endpointName: "abalone-dev", instanceCount: 1, run: runInput },
        },
      ],
      "Create Endpoint In Production": [
        { EndpointName: "abalone-dev", EndpointConfigName: promotedVersion },
      ],
      "Describe Endpoint In Production": [{ EndpointName: "abalone-dev" }],
      "Prune Versions In Production": [
        { FunctionName: lambda("prune-versions"), Payload: { configName: promotedVersion } },
      ],
    });
  });

  it("puts the winner and what serves on record", async () => {
    const recorded = recordedComparison(await promote());

    expect(recorded.winner).to.include({ key: "linear-learner", number: "c02" });
    expect(recorded).to.deep.include({
      endpoint: {
        name: "abalone-dev",
        action: "create",
        configName: promotedVersion,
        modelName: promotedVersion,
        retainCapacity: false,
      },
      newer: null,
      failure: {},
    });
  });

  it("takes the best training job of a winner that was tuned", async () => {
    const { candidates } = promotingContext().comparison;
    const tuning = {
      metric: "validation:mse",
      direction: "min",
      strategy: "Random",
      maxJobs: 2,
      maxParallelJobs: 1,
      earlyStopping: "Off",
      hyperband: undefined,
      ranges: {},
    } as const;
    const tuned = candidates.map((each) => (each.number === "c02" ? { ...each, tuning } : each));
    const { status, calls } = await promote({}, promotingContext({ candidates: tuned }));

    expect(status).to.equal("SUCCEEDED");
    expect(calls["Describe Best Training"]).to.deep.equal([
      { TrainingJobName: completedTuning().BestTrainingJob.TrainingJobName },
    ]);
    const [model] = calls["Create Model In Production"] as {
      PrimaryContainer: { ModelDataUrl: string };
    }[];
    expect(model?.PrimaryContainer.ModelDataUrl).to.equal("s3://bucket/best/model.tar.gz");
  });

  it("updates an endpoint that is there", async () => {
    const { calls } = await promote({ "Resolve Endpoint In Production": resolvedAs("update") });

    expect(calls["Update Endpoint In Production"]).to.deep.equal([
      {
        EndpointName: "abalone-dev",
        EndpointConfigName: promotedVersion,
        RetainAllVariantProperties: true,
      },
    ]);
    expect(calls).not.to.have.property("Create Endpoint In Production");
  });

  it("touches nothing where a newer comparison's winner serves, on record", async () => {
    const newer = { title: "request-02", uploadedAt: "2026-05-02T10:00:00.000Z", configName: "c" };
    const execution = await promote({
      "Resolve Endpoint In Production": resolvedAs("superseded", newer),
    });

    expect(execution.status).to.equal("SUCCEEDED");
    expect(execution.calls["Discard Version In Production"]).to.deep.equal([
      {
        FunctionName: lambda("prune-versions"),
        Payload: { configName: promotedVersion, failed: true },
      },
    ]);
    expect(Object.keys(execution.calls).join()).not.to.match(/(Create|Update) Endpoint In Prod/);
    expect(recordedComparison(execution)).to.deep.include({ newer, failure: {} });
  });

  it("stops at Write Schema where the schema cannot be written: nothing serves unchecked", async () => {
    const execution = await promote({ "Write Schema In Production": denied() });

    expect(execution).to.include({ status: "FAILED", error: "SchemaNotWritten" });
    expect(Object.keys(execution.calls).filter(isInProduction)).to.deep.equal([
      "Write Schema In Production",
    ]);
  });

  for (const [state, error] of [
    ["Create Model", "ModelCreationFailed"],
    ["Create Endpoint Config", "EndpointConfigCreationFailed"],
    ["Resolve Endpoint", "EndpointLookupFailed"],
    ["Create Endpoint", "EndpointCreationFailed"],
    ["Describe Endpoint", "EndpointLookupFailed"],
  ] as const) {
    it(`fails as ${error} when ${state} is denied, with the version discarded, on record`, async () => {
      const execution = await promote({ [`${state} In Production`]: denied() });

      expect(execution).to.include({ status: "FAILED", error, cause: "no" });
      expect(execution.calls["Discard Version In Production"]).to.have.length(1);
      const { failure, compared, versions } = recordedComparison(execution) as ComparisonState;
      expect(failure).to.deep.include({ name: error });
      expect(compared).to.include({ outcome: "winner" });
      expect(versions).to.deep.include({ kept: [] });
    });
  }

  for (const [what, compared] of [
    ["no candidate wins clearly", { outcome: "no clear winner", winner: null, promote: false }],
    ["the winner does not reach the threshold", { promote: false }],
  ] as const) {
    it(`does not happen where ${what}`, async () => {
      const execution = await promote({ "Compare Candidates": comparedAs(compared) });

      expect(execution.status).to.equal("SUCCEEDED");
      expect(execution.path.filter(isInProduction)).to.deep.equal([
        "Is Endpoint Ready?",
        "Is Endpoint Ready?",
      ]);
      expect(recordedComparison(execution)).to.deep.include({ winner: null, endpoint: null });
    });
  }
});

function resolvedAs(action: string, newer: object | null = null): FakeTask {
  return () => ({ Payload: { action, retainCapacity: true, newer } });
}
