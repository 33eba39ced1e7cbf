import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { expect } from "chai";
import { sendComparison } from "../../../handlers/record-comparison/comparison-event.ts";
import type { ComparisonReport } from "../../../handlers/record-comparison/report.ts";
import {
  executionArn,
  nothingState,
  promotedState,
  reportOf,
  verdict,
} from "../../support/comparison-state.ts";
import { fakeClient } from "../../support/fake-client.ts";

interface Put {
  Entries: [{ Source: string; DetailType: string; Detail: string; Resources: string[] }];
}

/** The one entry that was sent. */
async function sentFor(report: ComparisonReport) {
  const { client, sent } = fakeClient<EventBridgeClient>({
    PutEvents: () => ({ Entries: [{ EventId: "1" }] }),
  });
  await sendComparison(client, report);
  expect(sent).to.have.length(1);
  const [{ input }] = sent as unknown as [{ input: Put }];
  const [entry] = input.Entries;
  return { ...entry, detail: JSON.parse(entry.Detail) };
}

describe("sendComparison", () => {
  it("tells what receivers decide by, and none of the scores", async () => {
    const report = reportOf(promotedState());
    const { detail, ...entry } = await sentFor(report);

    expect(entry).to.deep.include({
      Source: "retraining",
      DetailType: "Comparison Finished",
      Resources: [executionArn],
    });
    const { title, input, execution, promotion } = report;
    expect(detail).to.deep.equal({
      title,
      comparison: "abalone",
      stack: "dev",
      status: "Succeeded",
      outcome: "winner",
      winner: "xgboost",
      reason: verdict.reason,
      input,
      execution,
      verdict,
      promotion,
    });
  });

  it("tells why a comparison failed, in what an event has room for", async () => {
    const { detail } = await sentFor(reportOf(nothingState("x".repeat(30_000)), null));

    expect(detail).to.deep.include({ status: "Failed", outcome: null, winner: null });
    expect(detail.error).to.deep.equal({ name: "EtlFailed", cause: "x".repeat(4000) });
  });

  it("leaves out what makes it too large, in bytes", async () => {
    const long = { ...verdict, reason: "é".repeat(130_000) };
    const { detail, Detail } = await sentFor({ ...reportOf(), verdict: long });

    expect(Buffer.byteLength(Detail)).to.be.below(250_000);
    expect(detail).not.to.have.any.keys("verdict", "promotion");
    expect(detail).to.include({ winner: "xgboost", status: "Succeeded" });
  });

  it("throws when EventBridge refuses the event", async () => {
    const { client } = fakeClient<EventBridgeClient>({
      PutEvents: () => ({ Entries: [{ ErrorCode: "InternalFailure", ErrorMessage: "no" }] }),
    });

    const error = await sendComparison(client, reportOf()).catch((reason) => reason);

    expect(error).to.include({ name: "EventNotSent", message: "InternalFailure: no" });
  });
});
