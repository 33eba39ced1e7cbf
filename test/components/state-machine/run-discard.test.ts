import { expect } from "chai";
import { recorded, run, updating } from "../../support/churn-run.ts";
import { failingFirst, versionName } from "../../support/run-tasks.ts";

describe("a run that could not deploy", () => {
  const denied = failingFirst(99, "AccessDenied", "not authorized", () => ({}));
  const rolledBack = () => ({
    EndpointStatus: "InService",
    EndpointConfigName: "old",
    FailureReason: "no ping",
  });
  const failed = () => ({
    EndpointStatus: "Failed",
    EndpointConfigName: versionName,
    FailureReason: "no ping",
  });

  for (const [what, tasks] of [
    ["Create Model failed", { "Create Model": denied }],
    ["Create Endpoint Config failed", { "Create Endpoint Config": denied }],
    ["Resolve Endpoint failed", { "Resolve Endpoint": denied }],
    ["Create Endpoint failed", { "Create Endpoint": denied }],
    ["the endpoint failed", { "Describe Endpoint": failed }],
    [
      "the update was rolled back",
      { "Resolve Endpoint": updating, "Describe Endpoint": rolledBack },
    ],
  ] as const) {
    it(`discards its version when ${what}, on record`, async () => {
      const execution = await run(tasks);

      expect(execution.status).to.equal("FAILED");
      expect(execution.path.slice(-4)).to.deep.equal([
        "Discard Version",
        "Record Run",
        "Has Run Succeeded?",
        "Fail Run",
      ]);
      expect(execution.calls["Discard Version"]).to.deep.equal([
        {
          FunctionName: "arn:aws:lambda:eu-west-1:123456789012:function:dev-churn-prune-versions",
          Payload: { configName: versionName, failed: true },
        },
      ]);
      expect(recorded(execution)).to.deep.include({
        versions: { kept: [], deleted: [versionName], deletedEndpoint: null },
      });
    });
  }

  it("ends by its own error when it could not discard", async () => {
    const execution = await run({ "Describe Endpoint": failed, "Discard Version": denied });

    expect(execution).to.include({ status: "FAILED", error: "EndpointCreationFailed" });
    expect(recorded(execution)).to.deep.include({
      versions: { failure: { Error: "AccessDenied", Cause: "not authorized" } },
    });
  });

  for (const [what, tasks] of [
    ["made none", { "Run ETL": denied }],
    ["deployed it", {}],
  ] as const) {
    it(`discards nothing when it ${what}`, async () => {
      const execution = await run(tasks);

      expect(execution.path).not.to.include("Discard Version");
    });
  }
});
