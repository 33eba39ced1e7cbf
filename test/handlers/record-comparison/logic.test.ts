import { expect } from "chai";
import { recordComparison } from "../../../handlers/record-comparison/logic.ts";
import {
  comparisonOf,
  comparisonState,
  etlJson,
  finishedAt,
  nothingState,
  reportOf,
  scoreFile,
  tooFewState,
} from "../../support/comparison-state.ts";
import { type Answers, fakeClient, serviceError } from "../../support/fake-client.ts";
import { fakeObjects } from "../../support/fake-objects.ts";
import { runInput } from "../../support/run-tasks.ts";

const { title } = runInput;
const options = { ...comparisonOf, bucket: "bucket" };
const predictions = { labels: [1, 2, 3, 4], values: [1, 2, 3, 5] };
const written = {
  [`output/${title}/etl.json`]: etlJson,
  [`output/${title}/scores.json`]: scoreFile(),
  "output/t/c01/predictions.json": predictions,
  "output/t/c02/predictions.json": predictions,
};

function account(objects: Record<string, unknown>, answers: Answers = {}) {
  const { client, sent } = fakeClient<never>({
    ...fakeObjects(objects),
    PutObject: () => ({}), // the page is no JSON
    PutEvents: () => ({ Entries: [{ EventId: "1" }] }),
    DescribeTrainingJob: () => ({
      AlgorithmSpecification: { MetricDefinitions: [{ Name: "loss", Regex: "loss=(\\S+)" }] },
    }),
    FilterLogEvents: ({ logStreamNamePrefix: prefix }: { logStreamNamePrefix: string }) => ({
      events: ["loss=3", "loss=2"].map((message) => ({
        message,
        logStreamName: `${prefix}algo-1`,
      })),
    }),
    ...answers,
  });
  const puts = () =>
    sent.filter(({ command }) => command === "PutObject").map(({ input }) => input);
  const clients = { s3: client, events: client, sagemaker: client, logs: client };
  return { clients, sent, puts, commands: () => sent.map(({ command }) => command) };
}

describe("recordComparison", () => {
  it("writes page and report, then tells the account, and says how the comparison ended", async () => {
    const { clients, puts, commands } = account(written);

    const end = await recordComparison(clients, options, comparisonState(), finishedAt);

    expect(end).to.deep.equal({ status: "Succeeded" });
    const [page, report] = puts();
    expect(page).to.deep.include({
      Bucket: "bucket",
      Key: `runs/${title}/report.html`,
      ContentType: "text/html; charset=utf-8",
    });
    expect(report).to.deep.equal({
      Bucket: "bucket",
      Key: `runs/${title}/report.json`,
      ContentType: "application/json",
      Body: JSON.stringify(reportOf(), undefined, 2),
    });
    expect(commands().slice(-3)).to.deep.equal(["PutObject", "PutObject", "PutEvents"]);
  });

  it("draws what each candidate predicted, and how its training went", async () => {
    const { clients, puts, sent } = account(written);

    await recordComparison(clients, options, comparisonState(), finishedAt);

    const labels = [...String(puts()[0]?.["Body"]).matchAll(/aria-label="([^"]*)"/g)];
    expect(labels.map(([, label]) => label).slice(3)).to.deep.equal([
      "Predicted over actual",
      "Residuals",
      "loss",
      "Predicted over actual",
      "Residuals",
      "loss",
    ]);
    const described = sent.filter(({ command }) => command === "DescribeTrainingJob");
    expect(described.map(({ input }) => input["TrainingJobName"])).to.deep.equal([
      "job-c01",
      "job-c02",
    ]);
  });

  it("looks at no job of a candidate that failed", async () => {
    const { clients, sent } = account(written);

    const end = await recordComparison(clients, options, tooFewState(), finishedAt);

    expect(end).to.deep.equal({
      status: "Failed",
      error: { name: "TooFewResults", cause: tooFewState().failure.cause },
    });
    const jobs = sent.filter(({ command }) => command === "DescribeTrainingJob");
    expect(jobs.map(({ input }) => input)).to.deep.equal([{ TrainingJobName: "job-c01" }]);
  });

  it("records a comparison that has written nothing", async () => {
    const { clients, puts } = account({});

    const end = await recordComparison(clients, options, nothingState(), finishedAt);

    expect(end.error).to.deep.equal({ name: "EtlFailed", cause: "row 3" });
    expect(puts()).to.have.length(2);
    expect(JSON.parse(String(puts()[1]?.["Body"]))).to.deep.include({ outcome: null, etl: null });
  });

  it("names the upload where ETL named a copy of it", async () => {
    const manifest = `runs/${title}/manifest.json`;
    const inputs = [
      { key: "input/$&.csv", copy: `runs/${title}/inputs/0001.csv` },
      { key: "input/may.csv", copy: `runs/${title}/inputs/0002.csv` },
    ];
    const { clients } = account({ [manifest]: inputs });
    const state = nothingState(
      ["0001.csv: row 3", "0002.csv too", " all"]
        .map((named) => `s3://bucket/runs/${title}/inputs/${named}`)
        .join("; "),
    );

    const end = await recordComparison(
      clients,
      options,
      { ...state, data: { ...state.data, manifest } },
      finishedAt,
    );

    expect(end.error?.cause).to.equal(
      "s3://bucket/input/$&.csv: row 3; s3://bucket/input/may.csv too; s3://bucket/input/ all",
    );
  });

  const throwing = (name: string) => () => {
    throw serviceError(name);
  };
  for (const [what, answers, name] of [
    ["what was written cannot be read", { GetObject: throwing("AccessDenied") }, "AccessDenied"],
    ["the report cannot be written", { PutObject: throwing("SlowDown") }, "SlowDown"],
    [
      "EventBridge refuses the event",
      { PutEvents: () => ({ Entries: [{ ErrorCode: "InternalFailure" }] }) },
      "EventNotSent",
    ],
  ] as const) {
    it(`throws when ${what}`, async () => {
      const { clients } = account(written, answers);

      const error = await recordComparison(clients, options, comparisonState(), finishedAt).catch(
        (reason) => reason,
      );

      expect(error).to.include({ name });
    });
  }
});
