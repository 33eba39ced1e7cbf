import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
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

const region = "us-east-2";

/** What config has to say of a script that knows nothing of this project: its path. */
const pipelines = {
  others: {
    algorithm: { name: "xgboost" },
    etl: { script: "test/local/glue/scripts/header_less.py" },
    training: {
      hyperparameters: { objective: "binary:logistic", num_round: 10, eval_metric: "error" },
    },
    validation: { metric: "validation:error", threshold: 0.2 },
  },
};

describe("a pipeline with a Glue script from elsewhere, in the local cloud", function () {
  this.timeout(120_000);
  let dir: string;
  let cloud: LocalCloud;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "retraining-others-"));
    cloud = await startLocalCloud({ stateDir: dir, region });
    cloud.warmUp();
  });
  after(async () => {
    await cloud?.stop();
    await removeFolder(dir);
  });

  it("goes from header-less features to a served model, with nothing but data in its channels", async () => {
    const { others } = await deployStack(cloud, "local", new SilentLines(), {
      "aws:region": region,
      "retraining:pipelines": JSON.stringify(pipelines),
    });
    if (others === undefined) throw new Error("the stack has no pipeline others");
    const { s3, sfn } = createClients(cloud);
    const rows = Array.from({ length: 600 }, (_, i) => `${i % 3 === 0 ? 1 : 0},${i % 3},${i % 17}`);
    const { bucket } = others;
    const input = `${rows.join("\n")}\n`;

    const { title, executionArn } = await putInput(s3, others, "input/features.csv", input);
    const execution = await showRun(sfn, executionArn, new SilentLines());

    const report = await readRunReport(s3, bucket, title);
    if (report?.status !== "Succeeded") throw new Error(explainFailure(execution, report));
    expect(report.gate).to.include({ accepted: true, value: 0 });
    const { Contents: objects = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: `output/${title}/` }),
    );
    expect(objects).not.to.deep.equal([]);
    for (const { Key } of objects) expect(Key).to.match(/\/(train|validate)\/part-[^/]*\.csv$/);
  });
});
