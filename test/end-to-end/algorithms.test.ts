import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import type { RunReport } from "../../handlers/record-run/report.ts";
import { type Clients, createClients } from "../../local/cli/clients.ts";
import { deployStack } from "../../local/cli/deploy-stack.ts";
import { explainFailure } from "../../local/cli/explain-failure.ts";
import { putInput } from "../../local/cli/put-input.ts";
import { showRun } from "../../local/cli/run-lines.ts";
import { SilentLines } from "../../local/cli/silent-lines.ts";
import { type LocalCloud, startLocalCloud } from "../../local/local-cloud.ts";
import { removeFolder } from "../../local/processes/remove-folder.ts";
import { csvRow } from "../../local/report/model-formats.ts";
import type { PageContent } from "../../local/report/page.ts";
import { collectPage, readRunReport } from "../../local/report/page-content.ts";
import { readLines } from "../../local/report/test-split.ts";
import { churnCsv } from "../../local/sample-data/churn.ts";
import { housesCsv } from "../../local/sample-data/houses.ts";
import { ratingsCsv } from "../../local/sample-data/ratings.ts";
import { projectRoot } from "../../local/setup/node-packages.mjs";
import { readStackFile } from "../../local/stack-file.ts";
import type { PipelineOutputs } from "../../scripts/stack-outputs.ts";

const region = "us-east-2";

/** The example of Object2Vec that the stack's file carries, switched on. */
const { "retraining:pipelines": ofFile = "" } = await readStackFile(projectRoot, "local");
const ratings = { ...JSON.parse(ofFile).ratings, enabled: true };

/** Config as a stack's file would have it: nothing else is needed for another algorithm. */
const pipelines = {
  linear: {
    algorithm: { name: "linear-learner" },
    etl: { script: "glue/churn_etl.py" },
    training: {
      contentType: "text/csv",
      instanceType: "ml.m5.xlarge",
      hyperparameters: { predictor_type: "binary_classifier" },
    },
    validation: { metric: "validation:binary_classification_accuracy", threshold: 0.85 },
    endpoint: { instanceType: "ml.m5.large" },
  },
  ratings,
  groups: {
    algorithm: { name: "kmeans" },
    etl: { script: "glue/tabular_etl.py", arguments: { DROP_COLUMNS: "price" } },
    training: {
      instanceType: "ml.m5.xlarge",
      hyperparameters: { k: 4, feature_dim: 10 },
    },
    validation: { enabled: false },
    endpoint: { instanceType: "ml.m5.large" },
  },
};

// One cloud for all of them, and one deployment: each test runs its pipeline from the upload to the answer.
describe("algorithms by config alone, in the local cloud", function () {
  this.timeout(120_000);
  let dir: string;
  let cloud: LocalCloud;
  let outputs: Record<string, PipelineOutputs>;
  let clients: Clients;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "retraining-algorithms-"));
    cloud = await startLocalCloud({ stateDir: dir, region });
    cloud.warmUp();
    outputs = await deployStack(cloud, "local", new SilentLines(), {
      "aws:region": region,
      "retraining:pipelines": JSON.stringify(pipelines),
    });
    clients = createClients(cloud);
  });

  after(async () => {
    await cloud?.stop();
    await removeFolder(dir);
  });

  /** Uploads an input and waits for its run; fails with the run's own words when that does not succeed. */
  async function retrain(pipeline: keyof typeof pipelines, input: string): Promise<RunReport> {
    const { s3, sfn } = clients;
    const deployed = outputs[pipeline] as PipelineOutputs;
    const { title, executionArn } = await putInput(s3, deployed, "input/request.csv", input);
    const execution = await showRun(sfn, executionArn, new SilentLines());
    const report = await readRunReport(s3, deployed.bucket, title);
    if (report?.status !== "Succeeded") throw new Error(explainFailure(execution, report));
    return report;
  }

  async function invoke(
    pipeline: keyof typeof pipelines,
    type: string,
    accept: string,
    body: string,
  ) {
    const { Body, ContentType } = await clients.runtime.send(
      new InvokeEndpointCommand({
        EndpointName: outputs[pipeline]?.endpointName,
        ContentType: type,
        Accept: accept,
        Body: body,
      }),
    );
    return { type: ContentType, body: Buffer.from(Body).toString() };
  }

  function page(report: RunReport): Promise<PageContent> {
    return collectPage(clients, [report]);
  }

  it("trains a Linear Learner behind its gate, and serves it as AWS documents", async () => {
    const report = await retrain("linear", churnCsv({ rows: 3000, seed: 1 }));

    expect(report.gate).to.include({ accepted: true });
    const [line = ""] = await readLines(
      clients.s3,
      report.input.bucket,
      `output/${report.title}/test/`,
    );
    const { features } = csvRow(line);
    const json = JSON.stringify({ instances: [{ features: features.split(",").map(Number) }] });
    const fromCsv = await invoke("linear", "text/csv", "application/json", features);
    const fromJson = await invoke("linear", "application/json", "application/jsonlines", json);
    const answer = JSON.parse(fromCsv.body);
    expect(answer.predictions).to.have.length(1);
    expect(answer.predictions[0]).to.have.all.keys("score", "predicted_label");
    expect(fromCsv.type).to.equal("application/json");
    expect(JSON.parse(fromJson.body)).to.deep.equal(answer.predictions[0]);
    const { evaluation } = await page(report);
    if (evaluation?.kind !== "binary") throw new Error(`evaluated as ${evaluation?.kind}`);
    expect(evaluation.scores.auc).to.be.greaterThan(0.75);
  });

  it("trains Object2Vec on ratings, and serves scores and embeddings as AWS documents", async () => {
    const report = await retrain("ratings", ratingsCsv());

    expect(report.gate).to.include({ metric: "validation:mean_squared_error", accepted: true });
    const lines = "application/jsonlines";
    const pair = { in0: [3], in1: [7] };
    const scored = await invoke(
      "ratings",
      lines,
      lines,
      `${JSON.stringify(pair)}\n${JSON.stringify({ in0: [4], in1: [7] })}`,
    );
    const [first, second] = scored.body
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const instances = JSON.stringify({ instances: [pair] });
    const json = await invoke("ratings", "application/json", "application/json", instances);
    const user = await invoke(
      "ratings",
      "application/json;infer_max_seqlens=1,1",
      "application/json",
      JSON.stringify({ instances: [{ in0: [3] }] }),
    );
    expect(first.scores).to.have.length(1);
    expect(first.scores[0]).to.be.within(0, 6).and.not.equal(second.scores[0]);
    expect(JSON.parse(json.body)).to.deep.equal({ predictions: [first] });
    expect(JSON.parse(user.body).predictions[0].embeddings).to.have.length(64);
    const { evaluation } = await page(report);
    if (evaluation?.kind !== "regression") throw new Error(`evaluated as ${evaluation?.kind}`);
    expect(evaluation.scores.r2).to.be.greaterThan(0.3);
  });

  it("trains K-Means without labels and without a gate, and serves clusters", async () => {
    const report = await retrain("groups", housesCsv());

    expect(report.gate).to.deep.include({ enabled: false });
    const lines = await readLines(
      clients.s3,
      report.input.bucket,
      `output/${report.title}/validate/`,
    );
    const rows = lines.slice(0, 2).join("\n");
    const { body } = await invoke("groups", "text/csv", "application/json", rows);
    const { predictions } = JSON.parse(body);
    expect(predictions).to.have.length(2);
    expect(predictions[0]).to.have.all.keys("closest_cluster", "distance_to_cluster");
    expect((await page(report)).evaluation).to.deep.include({ kind: "none" });
  });
});
