import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { bucketLayout } from "../../components/bucket-layout.ts";
import { comparisonNames, maxComparisonTitleLength } from "../../components/comparison-names.ts";
import { tuningRunPrefix } from "../../components/names.ts";
import type { ComparisonReport } from "../../handlers/record-comparison/report.ts";
import { type Clients, createClients } from "../../local/cli/clients.ts";
import { deployWholeStack } from "../../local/cli/deploy-stack.ts";
import { putInput } from "../../local/cli/put-input.ts";
import { showRun } from "../../local/cli/run-lines.ts";
import { SilentLines } from "../../local/cli/silent-lines.ts";
import { type LocalCloud, startLocalCloud } from "../../local/local-cloud.ts";
import { removeFolder } from "../../local/processes/remove-folder.ts";
import { abaloneLibsvm } from "../../local/sample-data/abalone.ts";
import { projectRoot } from "../../local/setup/node-packages.mjs";
import { readStackFile } from "../../local/stack-file.ts";
import type { ComparisonOutputs } from "../../scripts/stack-outputs.ts";

const region = "us-east-2";

/** The example that the stack's file carries, by batch transform, with XGBoost tuned. */
const { "retraining:comparisons": ofFile = "" } = await readStackFile(projectRoot, "local");
const example = JSON.parse(ofFile).abalone;
const {
  max_depth: _depth,
  eta: _eta,
  ...fixed
} = example.candidates.xgboost.training.hyperparameters;
const shells = {
  ...example,
  enabled: true,
  accumulate: false,
  evaluation: { by: "batch", samples: "all", resamples: 200 },
  candidates: {
    ...example.candidates,
    xgboost: {
      ...example.candidates.xgboost,
      training: {
        ...example.candidates.xgboost.training,
        hyperparameters: { ...fixed, num_round: 20 },
      },
      tuning: {
        strategy: "Random",
        maxJobs: 3,
        maxParallelJobs: 2,
        ranges: { eta: { min: 0.1, max: 0.5 }, max_depth: { min: 3, max: 6 } },
      },
    },
  },
};

describe("a comparison with a tuned candidate, in the local cloud", function () {
  this.timeout(240_000);
  let dir: string;
  let cloud: LocalCloud;
  let clients: Clients;
  let outputs: ComparisonOutputs;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "retraining-tuned-candidate-"));
    cloud = await startLocalCloud({ stateDir: dir, region });
    cloud.warmUp();
    const { comparisons } = await deployWholeStack(cloud, "local", new SilentLines(), {
      "aws:region": region,
      "retraining:comparisons": JSON.stringify({ shells }),
    });
    outputs = comparisons["shells"] as ComparisonOutputs;
    clients = createClients(cloud);
  });

  after(async () => {
    await cloud?.stop();
    await removeFolder(dir);
  });

  it("scores the best of its training jobs against the other candidate", async () => {
    const { title, executionArn } = await putInput(
      clients.s3,
      outputs,
      "input/shells.libsvm",
      abaloneLibsvm({ rows: 1500, seed: 1 }),
      maxComparisonTitleLength,
    );
    const execution = await showRun(clients.sfn, executionArn, new SilentLines());

    expect(execution.status, `${execution.error}: ${execution.cause}`).to.equal("SUCCEEDED");
    const { Body: body } = await clients.s3.send(
      new GetObjectCommand({ Bucket: outputs.bucket, Key: bucketLayout.report(title) }),
    );
    const report = JSON.parse((await body?.transformToString()) ?? "") as ComparisonReport;
    const [tuned, trained] = report.candidates;
    const { tuningPrefix } = comparisonNames("local", "shells");
    expect(tuned?.status, JSON.stringify(tuned?.error)).to.equal("Scored");
    expect(trained?.status, JSON.stringify(trained?.error)).to.equal("Scored");
    expect(tuned?.training?.tuning).to.deep.include({
      jobName: `${tuningRunPrefix(tuningPrefix, title)}c01-a1`,
      trainings: { completed: 3, stopped: 0, failed: 0 },
    });
    expect(tuned?.training?.hyperparameters).to.include(tuned?.training?.tuning?.tuned);
    expect(tuned?.cost.trainingInstanceSeconds).to.equal(tuned?.training?.tuning?.seconds);
    expect(trained?.training).not.to.have.property("tuning");
  });
});
