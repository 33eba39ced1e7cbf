import { expect } from "chai";
import { inTurnFor } from "../../../components/state-machine/retry.ts";
import { recorded, run, updating } from "../../support/churn-run.ts";
import { churnContext } from "../../support/pipeline.ts";
import { failingFirst, runInput, versionName } from "../../support/run-tasks.ts";

describe("deploying in a run", () => {
  const conflict = "SageMaker.AmazonSageMakerException";

  it("looks again when another run created the endpoint first", async () => {
    const execution = await run({
      "Resolve Endpoint": (args, calls) =>
        calls === 0
          ? { Payload: { action: "create", retainCapacity: false, newer: null } }
          : updating(args, calls),
      "Create Endpoint": failingFirst(
        1,
        conflict,
        "Cannot create already existing endpoint",
        () => ({}),
      ),
    });

    expect(execution.status).to.equal("SUCCEEDED");
    expect(execution.calls["Update Endpoint"]).to.have.length(1);
    expect(recorded(execution)).to.deep.include({ failure: {} });
    expect(recorded(execution)["endpoint"]).to.include({ action: "update" });
  });

  it("stops looking again after five times", async () => {
    const execution = await run({
      "Create Endpoint": failingFirst(
        99,
        conflict,
        "Cannot create already existing endpoint",
        () => ({}),
      ),
    });

    expect(execution).to.include({ status: "FAILED", error: "EndpointCreationFailed" });
    expect(execution.calls["Create Endpoint"]).to.have.length(5);
  });

  it("touches nothing and succeeds when a newer input's model serves, on record", async () => {
    const newer = {
      title: "request-02-abcdef0123",
      uploadedAt: "2026-05-01T10:00:02.000Z",
      configName: "dev-churn--request-02-abcdef0123",
    };
    const execution = await run({
      "Resolve Endpoint": failingFirst(3, "DeploymentUnderWay", "theirs is deploying", () => ({
        Payload: { action: "superseded", retainCapacity: false, newer },
      })),
    });

    expect(execution.status).to.equal("SUCCEEDED");
    expect(execution.path.slice(-5)).to.deep.equal([
      "Does Endpoint Exist?",
      "Discard Version",
      "Record Run",
      "Has Run Succeeded?",
      "Succeed Run",
    ]);
    expect(execution.calls).not.to.have.any.keys("Create Endpoint", "Update Endpoint");
    expect(recorded(execution)).to.deep.include({
      newer,
      failure: {},
      versions: { kept: [], deleted: [versionName], deletedEndpoint: null },
    });
  });

  it("tells the look whose input it is", async () => {
    const execution = await run();

    expect(execution.calls["Resolve Endpoint"]).to.deep.equal([
      {
        FunctionName: "arn:aws:lambda:eu-west-1:123456789012:function:dev-churn-resolve-endpoint",
        Payload: { endpointName: "churn", instanceCount: 1, run: runInput },
      },
    ]);
  });

  it("waits for its turn through more than ten deployments of others", async () => {
    const looks = inTurnFor(10 * 30 * 60, 20).MaxAttempts; // 30 minutes each
    const execution = await run({
      "Resolve Endpoint": failingFirst(looks, "DeploymentUnderWay", "why", updating),
    });

    expect(execution.status).to.equal("SUCCEEDED");
  });

  it("waits for an endpoint that is busy", async () => {
    const execution = await run({
      "Resolve Endpoint": failingFirst(20, "EndpointBusy", "Updating", updating),
    });

    expect(execution.status).to.equal("SUCCEEDED");
    expect(execution.calls["Resolve Endpoint"]).to.have.length(21);
  });

  for (const error of ["DeploymentUnderWay", "EndpointBusy", "EndpointFailed"]) {
    it(`fails as ${error} when it stays so`, async () => {
      const execution = await run({
        "Resolve Endpoint": failingFirst(999, error, "why", updating),
      });

      expect(execution).to.include({ status: "FAILED", error, cause: "why" });
    });
  }

  it("polls until the endpoint serves, at growing intervals", async () => {
    const creating = { EndpointStatus: "Creating", EndpointConfigName: versionName };
    const execution = await run({
      "Describe Endpoint": (_args, calls) =>
        calls < 20 ? creating : { ...creating, EndpointStatus: "InService" },
    });

    expect(execution.status).to.equal("SUCCEEDED");
    expect(execution.waits.slice(0, 4)).to.deep.equal([1, 2, 3, 4]);
    expect(execution.waits.slice(-3)).to.deep.equal([15, 15, 15]);
    const names = recorded(execution).stages.map(({ name }) => name);
    expect(names.filter((name) => name === "Describe Endpoint")).to.have.length(0);
    expect(names.filter((name) => name === "Await Endpoint")).to.have.length(1);
  });

  for (const [what, endpoint, cause] of [
    [
      "rolled back with a reason",
      { EndpointStatus: "InService", EndpointConfigName: "old", FailureReason: "no ping" },
      `endpoint churn is InService with config old, not ${versionName}: no ping`,
    ],
    [
      "rolled back without a reason",
      { EndpointStatus: "InService", EndpointConfigName: "old" },
      `endpoint churn is InService with config old, not ${versionName}`,
    ],
    [
      "serves, but says that it failed",
      { EndpointStatus: "InService", EndpointConfigName: versionName, FailureReason: "no ping" },
      `endpoint churn is InService with config ${versionName}: no ping`,
    ],
    [
      "could not be rolled back",
      { EndpointStatus: "UpdateRollbackFailed", EndpointConfigName: versionName },
      "endpoint churn is UpdateRollbackFailed",
    ],
  ] as const) {
    it(`fails as EndpointUpdateFailed when an update ${what}`, async () => {
      const execution = await run({
        "Resolve Endpoint": updating,
        "Describe Endpoint": () => endpoint,
      });

      expect(execution).to.include({ status: "FAILED", error: "EndpointUpdateFailed", cause });
      expect(execution.calls["Prune Versions"]).to.equal(undefined);
    });
  }

  it("does not take the first looks after an update for a roll-back", async () => {
    const execution = await run({
      "Resolve Endpoint": updating,
      "Describe Endpoint": (_args, calls) => ({
        EndpointStatus: "InService",
        EndpointConfigName: calls < 3 ? "old" : versionName,
      }),
    });

    expect(execution.status).to.equal("SUCCEEDED");
  });

  it("fails as EndpointCreationFailed when a new endpoint failed", async () => {
    const execution = await run({
      "Describe Endpoint": () => ({
        EndpointStatus: "Failed",
        EndpointConfigName: versionName,
        FailureReason: "The primary container did not pass the ping health check.",
      }),
    });

    expect(execution).to.include({
      status: "FAILED",
      error: "EndpointCreationFailed",
      cause: "endpoint churn is Failed: The primary container did not pass the ping health check.",
    });
  });

  it("fails as EndpointTimeout when the deadline has passed", async () => {
    const endpoint = { ...churnContext().config.endpoint, timeoutMinutes: -1 };
    const execution = await run(
      {
        "Describe Endpoint": () => ({
          EndpointStatus: "Creating",
          EndpointConfigName: versionName,
        }),
      },
      churnContext({ endpoint }),
    );

    expect(execution).to.include({ status: "FAILED", error: "EndpointTimeout" });
    expect(execution.cause).to.match(/^endpoint churn is still Creating after/);
  });
});
