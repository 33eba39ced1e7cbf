import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SFNClient } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import fc from "fast-check";
import { pruneVersions } from "../../handlers/prune-versions/logic.ts";
import { type Version, versionsToDelete } from "../../handlers/prune-versions/versions.ts";
import { type Answers, fakeClient } from "../support/fake-client.ts";

const day = (number: number) => new Date(Date.UTC(2026, 0, number));

function version(name: string, number: number): Version {
  return { name, createdAt: day(number) };
}

describe("versionsToDelete", () => {
  const five = [1, 2, 3, 4, 5].map((number) => version(`v${number}`, number));

  for (const [keep, inUse, deleted] of [
    [3, ["v5"], ["v2", "v1"]],
    [1, ["v5"], ["v4", "v3", "v2", "v1"]],
    [5, ["v5"], []],
    [9, ["v5"], []],
    [1, ["v2"], ["v4", "v3", "v1"]],
    [3, ["v1", "v2", "v3"], []],
  ] as const) {
    it(`deletes ${deleted.join(", ") || "nothing"} of five, ${keep} kept, ${inUse.join(", ")} in use`, () => {
      expect(versionsToDelete(five, { keep, inUse: new Set(inUse) })).to.deep.equal(deleted);
    });
  }

  it("never deletes one in use or among the newest, and leaves no other", () => {
    const versions = fc.uniqueArray(
      fc.record({ name: fc.string({ minLength: 1 }), createdAt: fc.date({ noInvalidDate: true }) }),
      { selector: ({ name }) => name },
    );
    fc.assert(
      fc.property(
        versions,
        fc.integer({ min: 1, max: 10 }),
        fc.array(fc.nat(20)),
        (all, keep, used) => {
          const inUse = new Set(
            used.map((index) => all[index]?.name).filter((name) => name !== undefined),
          );

          const deleted = versionsToDelete(all, { keep, inUse });

          const left = all.filter(({ name }) => !deleted.includes(name));
          expect(left.length).to.be.at.least(Math.min(keep, all.length));
          expect(left.filter(({ name }) => !inUse.has(name)).length).to.be.at.most(keep);
          for (const name of inUse) expect(deleted).not.to.include(name);
          for (const name of deleted) {
            const gone = all.find((each) => each.name === name);
            const newer = left.filter(({ createdAt }) => gone && createdAt >= gone.createdAt);
            expect(newer.length).to.be.at.least(keep);
          }
        },
      ),
    );
  });
});

describe("pruneVersions", () => {
  const options = {
    runPrefix: "dev-churn--",
    endpointName: "churn",
    keep: 2,
    stateMachineArn: "arn:machine",
  };

  // real clients whose send is replaced: the SDK's paginators accept no others
  function clients(answers: Answers) {
    const fake = fakeClient<SageMakerClient>(answers);
    const sagemaker = new SageMakerClient({ region: "eu-west-1" });
    const stepFunctions = new SFNClient({ region: "eu-west-1" });
    sagemaker.send = fake.client.send as never;
    stepFunctions.send = fake.client.send as never;
    return { clients: { sagemaker, stepFunctions }, sent: fake.sent };
  }

  const configs = (...names: string[]) =>
    names.map((name, index) => ({ EndpointConfigName: name, CreationTime: day(20 - index) }));
  const models = (...names: string[]) => names.map((name) => ({ ModelName: name }));

  const answers: Answers = {
    ListExecutions: () => ({ executions: [{ name: "running" }] }),
    DescribeEndpoint: () => ({ EndpointConfigName: "dev-churn--v4" }),
    ListEndpointConfigs: () => ({
      EndpointConfigs: configs("dev-churn--v4", "dev-churn--v3", "dev-churn--v2", "dev-churn--v1"),
    }),
    ListModels: () => ({
      Models: models(...["v4", "v3", "v2", "v1"].map((name) => `dev-churn--${name}`)),
    }),
    DeleteEndpointConfig: () => ({}),
    DeleteModel: () => ({}),
  };

  function deleted(sent: { command: string; input: object }[]) {
    return sent
      .filter(({ command }) => command.startsWith("Delete"))
      .map(({ command, input }) => `${command} ${Object.values(input).join()}`);
  }

  it("deletes configs and models beyond the last ones", async () => {
    const { clients: given, sent } = clients(answers);

    const pruned = await pruneVersions(given, options, "dev-churn--v4");

    expect(pruned).to.deep.equal({
      kept: ["dev-churn--v4", "dev-churn--v3"],
      deleted: ["dev-churn--v2", "dev-churn--v1"],
    });
    expect(deleted(sent)).to.deep.equal([
      "DeleteEndpointConfig dev-churn--v2",
      "DeleteEndpointConfig dev-churn--v1",
      "DeleteModel dev-churn--v2",
      "DeleteModel dev-churn--v1",
    ]);
  });

  for (const [what, changes] of [
    ["serves", { DescribeEndpoint: () => ({ EndpointConfigName: "dev-churn--v1" }) }],
    [
      "is changing to",
      {
        DescribeEndpoint: () => ({
          EndpointConfigName: "dev-churn--v4",
          PendingDeploymentSummary: { EndpointConfigName: "dev-churn--v1" },
        }),
      },
    ],
    [
      "is about to be given by a run in progress",
      { ListExecutions: () => ({ executions: [{ name: "v1" }] }) },
    ],
  ] as const) {
    it(`keeps what the endpoint ${what}, however old`, async () => {
      const { clients: given, sent } = clients({ ...answers, ...changes });

      await pruneVersions(given, options, "dev-churn--v4");

      expect(deleted(sent)).to.deep.equal([
        "DeleteEndpointConfig dev-churn--v2",
        "DeleteModel dev-churn--v2",
      ]);
    });
  }

  it("keeps the model of a run in progress that has no config yet, deletes one that a failed run left", async () => {
    const { clients: given, sent } = clients({
      ...answers,
      ListEndpointConfigs: () => ({ EndpointConfigs: configs("dev-churn--v4") }),
      ListModels: () => ({
        Models: models("dev-churn--v4", "dev-churn--running", "dev-churn--failed"),
      }),
    });

    await pruneVersions(given, options, "dev-churn--v4");

    expect(deleted(sent)).to.deep.equal(["DeleteModel dev-churn--failed"]);
  });

  it("leaves alone what only contains the prefix", async () => {
    const { clients: given, sent } = clients({
      ...answers,
      ListEndpointConfigs: () => ({
        EndpointConfigs: configs(
          "dev-churn--v4",
          "dev-churn--v3",
          "my-dev-churn--v2",
          "my-dev-churn--v1",
        ),
      }),
      ListModels: () => ({ Models: models("my-dev-churn--v1") }),
    });

    await pruneVersions(given, options, "dev-churn--v4");

    expect(deleted(sent)).to.deep.equal([]);
  });

  it("reads every page", async () => {
    const { clients: given, sent } = clients({
      ...answers,
      ListEndpointConfigs: ({ NextToken }: { NextToken?: string }) =>
        NextToken === undefined
          ? { EndpointConfigs: configs("dev-churn--v4", "dev-churn--v3"), NextToken: "2" }
          : { EndpointConfigs: [{ EndpointConfigName: "dev-churn--v1", CreationTime: day(1) }] },
      ListModels: ({ NextToken }: { NextToken?: string }) =>
        NextToken === undefined
          ? { Models: [], NextToken: "2" }
          : { Models: models("dev-churn--v1") },
    });

    await pruneVersions(given, options, "dev-churn--v4");

    expect(deleted(sent)).to.deep.equal([
      "DeleteEndpointConfig dev-churn--v1",
      "DeleteModel dev-churn--v1",
    ]);
  });
});
