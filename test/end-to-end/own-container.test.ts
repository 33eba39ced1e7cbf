import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeImagesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { DescribeModelCommand, DescribeTrainingJobCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import { createClients } from "../../local/cli/clients.ts";
import { deployStack } from "../../local/cli/deploy-stack.ts";
import { explainFailure } from "../../local/cli/explain-failure.ts";
import { putInput } from "../../local/cli/put-input.ts";
import { showRun } from "../../local/cli/run-lines.ts";
import { SilentLines } from "../../local/cli/silent-lines.ts";
import { type LocalCloud, startLocalCloud } from "../../local/local-cloud.ts";
import { removeFolder } from "../../local/processes/remove-folder.ts";
import { readRunReport } from "../../local/report/page-content.ts";
import type { PipelineOutputs } from "../../scripts/stack-outputs.ts";

const region = "us-east-2";
const subnetIds = ["subnet-0123456789abcdef0"];
const securityGroupIds = ["sg-0123456789abcdef0"];

/** The whole config, as a stack's file would have it. */
const settings = {
  "aws:region": region,
  "retraining:network": JSON.stringify({ subnetIds, securityGroupIds }),
  "retraining:pipelines": JSON.stringify({
    prices: {
      algorithm: { container: "containers/sklearn-regressor" },
      etl: { script: "glue/tabular_etl.py", arguments: { LABEL_COLUMN: "price" } },
      training: {
        hyperparameters: { max_iter: 100, learning_rate: 0.1 },
        metricDefinitions: [{ name: "validation:rmse", regex: "validation:rmse=([0-9.e+-]+)" }],
      },
      validation: { metric: "validation:rmse", direction: "min", threshold: 20 },
      data: { forceDestroy: true },
    },
  }),
};

/** Prices that follow from area and rooms, up to a little noise that is the same each time. */
function pricesCsv(rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const area = 30 + ((row * 37) % 120);
    const rooms = 1 + ((row * 13) % 5);
    return `${area},${rooms},${3 * area + 20 * rooms + ((row * 7) % 11)}`;
  });
  return ["area,rooms,price", ...lines].join("\n");
}

describe("a container of one's own in the local cloud, by config alone", function () {
  this.timeout(180_000);
  let dir: string;
  let cloud: LocalCloud;
  let prices: PipelineOutputs;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "retraining-own-"));
    cloud = await startLocalCloud({ stateDir: dir, region });
    cloud.warmUp();
    const outputs = await deployStack(cloud, "local", new SilentLines(), settings);
    prices = outputs["prices"] as PipelineOutputs;
  });

  after(async () => {
    await cloud?.stop();
    await removeFolder(dir);
  });

  it("is built, trains behind its gate, and serves", async () => {
    const { s3, sfn, sagemaker, runtime } = createClients(cloud);
    const upload = await putInput(s3, prices, "input/prices.csv", pricesCsv(800));
    const { title, executionArn } = upload;
    const execution = await showRun(sfn, executionArn, new SilentLines());
    const report = await readRunReport(s3, prices.bucket, title);
    if (report?.status !== "Succeeded") throw new Error(explainFailure(execution, report));

    expect(report.gate).to.include({ metric: "validation:rmse", accepted: true });
    const { Body } = await runtime.send(
      new InvokeEndpointCommand({
        EndpointName: prices.endpointName,
        ContentType: "text/csv",
        Body: "100,3\n50,1",
      }),
    );
    const answers = Buffer.from(Body).toString().trim().split("\n").map(Number);
    expect(answers[0]).to.be.closeTo(365, 25);
    expect(answers[1]).to.be.closeTo(175, 25);

    const vpc = { Subnets: subnetIds, SecurityGroupIds: securityGroupIds };
    const job = await sagemaker.send(
      new DescribeTrainingJobCommand({ TrainingJobName: report.training?.jobName }),
    );
    const model = await sagemaker.send(
      new DescribeModelCommand({ ModelName: `local-prices--${title}` }),
    );
    expect(job.VpcConfig).to.deep.equal(vpc);
    expect(model.VpcConfig).to.deep.equal(vpc);
    const { url: endpoint, credentials } = cloud;
    const { imageDetails = [] } = await new ECRClient({ endpoint, region, credentials }).send(
      new DescribeImagesCommand({ repositoryName: "local-prices-container" }),
    );
    expect(imageDetails.map(({ imageDigest }) => imageDigest)).to.deep.equal([
      String(model.PrimaryContainer?.Image).split("@")[1],
    ]);
  });
});
