import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { DescribeEndpointCommand, ListTrainingJobsCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { type DescribeExecutionOutput, ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import type { RunReport } from "../../handlers/record-run/report.ts";
import { deployStack } from "../../local/cli/deploy-stack.ts";
import { putInput, type Upload } from "../../local/cli/put-input.ts";
import { showRun } from "../../local/cli/run-lines.ts";
import { SilentLines } from "../../local/cli/silent-lines.ts";
import { type LocalCloud, startLocalCloud } from "../../local/local-cloud.ts";
import { removeFolder } from "../../local/processes/remove-folder.ts";
import { csvRow } from "../../local/report/model-formats.ts";
import { readRunReport } from "../../local/report/page-content.ts";
import { readLines } from "../../local/report/test-split.ts";
import { churnCsv } from "../../local/sample-data/churn.ts";
import type { PipelineOutputs } from "../../scripts/stack-outputs.ts";
import { type CloudClients, cloudClients } from "../chaos/cloud-clients.ts";
import { objectCreated } from "../chaos/object-created.ts";

interface Run {
  title: string;
  execution: DescribeExecutionOutput;
  report: RunReport | undefined;
}

// One cloud and one order of events for all: each test goes on from what the one before left, as a pipeline's life does.
describe("the churn pipeline in the local cloud", function () {
  this.timeout(120_000);
  let dir: string;
  let cloud: LocalCloud;
  let churn: PipelineOutputs;
  let clients: CloudClients;
  let first: Run;
  let second: Run;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "retraining-loop-"));
    cloud = await startLocalCloud({ stateDir: dir, region: "us-east-2" });
    cloud.warmUp();
    const pipelines = await deployStack(cloud, "local", new SilentLines());
    churn = pipelines["churn"] as PipelineOutputs;
    clients = cloudClients(cloud);
  });

  after(async () => {
    await cloud?.stop();
    await removeFolder(dir);
  });

  function upload(key: string, body: string): Promise<Upload> {
    return putInput(clients.s3, churn, key, body);
  }

  async function run(key: string, body: string): Promise<Run> {
    const { title, executionArn } = await upload(key, body);
    const execution = await showRun(clients.sfn, executionArn, new SilentLines());
    return { title, execution, report: await readRunReport(clients.s3, churn.bucket, title) };
  }

  async function servingConfig() {
    const { EndpointStatus, EndpointConfigName, FailureReason } = await clients.sagemaker.send(
      new DescribeEndpointCommand({ EndpointName: churn.endpointName }),
    );
    return { EndpointStatus, EndpointConfigName, FailureReason };
  }

  async function score(features: string): Promise<string> {
    const { Body } = await clients.runtime.send(
      new InvokeEndpointCommand({
        EndpointName: churn.endpointName,
        ContentType: "text/csv",
        Body: features,
      }),
    );
    return Buffer.from(Body).toString();
  }

  /** Resolves when the trigger has logged this text. */
  async function logged(text: string): Promise<void> {
    const logGroupName = "/aws/lambda/local-churn-start-retraining";
    const deadline = Date.now() + 20_000;
    for (;;) {
      const { events: lines = [] } = await clients.logs.send(
        new FilterLogEventsCommand({ logGroupName }),
      );
      if (lines.some(({ message }) => message?.includes(text))) return;
      if (Date.now() > deadline) throw new Error(`${logGroupName} never said ${text}`);
      await sleep(100);
    }
  }

  it("creates the endpoint from the first upload", async () => {
    first = await run("input/2026/month 01+a.csv", churnCsv({ rows: 1500, seed: 1 }));

    expect(first.execution.error).to.equal(undefined);
    expect(first.execution.status).to.equal("SUCCEEDED");
    expect(first.report).to.include({ status: "Succeeded", pipeline: "churn", stack: "local" });
    expect(first.report?.endpoint).to.include({ name: "churn", action: "create" });
    expect(await servingConfig()).to.deep.equal({
      EndpointStatus: "InService",
      EndpointConfigName: `local-churn--${first.title}`,
      FailureReason: undefined,
    });
  });

  it("updates the endpoint from the second upload without a failed request", async () => {
    const [line = ""] = await readLines(clients.s3, churn.bucket, `output/${first.title}/test/`);
    const row = csvRow(line);
    let asking = true;
    const answers: string[] = [];
    const client = (async () => {
      while (asking) answers.push(await score(row.features));
    })();

    second = await run("input/2026/month-02.csv", churnCsv({ rows: 1500, seed: 2 }));
    asking = false;
    await client;

    expect(second.execution.status).to.equal("SUCCEEDED");
    expect(second.report?.endpoint).to.include({ action: "update" });
    expect((await servingConfig()).EndpointConfigName).to.equal(`local-churn--${second.title}`);
    expect(answers.length).to.be.greaterThan(10);
    for (const answer of answers) expect(Number(answer)).to.be.within(0, 1);
  });

  it("serves a model that learned something", async () => {
    const lines = await readLines(clients.s3, churn.bucket, `output/${second.title}/test/`);
    const rows = lines.map(csvRow);
    const answer = await score(rows.map(({ features }) => features).join("\n"));
    const scores = answer.trim().split("\n").map(Number);
    const errors = rows.filter(({ label }, i) => Number(label) !== Number((scores[i] ?? 0) >= 0.5));

    expect(second.report?.gate).to.include({ metric: "validation:error", accepted: true });
    expect(rows[0]?.features.split(",")).to.have.length(69);
    expect(errors.length / rows.length).to.be.lessThan(0.1);
  });

  it("fails a run whose input has a broken row, naming row and column, and leaves the endpoint alone", async () => {
    const before = await servingConfig();
    const lines = churnCsv({ rows: 200, seed: 3 }).split("\n");
    lines[7] = (lines[7] ?? "").replace(/^([^,]*),[^,]*/, "$1,many");

    const { execution, report } = await run("input/broken.csv", lines.join("\n"));

    expect(execution).to.include({ status: "FAILED", error: "EtlFailed" });
    expect(execution.cause).to.contain("8").and.to.contain("Account Length").and.to.contain("many");
    expect(report).to.include({ status: "Failed", endpoint: null });
    expect(await servingConfig()).to.deep.equal(before);
    expect(Number(await score("1,".repeat(68).concat("1")))).to.be.within(0, 1);
  });

  it("rejects a model that learned nothing, by how much, and leaves the endpoint alone", async () => {
    const before = await servingConfig();

    const { execution, report } = await run("input/noise.csv", shuffledLabels());

    expect(execution).to.include({ status: "FAILED", error: "ModelRejected" });
    expect(execution.cause).to.match(
      /validation:error is 0\.\d+, above the threshold 0\.1 by 0\.\d+/,
    );
    expect(report).to.include({ status: "Rejected" });
    expect(report?.gate).to.include({ accepted: false });
    expect(await servingConfig()).to.deep.equal(before);
  });

  it("starts one run for an event that is delivered twice", async () => {
    const key = "input/twice.csv";
    const { title, versionId } = await upload(key, "");
    expect(title).to.match(/^twice-/);
    const body = churnCsv({ rows: 300, seed: 4 });
    const uploaded = await upload(key, body);
    expect(uploaded.versionId).to.not.equal(versionId);
    await showRun(clients.sfn, uploaded.executionArn, new SilentLines());

    // What EventBridge does when it delivers an event once more: the same event, asynchronously.
    const event = objectCreated({ cloud, bucket: churn.bucket }, uploaded, body.length);
    await clients.lambda.send(
      new InvokeCommand({
        FunctionName: "local-churn-start-retraining",
        InvocationType: "Event",
        Payload: JSON.stringify(event),
      }),
    );
    await logged(`"outcome":"already started","title":"${uploaded.title}"`);

    const { executions = [] } = await clients.sfn.send(
      new ListExecutionsCommand({ stateMachineArn: churn.stateMachineArn }),
    );
    expect(executions.filter(({ name }) => name === uploaded.title)).to.have.length(1);
    expect(executions.filter(({ name }) => name?.startsWith("twice-"))).to.have.length(1);
  });

  it("refuses an empty object with a record of why, and trains nothing", async () => {
    const { title } = await upload("input/empty.csv", "");
    await run("input/after-empty.csv", churnCsv({ rows: 300, seed: 6 }));

    const { Body } = await clients.s3.send(
      new GetObjectCommand({ Bucket: churn.bucket, Key: `refused/${title}.json` }),
    );
    expect(JSON.parse((await Body?.transformToString()) ?? ""))
      .to.have.property("reason")
      .that.contains("empty");
    const { TrainingJobSummaries = [] } = await clients.sagemaker.send(
      new ListTrainingJobsCommand({ NameContains: title }),
    );
    expect(TrainingJobSummaries).to.deep.equal([]);
  });
});

/** Rows whose labels say nothing about them. */
function shuffledLabels(): string {
  const [header, ...rows] = churnCsv({ rows: 600, seed: 9 }).trim().split("\n");
  const noise = rows.map((row, i) =>
    row.replace(/[^,]*$/, (i * 7919) % 13 < 6 ? "True." : "False."),
  );
  return [header, ...noise].join("\n");
}
