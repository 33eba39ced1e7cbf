import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import {
  ListEndpointConfigsCommand,
  ListEndpointsCommand,
  ListModelsCommand,
  ListTrainingJobsCommand,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { bucketLayout } from "../../components/bucket-layout.ts";
import { comparisonLayout } from "../../components/comparison-layout.ts";
import { comparisonNames, maxComparisonTitleLength } from "../../components/comparison-names.ts";
import { linesBelow } from "../../handlers/predict-candidate/test-rows.ts";
import type { ComparisonReport } from "../../handlers/record-comparison/report.ts";
import { type Clients, createClients } from "../../local/cli/clients.ts";
import { comparisonTable } from "../../local/cli/comparison-table.ts";
import { deployWholeStack } from "../../local/cli/deploy-stack.ts";
import { putInput } from "../../local/cli/put-input.ts";
import { showRun } from "../../local/cli/run-lines.ts";
import { SilentLines } from "../../local/cli/silent-lines.ts";
import { parseFault } from "../../local/faults/fault.ts";
import { type LocalCloud, startLocalCloud } from "../../local/local-cloud.ts";
import { removeFolder } from "../../local/processes/remove-folder.ts";
import { abaloneLibsvm } from "../../local/sample-data/abalone.ts";
import { projectRoot } from "../../local/setup/node-packages.mjs";
import { readStackFile } from "../../local/stack-file.ts";
import type { ComparisonOutputs } from "../../scripts/stack-outputs.ts";
import { storedSchema } from "../../scripts/stored-schema.ts";

const region = "us-east-2";

/** The example that the stack's file carries, switched on, with promotion, and quick. */
const { "retraining:comparisons": ofFile = "" } = await readStackFile(projectRoot, "local");
const example = JSON.parse(ofFile).abalone;
const comparison = {
  ...example,
  enabled: true,
  evaluation: { ...example.evaluation, resamples: 200 },
  promotion: { ...example.promotion, enabled: true },
};
const byBatch = { ...comparison, evaluation: { ...comparison.evaluation, by: "batch" } };

describe("a comparison of algorithms in the local cloud", function () {
  this.timeout(240_000);
  let dir: string;
  let cloud: LocalCloud;
  let clients: Clients;
  let outputs: Record<string, ComparisonOutputs>;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "retraining-comparison-"));
    cloud = await startLocalCloud({ stateDir: dir, region });
    cloud.warmUp();
    await deploy(comparison);
    clients = createClients(cloud);
  });

  after(async () => {
    await cloud?.stop();
    await removeFolder(dir);
  });

  /** @param shells config of the comparison that promotes; the other one goes by batch transform */
  async function deploy(shells: typeof comparison) {
    ({ comparisons: outputs } = await deployWholeStack(cloud, "local", new SilentLines(), {
      "aws:region": region,
      "retraining:comparisons": JSON.stringify({
        shells: {
          ...shells,
          promotion: {
            ...shells.promotion,
            endpoint: { name: "shells", instanceType: "ml.m5.large" },
          },
        },
        batch: { ...byBatch, accumulate: false, promotion: { enabled: false } },
      }),
    }));
  }

  async function upload(name: string, key: string, body: string) {
    const deployed = outputs[name] as ComparisonOutputs;
    const upload = await putInput(clients.s3, deployed, key, body, maxComparisonTitleLength);
    return { ...upload, bucket: deployed.bucket };
  }

  async function text(bucket: string, key: string): Promise<string> {
    const { Body: body } = await clients.s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: key }),
    );
    return (await body?.transformToString()) ?? "";
  }

  async function compare(name: string, key: string, body: string): Promise<ComparisonReport> {
    const { bucket, title, executionArn } = await upload(name, key, body);
    const execution = await showRun(clients.sfn, executionArn, new SilentLines());
    const report = JSON.parse(await text(bucket, bucketLayout.report(title))) as ComparisonReport;
    expect(execution.status, `${execution.error}: ${execution.cause}`).to.equal(
      report.status === "Succeeded" ? "SUCCEEDED" : "FAILED",
    );
    return report;
  }

  /** Names of all that runs made and that is still there. */
  async function made() {
    const { sagemaker } = clients;
    const [endpoints, configs, models] = await Promise.all([
      sagemaker.send(new ListEndpointsCommand({})),
      sagemaker.send(new ListEndpointConfigsCommand({})),
      sagemaker.send(new ListModelsCommand({})),
    ]);
    return {
      endpoints: endpoints.Endpoints?.map((each) => each.EndpointName),
      configs: configs.EndpointConfigs?.map((each) => each.EndpointConfigName),
      models: models.Models?.map((each) => each.ModelName),
    };
  }

  let first: ComparisonReport;

  it("names the better algorithm with intervals, promotes it, and leaves nothing else", async () => {
    first = await compare("shells", "input/one.libsvm", abaloneLibsvm({ rows: 1500, seed: 1 }));

    expect(first.winner).to.equal("xgboost");
    const [xgboost, linear] = first.candidates.map(({ scores }) => scores?.rmse);
    expect(xgboost?.interval?.high).to.be.below(Number(linear?.value));
    expect(first.baseline?.rmse?.value).to.be.above(2 * Number(linear?.value));
    expect(first.testRows).to.be.within(150, 300);
    expect(first.promotion).to.include({ promoted: true, candidate: "xgboost" });
    const version = `local-shells--${first.title}`;
    expect(await made()).to.deep.equal({
      endpoints: ["shells"],
      configs: [version],
      models: [version],
    });
    expect(comparisonTable(first).join("\n")).to.match(/xgboost wins, and serves shells/);
  });

  it("has the winner answer at the production endpoint", async () => {
    const { Body: body } = await clients.runtime.send(
      new InvokeEndpointCommand({
        EndpointName: "shells",
        ContentType: "text/libsvm",
        Body: Buffer.from("0 1:2 2:0.6 3:0.47 4:0.16 5:0.7 6:0.3 7:0.15 8:0.2"),
      }),
    );

    expect(Number(Buffer.from(body ?? "").toString())).to.be.within(3, 30);
  });

  it("keeps with the winner what requests to it are checked against", async () => {
    const { Models: [model] = [] } = await clients.sagemaker.send(new ListModelsCommand({}));

    const schema = await storedSchema(clients, String(model?.ModelArn));

    expect(schema).to.deep.include({
      title: first.title,
      algorithm: "xgboost",
      rows: { kind: "features", counts: [8], names: null, missing: "refused" },
    });
  });

  it("draws scores, predictions, residuals and training curves", async () => {
    const page = await text(first.input.bucket, comparisonLayout.page(first.title));

    for (const picture of ["RMSE", "Predicted over actual", "Residuals", "rmse"]) {
      expect(page).to.contain(`aria-label="${picture}"`);
    }
    expect(page).to.contain("<th>now serves</th><td>shells (created)</td>");
    expect(page).to.match(/aria-label="rmse">(?:(?!<\/svg>).)*>train<.*?>validation</s);
    const [, rounds = ""] = /aria-label="rmse">(.*?)<\/svg>/s.exec(page) ?? [];
    expect(rounds).to.contain(`>${example.candidates.xgboost.training.hyperparameters.num_round}<`);
  });

  it("keeps what candidates' endpoints logged as long as config says", async () => {
    const { retentionDays } = comparison.logs;
    expect((await candidateLogs()).map((group) => group.retentionInDays)).to.deep.equal([
      retentionDays,
      retentionDays,
    ]);
  });

  /** Log groups that SageMaker made for endpoints of candidates. */
  async function candidateLogs() {
    const logs = new CloudWatchLogsClient(connection());
    const { logGroups = [] } = await logs.send(
      new DescribeLogGroupsCommand({
        logGroupNamePrefix: "/aws/sagemaker/Endpoints/c--local-shells--",
      }),
    );
    return logGroups;
  }

  function connection() {
    return { region, credentials: cloud.credentials, endpoint: cloud.url };
  }

  it("compares again on all uploads so far, with the same rows held out", async () => {
    const second = await compare(
      "shells",
      "input/two.libsvm",
      abaloneLibsvm({ rows: 1500, seed: 2 }),
    );

    const { bucket } = second.input;
    const inputs = JSON.parse(await text(bucket, String(second.input.manifest)));
    expect(inputs.map(({ key }: { key: string }) => key)).to.deep.equal([
      "input/one.libsvm",
      "input/two.libsvm",
    ]);
    expect(second.testRows).to.be.above(Number(first.testRows));
    const held = await rowsOf(bucket, comparisonLayout.split(first.title, "csv", "test"));
    const heldAgain = new Set(
      await rowsOf(bucket, comparisonLayout.split(second.title, "csv", "test")),
    );
    expect(held).to.have.length(Number(first.testRows));
    expect(held.filter((row) => !heldAgain.has(row))).to.deep.equal([]);
    for (const split of ["train", "validation"] as const) {
      const learnt = new Set(
        await rowsOf(bucket, comparisonLayout.split(second.title, "csv", split)),
      );
      expect(learnt.size).to.be.above(100);
      expect(held.filter((row) => learnt.has(row))).to.deep.equal([]);
    }
    expect((await made()).endpoints).to.deep.equal(["shells"]);
  });

  async function rowsOf(bucket: string, prefix: string): Promise<string[]> {
    const rows: string[] = [];
    for await (const row of linesBelow(clients.s3, bucket, prefix)) rows.push(row);
    return rows;
  }

  it("does not train on rows that were held out, whatever config says since", async () => {
    await deploy({ ...comparison, split: { ...comparison.split, seed: 2 } });
    const rows = abaloneLibsvm({ rows: 300, seed: 4 });

    // As the error says, runs go on once the split is what it was.
    const report = await compare("shells", "input/three.libsvm", rows).finally(() =>
      deploy(comparison),
    );

    expect(report.error?.name).to.equal("SplitChanged");
    expect(report.error?.cause).to.contain(
      `runs since ${first.title} split 70,15,15 with seed 1, and this one would split 70,15,15 with seed 2`,
    );
    expect((await made()).endpoints).to.deep.equal(["shells"]);
  });

  it("goes on where a candidate fails, and says that one result is no comparison", async () => {
    await cloud.setFaults([parseFault("training-algorithm-error")]);

    const report = await compare("batch", "input/a.libsvm", abaloneLibsvm({ rows: 600, seed: 3 }));

    expect(report.error?.name).to.equal("TooFewResults");
    expect(report.error?.cause).to.match(/only one candidate has scores; failed: /);
    expect(report.candidates.map(({ status }) => status).sort()).to.deep.equal([
      "Failed",
      "Scored",
    ]);
    const { endpoints, models = [] } = await made();
    expect(endpoints).to.deep.equal(["shells"]);
    expect(models.filter((name) => name?.includes("local-batch"))).to.deep.equal([]);
  });

  it("asks by batch transform where config says so, without an endpoint", async () => {
    const report = await compare("batch", "input/b.libsvm", abaloneLibsvm({ rows: 1500, seed: 1 }));

    expect(report.winner).to.equal("xgboost");
    expect(report.promotion).to.equal(null);
    const { models = [] } = await made();
    expect(models.filter((name) => name?.includes("local-batch"))).to.deep.equal([]);
  });

  // of shells the last: the bad row stays among its uploads
  it("names the upload that has a row which does not fit, not the copy of it", async () => {
    const report = await compare("shells", "input/may/bad.libsvm", "tall 1:2\n");

    expect(report.error).to.include({ name: "EtlFailed" });
    expect(report.error?.cause).to.match(
      /^InputError: s3:\/\/[a-z0-9-]+\/input\/may\/bad\.libsvm: 1 row does not fit .*'tall'/,
    );
  });

  it("leaves nothing where it is aborted in the middle", async () => {
    const { bucket, title, executionArn } = await upload(
      "batch",
      "input/c.libsvm",
      abaloneLibsvm({ rows: 3000, seed: 4 }),
    );
    await until(async () => (await jobsOf(title)).some(({ status }) => status === "InProgress"));

    await clients.sfn.send(new StopExecutionCommand({ executionArn }));

    await until(async () => {
      const report = await text(bucket, bucketLayout.report(title)).catch(() => "");
      return report.includes("ComparisonAborted");
    });
    const running = (await jobsOf(title)).filter(({ status }) => status === "InProgress");
    expect(running).to.deep.equal([]);
    expect((await made()).models?.filter((name) => name?.includes(title))).to.deep.equal([]);
  });

  it("leaves no log group of a candidate, and no endpoint, where it is taken down", async () => {
    const input = { endpointName: "shells", onRenameOrDestroy: "delete" };
    const event = { ...input, tf: { action: "delete", prev_input: input } };
    expect(await candidateLogs()).not.to.deep.equal([]);

    const { FunctionError: error } = await new LambdaClient(connection()).send(
      new InvokeCommand({
        FunctionName: comparisonNames("local", "shells").cleanUpRunsFunction,
        Payload: JSON.stringify(event),
      }),
    );

    expect(error).to.equal(undefined);
    expect(await candidateLogs()).to.deep.equal([]);
    expect((await made()).endpoints).to.deep.equal([]);
  });

  async function jobsOf(title: string) {
    const { TrainingJobSummaries: jobs = [] } = await clients.sagemaker.send(
      new ListTrainingJobsCommand({ NameContains: title }),
    );
    return jobs.map(({ TrainingJobName: name, TrainingJobStatus: status }) => ({ name, status }));
  }

  async function until(holds: () => Promise<boolean>): Promise<void> {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
  }
});
