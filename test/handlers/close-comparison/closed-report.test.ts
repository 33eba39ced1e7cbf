import { expect } from "chai";
import { etlJson, executionArn } from "../../support/comparison-state.ts";
import { serviceError } from "../../support/fake-client.ts";
import { runInput } from "../../support/run-tasks.ts";
import {
  accountOf,
  close,
  ended,
  midway,
  reportKey,
  title,
  versionName,
} from "./aborted-comparison.ts";

describe("the record of a comparison that could not write it itself", () => {
  for (const [status, said, error] of [
    [
      "ABORTED",
      { error: "Mistake", cause: "wrong file" },
      { name: "ComparisonAborted", cause: "Mistake: wrong file" },
    ],
    ["ABORTED", {}, { name: "ComparisonAborted", cause: "the execution ended as ABORTED" }],
    [
      "TIMED_OUT",
      { error: "States.Timeout" },
      { name: "ComparisonTimedOut", cause: "States.Timeout" },
    ],
    [
      "FAILED",
      { error: "States.DataLimitExceeded", cause: "too large" },
      { name: "ComparisonFailed", cause: "States.DataLimitExceeded: too large" },
    ],
  ] as const) {
    it(`reports ${error.name}: ${error.cause}`, async () => {
      const account = accountOf({}, { [`output/${title}/etl.json`]: etlJson });

      await close(account, ended(status, said));

      const { inputUri: _, title: __, ...input } = runInput;
      expect(account.objects[reportKey]).to.deep.include({
        title,
        comparison: "abalone",
        status: "Failed",
        error,
        outcome: null,
        winner: null,
        candidates: [],
        closed: true,
        input: { ...input, manifest: null },
        execution: {
          arn: executionArn.replace(/:t$/, `:${title}`),
          startedAt: "2026-05-01T10:00:00.000Z",
          finishedAt: "2026-05-01T11:00:00.000Z",
        },
      });
      const [sent] = account.inputs("PutEvents") as [{ Entries: { Detail: string }[] }];
      expect(JSON.parse(sent.Entries[0]?.Detail ?? "")).to.deep.include({ title, error });
    });
  }

  it("only removes what is left where the comparison recorded itself", async () => {
    const written = { title, status: "Succeeded", winner: "xgboost" };
    const account = accountOf(midway({ models: [versionName] }), { [reportKey]: written });

    const closed = await close(account, ended("FAILED", { error: "CandidatesLeft" }));

    expect(closed.outcome).to.equal("recorded itself");
    expect(account.account).to.deep.include({ endpoints: {}, configs: [], models: [versionName] });
    expect(account.objects[reportKey]).to.deep.equal(written);
    expect(account.inputs("PutEvents")).to.deep.equal([]);
  });

  it("sends the event again of one that was aborted after its report", async () => {
    const written = { title, status: "Succeeded", winner: "xgboost", execution: { arn: "a" } };
    const account = accountOf({}, { [reportKey]: written });

    const closed = await close(account, ended("ABORTED"));

    expect(closed.outcome).to.equal("event sent again");
    expect(account.inputs("PutEvents")).to.have.length(1);
  });

  it("leaves the comparison alone whose input another execution was started with", async () => {
    const account = accountOf(midway(), {});
    const event = ended("FAILED", { error: "NotItsOwnRun" });
    event.detail.name = "copy";

    const closed = await close(account, event);

    expect(closed).to.deep.equal({ title, removed: [], outcome: "left alone: a copy" });
    expect(account.account).to.deep.include(midway());
    expect(account.objects).to.deep.equal({});
  });

  it("sends the event of a report that was written when the record failed, as it is", async () => {
    const written = { title, status: "Succeeded", winner: "xgboost", execution: { arn: "a" } };
    const account = accountOf({ models: [versionName] }, { [reportKey]: written });

    const closed = await close(account, ended("FAILED", { error: "RecordFailed" }));

    expect(closed.outcome).to.equal("event sent again");
    const [sent] = account.inputs("PutEvents") as [{ Entries: { Detail: string }[] }];
    expect(JSON.parse(sent.Entries[0]?.Detail ?? "")).to.include({ winner: "xgboost" });
    expect(account.account.models).to.deep.equal([versionName]);
  });

  it("keeps the version of a comparison whose record failed: it may be one to go back to", async () => {
    const account = accountOf({ models: [versionName] });

    await close(account, ended("FAILED", { error: "RecordFailed", cause: "no PutObject" }));

    expect(account.account.models).to.deep.equal([versionName]);
    expect(account.objects[reportKey]).to.deep.include({
      error: { name: "ComparisonFailed", cause: "RecordFailed: no PutObject" },
    });
  });

  it("does all again to the same end for an event that came twice", async () => {
    const account = accountOf(midway());
    await close(account);
    const first = structuredClone(account.objects[reportKey]);

    const again = await close(account);

    expect(again.outcome).to.equal("closed");
    expect(account.objects[reportKey]).to.deep.equal(first);
  });

  it("sends the event at a second try when the first failed after the report", async () => {
    const account = accountOf(
      {},
      {},
      {
        PutEvents: (_, calls) => {
          if (calls === 0) throw serviceError("ThrottlingException");
          return { Entries: [{ EventId: "1" }] };
        },
      },
    );
    const failed = await close(account).catch((error) => error);

    await close(account);

    expect(failed).to.include({ name: "ThrottlingException" });
    expect(account.sent.at(-1)?.command).to.equal("PutEvents");
  });
});
