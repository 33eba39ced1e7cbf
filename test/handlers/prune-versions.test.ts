import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SFNClient } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { pruneVersions } from "../../handlers/prune-versions/logic.ts";
import { type Answers, fakeClient, serviceError } from "../support/fake-client.ts";

const day = (number: number) => new Date(Date.UTC(2026, 0, number));

describe("pruneVersions", () => {
  const options = {
    runPrefix: "dev-churn--",
    endpointName: "churn",
    keep: 2,
    stateMachineArn: "arn:aws:states:eu-west-1:123456789012:stateMachine:dev-churn-retraining",
    bucket: "b",
    runRetentionDays: 30,
  };
  const now = day(60);

  // real clients whose send is replaced: the SDK's paginators accept no others
  function clients(answers: Answers) {
    const fake = fakeClient<SageMakerClient>(answers);
    const sagemaker = new SageMakerClient({ region: "eu-west-1" });
    const stepFunctions = new SFNClient({ region: "eu-west-1" });
    const s3 = new S3Client({ region: "eu-west-1" });
    for (const client of [sagemaker, stepFunctions, s3]) client.send = fake.client.send as never;
    return { clients: { sagemaker, stepFunctions, s3 }, sent: fake.sent };
  }

  const configs = (...names: string[]) =>
    names.map((name, index) => ({
      EndpointConfigName: name,
      EndpointConfigArn: `arn:${name}`,
      CreationTime: day(20 - index),
    }));
  const models = (...names: string[]) => names.map((name) => ({ ModelName: name }));

  const answers: Answers = {
    ListExecutions: () => ({ executions: [{ name: "running" }] }),
    DescribeExecution: () => ({ status: "SUCCEEDED" }),
    DescribeEndpoint: () => ({ EndpointConfigName: "dev-churn--v4" }),
    ListEndpointConfigs: () => ({
      EndpointConfigs: configs("dev-churn--v4", "dev-churn--v3", "dev-churn--v2", "dev-churn--v1"),
    }),
    ListModels: () => ({
      Models: models(...["v4", "v3", "v2", "v1"].map((name) => `dev-churn--${name}`)),
    }),
    ListTags: () => ({ Tags: [] }),
    DeleteEndpointConfig: () => ({}),
    DeleteModel: () => ({}),
    ListObjectsV2: () => ({}),
    DeleteObjects: () => ({}),
  };

  function deleted(sent: { command: string; input: object }[]) {
    return sent
      .filter(({ command }) => command.startsWith("Delete") && command !== "DeleteObjects")
      .map(({ command, input }) => `${command} ${Object.values(input).join()}`);
  }

  it("deletes configs and models beyond the last ones", async () => {
    const { clients: given, sent } = clients(answers);

    const pruned = await pruneVersions(given, options, "dev-churn--v4", now);

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

      await pruneVersions(given, options, "dev-churn--v4", now);

      expect(deleted(sent)).to.deep.equal([
        "DeleteEndpointConfig dev-churn--v2",
        "DeleteModel dev-churn--v2",
      ]);
    });
  }

  it("deletes what failed runs left before any other, and keeps as many others", async () => {
    const { clients: given, sent } = clients({
      ...answers,
      DescribeExecution: ({ executionArn }: { executionArn: string }) => {
        if (executionArn.endsWith(":v3")) return { status: "FAILED", error: "EndpointTimeout" };
        if (executionArn.endsWith(":v2")) return { status: "FAILED", error: "RecordFailed" };
        throw serviceError("ExecutionDoesNotExist", "Execution Does Not Exist");
      },
    });

    const { kept } = await pruneVersions(given, options, "dev-churn--v4", now);

    expect(kept).to.deep.equal(["dev-churn--v4", "dev-churn--v2"]);
    expect(deleted(sent)).to.deep.equal([
      "DeleteEndpointConfig dev-churn--v3",
      "DeleteEndpointConfig dev-churn--v1",
      "DeleteModel dev-churn--v3",
      "DeleteModel dev-churn--v1",
    ]);
  });

  it("asks about no run whose version is in use: it may be the one that failed", async () => {
    const { clients: given, sent } = clients({
      ...answers,
      DescribeExecution: () => ({ status: "FAILED", error: "EndpointTimeout" }),
    });

    const { kept } = await pruneVersions(given, options, "dev-churn--v4", now);

    expect(kept).to.deep.equal(["dev-churn--v4"]);
    const asked = sent.filter(({ command }) => command === "DescribeExecution");
    expect(asked).to.have.length(3);
  });

  it("keeps what is marked as kept for another endpoint, not what was for this one", async () => {
    const keptFor: Record<string, string> = {
      "arn:dev-churn--v2": "old-name",
      "arn:dev-churn--v1": "churn",
    };
    const { clients: given, sent } = clients({
      ...answers,
      ListTags: ({ ResourceArn: arn }: { ResourceArn: string }) => ({
        Tags: [{ Key: "retraining:kept-for", Value: keptFor[arn] }],
      }),
    });

    const { kept } = await pruneVersions(given, options, "dev-churn--v4", now);

    expect(kept).to.deep.equal(["dev-churn--v4", "dev-churn--v3", "dev-churn--v2"]);
    expect(deleted(sent)).to.deep.equal([
      "DeleteEndpointConfig dev-churn--v1",
      "DeleteModel dev-churn--v1",
    ]);
  });

  it("keeps the model of a run in progress that has no config yet, deletes one that a failed run left", async () => {
    const { clients: given, sent } = clients({
      ...answers,
      ListEndpointConfigs: () => ({ EndpointConfigs: configs("dev-churn--v4") }),
      ListModels: () => ({
        Models: models("dev-churn--v4", "dev-churn--running", "dev-churn--failed"),
      }),
    });

    await pruneVersions(given, options, "dev-churn--v4", now);

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

    await pruneVersions(given, options, "dev-churn--v4", now);

    expect(deleted(sent)).to.deep.equal([]);
  });

  it("reads every page", async () => {
    const { clients: given, sent } = clients({
      ...answers,
      ListEndpointConfigs: ({ NextToken }: { NextToken?: string }) =>
        NextToken === undefined
          ? { EndpointConfigs: configs("dev-churn--v4", "dev-churn--v3"), NextToken: "2" }
          : {
              EndpointConfigs: configs("dev-churn--v1").map((v1) => ({
                ...v1,
                CreationTime: day(1),
              })),
            },
      ListModels: ({ NextToken }: { NextToken?: string }) =>
        NextToken === undefined
          ? { Models: [], NextToken: "2" }
          : { Models: models("dev-churn--v1") },
    });

    await pruneVersions(given, options, "dev-churn--v4", now);

    expect(deleted(sent)).to.deep.equal([
      "DeleteEndpointConfig dev-churn--v1",
      "DeleteModel dev-churn--v1",
    ]);
  });

  it("passes over what another run has deleted meanwhile", async () => {
    const gone = () => {
      throw serviceError("ValidationException", 'Could not find model "arn".');
    };
    const { clients: given } = clients({
      ...answers,
      DeleteEndpointConfig: gone,
      DeleteModel: gone,
    });

    const pruned = await pruneVersions(given, options, "dev-churn--v4", now);

    expect(pruned.deleted).to.deep.equal(["dev-churn--v2", "dev-churn--v1"]);
  });

  it("does not take a refusal for an absence", async () => {
    const { clients: given } = clients({
      ...answers,
      DeleteModel: () => {
        throw serviceError("AccessDeniedException", "Could not find a policy");
      },
    });

    const error = await pruneVersions(given, options, "dev-churn--v4", now).catch((e) => e);

    expect(error).to.include({ name: "AccessDeniedException" });
  });

  describe("of model artifacts", () => {
    const artifact = (title: string, writtenAt: Date) => ({
      Key: `models/${title}/dev-churn--${title}-a1/output/model.tar.gz`,
      LastModified: writtenAt,
    });
    const keys = (...titles: string[]) => titles.map((title) => artifact(title, now).Key);

    async function deletedKeys(contents: object[], changes: Answers = {}) {
      const { clients: given, sent } = clients({
        ...answers,
        ListObjectsV2: () => ({ Contents: contents }),
        ...changes,
      });
      await pruneVersions(given, options, "dev-churn--v4", now);
      for (const { command, input } of sent) {
        if (command === "ListObjectsV2")
          expect(input).to.include({ Bucket: "b", Prefix: "models/" });
      }
      return sent
        .filter(({ command }) => command === "DeleteObjects")
        .flatMap(({ input }) => (input["Delete"] as { Objects: { Key: string }[] }).Objects)
        .map(({ Key }) => Key);
    }

    it("deletes those of the models that it deleted, however new", async () => {
      const contents = ["v4", "v3", "v2", "v1"].map((title) => artifact(title, now));

      expect(await deletedKeys(contents)).to.deep.equal(keys("v2", "v1"));
    });

    it("keeps those of the models that are left, and of runs in progress, however old", async () => {
      const contents = ["v4", "v3", "running"].map((title) => artifact(title, day(1)));

      expect(await deletedKeys(contents)).to.deep.equal([]);
    });

    it("deletes those that no model refers to once they are as old as the rest of a run", async () => {
      const contents = [artifact("old", day(29)), artifact("new", day(31))];

      expect(await deletedKeys(contents)).to.deep.equal(keys("old"));
    });

    it("asks for a thousand at a time", async () => {
      const contents = Array.from({ length: 1001 }, (_, i) => artifact(`t${i}`, day(1)));
      const sizes: number[] = [];

      await deletedKeys(contents, {
        DeleteObjects: ({ Delete }: { Delete: { Objects: object[] } }) => {
          sizes.push(Delete.Objects.length);
          return {};
        },
      });

      expect(sizes).to.deep.equal([1000, 1]);
    });

    it("fails when S3 left one", async () => {
      const left = { Errors: [{ Key: "k", Code: "AccessDenied", Message: "no" }] };
      const failed = deletedKeys([artifact("v1", now)], { DeleteObjects: () => left });

      expect(await failed.catch((error) => error)).to.include({
        name: "ArtifactsNotDeleted",
        message: "k: AccessDenied: no",
      });
    });
  });
});
