import { expect } from "chai";
import { resolveEndpoint } from "../../../handlers/resolve-endpoint/logic.ts";
import {
  endpointClients,
  type Surroundings,
  stateMachineArn,
} from "../../support/endpoint-clients.ts";

const runPrefix = "dev-churn--";
const bucket = "retraining-dev-churn-12345678";
const older = { key: "input/a.csv", uploadedAt: "2026-05-01T10:00:00.000Z" };
const newer = { key: "input/b.csv", uploadedAt: "2026-05-01T10:00:01.000Z" };
const serving = (title: string, status = "InService") => ({
  EndpointStatus: status,
  EndpointConfigName: `${runPrefix}${title}`,
});

async function resolving(run: typeof older, surroundings: Surroundings) {
  const { clients, ...rest } = endpointClients(surroundings);
  const input = { endpointName: "churn", instanceCount: 2, run: { ...run, title: "mine" } };
  const options = { runPrefix, stateMachineArn, bucket };
  const result = await resolveEndpoint(clients, options, input).catch((error) => error);
  return { result, ...rest };
}

describe("resolveEndpoint, where runs meet", () => {
  it("says that a run is superseded when the model of a newer input serves, and takes no turn", async () => {
    const { result, turn } = await resolving(older, {
      endpoint: [serving("theirs")],
      runs: { theirs: { status: "SUCCEEDED", input: newer } },
    });

    expect(result).to.deep.equal({
      action: "superseded",
      retainCapacity: false,
      newer: {
        title: "theirs",
        uploadedAt: newer.uploadedAt,
        configName: "dev-churn--theirs",
      },
    });
    expect(turn.sent).to.deep.equal([]);
  });

  for (const [what, surroundings] of [
    [
      "the model of an older input serves",
      {
        endpoint: [serving("theirs")],
        runs: { theirs: { status: "SUCCEEDED", input: older } },
      },
    ],
    [
      "what serves was uploaded in the same second under another key",
      {
        endpoint: [serving("theirs")],
        runs: { theirs: { status: "SUCCEEDED", input: { ...newer, key: "input/c.csv" } } },
      },
    ],
    ["Step Functions has forgotten the run that serves", { endpoint: [serving("theirs")] }],
    [
      "a newer one is OutOfService",
      {
        endpoint: [serving("theirs", "OutOfService")],
        runs: { theirs: { status: "SUCCEEDED", input: { ...newer, uploadedAt: "2027-01-01" } } },
      },
    ],
    [
      "its own model serves, because an answer was lost",
      {
        endpoint: [serving("mine")],
        deploying: "mine",
        runs: { mine: { status: "RUNNING", input: { ...newer, uploadedAt: "2027-01-01" } } },
      },
    ],
    [
      "the run that had the turn has ended",
      { endpoint: [serving("x")], deploying: "theirs", runs: { theirs: { status: "ABORTED" } } },
    ],
    [
      "the run that had the turn is forgotten",
      { endpoint: [serving("x")], deploying: "theirs", runs: {} },
    ],
    [
      "it has the turn already",
      { endpoint: [serving("x")], deploying: "mine", runs: { mine: { status: "RUNNING" } } },
    ],
  ] as [string, Surroundings][]) {
    it(`deploys when ${what}`, async () => {
      const { result, turn } = await resolving(newer, surroundings);

      expect(result).to.include({ action: "update" });
      expect(turn.content()).to.deep.equal({ title: "mine" });
    });
  }

  for (const status of ["RUNNING", "PENDING_REDRIVE"]) {
    it(`waits while the run that has the turn is ${status}, however new it is itself`, async () => {
      const { result, turn } = await resolving(newer, {
        deploying: "theirs",
        runs: { theirs: { status, input: older } },
      });

      expect(result).to.include({ name: "DeploymentUnderWay" });
      expect(result.message).to.contain("run theirs is deploying");
      expect(turn.content()).to.deep.equal({ title: "theirs" });
    });
  }

  it("looks again once it has the turn: a newer one may have been deployed meanwhile", async () => {
    const { result } = await resolving(older, {
      endpoint: [null, serving("theirs")],
      deploying: "theirs",
      runs: { theirs: { status: "SUCCEEDED", input: newer } },
    });

    expect(result).to.include({ action: "superseded" });
  });

  it("lets one of two runs deploy that ask at one moment", async () => {
    const surroundings = endpointClients({
      runs: { one: { status: "RUNNING" }, other: { status: "RUNNING" } },
    });
    const options = { runPrefix, stateMachineArn, bucket };
    const ask = (title: string) =>
      resolveEndpoint(surroundings.clients, options, {
        endpointName: "churn",
        instanceCount: 2,
        run: { ...newer, title },
      }).then(
        ({ action }) => action as string,
        ({ name }: Error) => name,
      );

    const answers = await Promise.all([ask("one"), ask("other")]);

    expect(answers).to.have.members(["create", "DeploymentUnderWay"]);
  });
});
