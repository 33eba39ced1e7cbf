import type { S3Client } from "@aws-sdk/client-s3";
import type { SFNClient } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { runTitle } from "../../components/names.ts";
import { startRetraining } from "../../handlers/start-retraining/logic.ts";
import { type Answers, fakeClient, serviceError } from "../support/fake-client.ts";

const bucket = "retraining-dev-churn-1234";
const options = {
  bucket,
  stateMachineArn: "arn:machine",
  extensions: [".csv"],
  maxTitleLength: 32,
};

function event(object: object = {}, detail: object = {}) {
  return {
    time: "2026-05-01T10:00:00Z",
    detail: {
      bucket: { name: bucket },
      object: { key: "input/2026/a.csv", size: 100, "version-id": "v1", ...object },
      reason: "PutObject",
      ...detail,
    },
  };
}

function clients(answers: Answers = {}) {
  const fake = fakeClient<S3Client & SFNClient>({
    CopyObject: () => ({}),
    PutObject: () => ({}),
    StartExecution: () => ({ executionArn: "arn:execution" }),
    ...answers,
  });
  return { clients: { s3: fake.client, stepFunctions: fake.client }, sent: fake.sent };
}

describe("startRetraining", () => {
  it("copies the very version, then starts an execution named after it", async () => {
    const { clients: given, sent } = clients();
    const title = runTitle({ bucket, key: "input/2026/a.csv", versionId: "v1" });

    expect(await startRetraining(given, options, event())).to.deep.equal({
      outcome: "started",
      title,
    });
    expect(sent).to.deep.equal([
      {
        command: "CopyObject",
        input: {
          Bucket: bucket,
          Key: `runs/${title}/input.csv`,
          CopySource: `${bucket}/input/2026/a.csv?versionId=v1`,
          TaggingDirective: "REPLACE",
        },
      },
      {
        command: "StartExecution",
        input: {
          stateMachineArn: "arn:machine",
          name: title,
          input: JSON.stringify({
            bucket,
            key: "input/2026/a.csv",
            versionId: "v1",
            sizeBytes: 100,
            uploadedAt: "2026-05-01T10:00:00.000Z",
            title,
            inputUri: `s3://${bucket}/runs/${title}/input.csv`,
          }),
        },
      },
    ]);
  });

  for (const reason of ["PutObject", "CompleteMultipartUpload", "CopyObject", "POST Object"]) {
    it(`starts for ${reason}`, async () => {
      const { clients: given } = clients();

      const result = await startRetraining(given, options, event({}, { reason }));

      expect(result.outcome).to.equal("started");
    });
  }

  for (const [key, source] of [
    ["input/a+b.csv", "input/a%2Bb.csv"],
    ["input/a b%20c.csv", "input/a%20b%2520c.csv"],
    ["input/größe?&.csv", "input/gr%C3%B6%C3%9Fe%3F%26.csv"],
  ] as const) {
    it(`takes the key ${key} as it is, and encodes it only for the copy`, async () => {
      const { clients: given, sent } = clients();

      await startRetraining(given, options, event({ key }));

      expect(sent[0]?.input["CopySource"]).to.equal(`${bucket}/${source}?versionId=v1`);
      expect(JSON.parse(String(sent[1]?.input["input"]))).to.include({ key });
    });
  }

  it("is the same run for the same event, another for another version", async () => {
    const { clients: given } = clients();

    const titles = await Promise.all(
      ["v1", "v1", "v2"].map(
        async (version) =>
          (await startRetraining(given, options, event({ "version-id": version }))).title,
      ),
    );

    expect(titles[0]).to.equal(titles[1]);
    expect(titles[0]).not.to.equal(titles[2]);
  });

  it("is content when the execution exists already", async () => {
    const { clients: given } = clients({
      StartExecution: () => {
        throw serviceError("ExecutionAlreadyExists");
      },
    });

    expect(await startRetraining(given, options, event())).to.include({
      outcome: "already started",
    });
  });

  for (const [command, name] of [
    ["StartExecution", "ThrottlingException"],
    ["StartExecution", "StateMachineDeleting"],
    ["CopyObject", "NoSuchVersion"],
    ["CopyObject", "AccessDenied"],
  ] as const) {
    it(`throws when ${command} answers ${name}: the event is tried again`, async () => {
      const { clients: given } = clients({
        [command]: () => {
          throw serviceError(name);
        },
      });

      const error = await startRetraining(given, options, event()).catch((reason) => reason);

      expect(error).to.include({ name });
    });
  }

  it("starts nothing when the copy failed", async () => {
    const { clients: given, sent } = clients({
      CopyObject: () => {
        throw serviceError("SlowDown");
      },
    });

    await startRetraining(given, options, event()).catch(() => undefined);

    expect(sent.map(({ command }) => command)).to.deep.equal(["CopyObject"]);
  });

  for (const [what, object, reason] of [
    ["is not .csv", { key: "input/a.parquet" }, "the key does not end in .csv"],
    ["has no ending", { key: "input/csv" }, "the key does not end in .csv"],
    ["is empty", { size: 0 }, "the object is empty"],
    ["is a folder", { key: "input/a.csv/", size: 0 }, "the key ends in /"],
  ] as const) {
    it(`refuses an object that ${what}, with a record of why`, async () => {
      const { clients: given, sent } = clients();

      const result = await startRetraining(given, options, event(object));

      expect(result.outcome).to.equal("refused");
      expect(sent.map(({ command }) => command)).to.deep.equal(["PutObject"]);
      expect(sent[0]?.input).to.include({
        Bucket: bucket,
        Key: `refused/${result.title}.json`,
        ContentType: "application/json",
      });
      const written = JSON.parse(String(sent[0]?.input["Body"]));
      expect(written).to.include({ bucket, versionId: "v1" });
      expect(written.reason).to.contain(reason);
    });
  }

  it("takes .CSV as .csv", async () => {
    const { clients: given } = clients();

    const result = await startRetraining(given, options, event({ key: "input/A.CSV" }));

    expect(result.outcome).to.equal("started");
  });

  for (const [what, broken] of [
    ["no version", event({ "version-id": undefined })],
    ["no key", event({ key: "" })],
    ["no detail", { time: "2026-05-01T10:00:00Z" }],
    ["another bucket", event({}, { bucket: { name: "other" } })],
  ] as const) {
    it(`throws for an event with ${what}`, async () => {
      const { clients: given, sent } = clients();

      const error = await startRetraining(given, options, broken as never).catch(
        (reason) => reason,
      );

      expect(error).to.include({ name: "MalformedEvent" });
      expect(sent).to.deep.equal([]);
    });
  }

  it("takes what else config allows, keeps its extension, and bounds the title", async () => {
    const { clients: given, sent } = clients();
    const wider = { ...options, extensions: [".csv", ".libsvm"], maxTitleLength: 25 };

    const result = await startRetraining(
      given,
      wider,
      event({ key: "input/a-long-name-of-shells.LIBSVM" }),
    );

    expect(result.title)
      .to.match(/^[a-z-]+-[0-9a-f]{10}$/)
      .and.to.have.length.at.most(25);
    expect(sent[0]?.input["Key"]).to.equal(`runs/${result.title}/input.libsvm`);
  });
});
