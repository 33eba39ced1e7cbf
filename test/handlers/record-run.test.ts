import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { recordRun } from "../../handlers/record-run/logic.ts";
import { runReport } from "../../handlers/record-run/report.ts";
import { type Answers, fakeClient, serviceError } from "../support/fake-client.ts";
import { failedState, runState } from "../support/run-state.ts";
import { runInput } from "../support/run-tasks.ts";

const pipeline = { stack: "dev", pipeline: "churn" };
const now = new Date("2026-05-01T10:05:00.000Z");
const etlJson = { rows: { read: 10, dropped: 0 } };

function report(state = runState(), etl: unknown = etlJson) {
  return runReport(pipeline, state, etl, now);
}

describe("recordRun", () => {
  const options = { ...pipeline, bucket: "bucket" };

  function clients(answers: Answers = {}) {
    const fake = fakeClient<S3Client & EventBridgeClient>({
      GetObject: () => ({ Body: { transformToString: async () => JSON.stringify(etlJson) } }),
      PutObject: () => ({}),
      PutEvents: () => ({ FailedEntryCount: 0, Entries: [{ EventId: "1" }] }),
      ...answers,
    });
    return { clients: { s3: fake.client, events: fake.client }, sent: fake.sent };
  }

  it("writes the report, sends the event, and says how the run ended", async () => {
    const { clients: given, sent } = clients();

    expect(await recordRun(given, options, runState(), now)).to.deep.equal({ status: "Succeeded" });
    expect(sent[0]).to.deep.equal({
      command: "GetObject",
      input: { Bucket: "bucket", Key: `output/${runInput.title}/etl.json` },
    });
    expect(sent[1]?.input).to.deep.equal({
      Bucket: "bucket",
      Key: `runs/${runInput.title}/report.json`,
      ContentType: "application/json",
      Body: JSON.stringify(report(), undefined, 2),
    });
    expect(sent[2]?.input).to.deep.equal({
      Entries: [
        {
          Source: "retraining",
          DetailType: "Retraining Run Finished",
          Detail: JSON.stringify(report()),
          Resources: [runState().execution.arn],
        },
      ],
    });
  });

  it("records a run whose script reported what is no JSON, and says so", async () => {
    const { clients: given, sent } = clients({
      GetObject: () => ({ Body: { transformToString: async () => '{"dropped": NaN}' } }),
    });

    expect(await recordRun(given, options, runState(), now)).to.deep.equal({ status: "Succeeded" });
    const { etl } = JSON.parse(String(sent[1]?.input["Body"]));
    expect(etl.report.unreadable).to.contain("NaN");
  });

  it("hands back the error of a run that failed, for the execution to end by", async () => {
    const { clients: given } = clients();

    const end = await recordRun(
      given,
      options,
      failedState({ name: "ModelRejected", cause: "0.2" }),
      now,
    );

    expect(end).to.deep.equal({
      status: "Rejected",
      error: { name: "ModelRejected", cause: "0.2" },
    });
  });

  it("records a run whose script wrote no report", async () => {
    const { clients: given, sent } = clients({
      GetObject: () => {
        throw serviceError("NoSuchKey");
      },
    });

    await recordRun(given, options, runState(), now);

    expect(JSON.parse(String(sent[1]?.input["Body"])).etl.report).to.equal(null);
  });

  for (const [what, answers, name] of [
    [
      "ETL's report cannot be read",
      {
        GetObject: () => {
          throw serviceError("AccessDenied");
        },
      },
      "AccessDenied",
    ],
    [
      "the report cannot be written",
      {
        PutObject: () => {
          throw serviceError("SlowDown");
        },
      },
      "SlowDown",
    ],
    [
      "EventBridge refuses the event",
      { PutEvents: () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: "InternalFailure" }] }) },
      "EventNotSent",
    ],
  ] as const) {
    it(`throws when ${what}`, async () => {
      const { clients: given } = clients(answers);

      const error = await recordRun(given, options, runState(), now).catch((reason) => reason);

      expect(error).to.include({ name });
    });
  }
});
