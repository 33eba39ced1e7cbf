import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  DescribeHyperParameterTuningJobCommand,
  ListHyperParameterTuningJobsCommand,
  ListTrainingJobsForHyperParameterTuningJobCommand,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { pipelineNames, tuningRunPrefix } from "../../components/names.ts";
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
import { readRunReport } from "../../local/report/page-content.ts";
import { readLines } from "../../local/report/test-split.ts";
import { churnCsv } from "../../local/sample-data/churn.ts";
import type { PipelineOutputs } from "../../scripts/stack-outputs.ts";

const region = "us-east-2";

const tuning = {
  strategy: "Random",
  maxJobs: 4,
  maxParallelJobs: 2,
  ranges: { eta: { min: 0.05, max: 0.5 }, max_depth: { min: 2, max: 6 } },
};
const training = {
  contentType: "text/csv",
  instanceType: "ml.m5.xlarge",
  hyperparameters: { objective: "binary:logistic", eval_metric: "error", num_round: 10 },
  tuning,
};

/** XGBoost, where a tuning job chooses how deep trees are and how fast it learns. */
const tuned = {
  algorithm: { name: "xgboost" },
  etl: { script: "glue/churn_etl.py" },
  training,
  validation: { metric: "validation:error", threshold: 0.2 },
  endpoint: { instanceType: "ml.m5.large" },
};

/** The same with more to train than any test waits for. */
const endless = { ...tuned, training: { ...training, tuning: { ...tuning, maxJobs: 500 } } };

describe("a pipeline with a tuning job, in the local cloud", function () {
  this.timeout(240_000);
  let dir: string;
  let cloud: LocalCloud;
  let outputs: PipelineOutputs;
  let endlessOutputs: PipelineOutputs;
  let clients: Clients;
  let served: RunReport;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "retraining-tuned-"));
    cloud = await startLocalCloud({ stateDir: dir, region });
    cloud.warmUp();
    const deployed = await deployStack(cloud, "local", new SilentLines(), {
      "aws:region": region,
      "retraining:pipelines": JSON.stringify({ tuned, endless }),
    });
    outputs = deployed["tuned"] as PipelineOutputs;
    endlessOutputs = deployed["endless"] as PipelineOutputs;
    clients = createClients(cloud);
  });

  after(async () => {
    await cloud?.stop();
    await removeFolder(dir);
  });

  async function retrain(input: string): Promise<RunReport> {
    const { s3, sfn } = clients;
    const { title, executionArn } = await putInput(s3, outputs, "input/request.csv", input);
    const execution = await showRun(sfn, executionArn, new SilentLines());
    const report = await readRunReport(s3, outputs.bucket, title);
    if (report?.status !== "Succeeded") throw new Error(explainFailure(execution, report));
    return report;
  }

  it("trains as often as config says, and serves the best of what came of it", async () => {
    const report = await retrain(churnCsv({ rows: 3000, seed: 1 }));
    served = report;

    const { tuningPrefix } = pipelineNames("local", "tuned");
    const { tuning, jobName, metrics, hyperparameters } = report.training ?? {};
    expect(tuning).to.deep.include({
      jobName: `${tuningRunPrefix(tuningPrefix, report.title)}a1`,
      strategy: "Random",
      trainings: { completed: 4, stopped: 0, failed: 0 },
    });
    const { TrainingJobSummaries: trainings = [] } = await clients.sagemaker.send(
      new ListTrainingJobsForHyperParameterTuningJobCommand({
        HyperParameterTuningJobName: tuning?.jobName,
      }),
    );
    const errors = trainings.map(
      ({ FinalHyperParameterTuningJobObjectiveMetric: metric }) => metric?.Value as number,
    );
    const best = trainings.find(({ TrainingJobName: name }) => name === jobName);
    expect(errors).to.have.length(4);
    expect(metrics?.["validation:error"]).to.equal(Math.min(...errors));
    expect(tuning?.objective.value).to.equal(Math.min(...errors));
    expect(hyperparameters).to.deep.include({
      num_round: "10",
      objective: "binary:logistic",
      ...best?.TunedHyperParameters,
    });
    expect(tuning?.seconds).to.be.above(0);
    expect(tuning?.tuned).to.have.all.keys("eta", "max_depth");
    expect(report.gate).to.include({ accepted: true, value: Math.min(...errors) });
    expect(report.training?.modelArtifact).to.contain(jobName);
  });

  it("answers from that model", async () => {
    const report = served;
    const [line = ""] = await readLines(
      clients.s3,
      report.input.bucket,
      `output/${report.title}/test/`,
    );
    const { Body } = await clients.runtime.send(
      new InvokeEndpointCommand({
        EndpointName: outputs.endpointName,
        ContentType: "text/csv",
        Body: csvRow(line).features,
      }),
    );

    expect(Number(Buffer.from(Body).toString())).to.be.within(0, 1);
  });

  it("stops the tuning job and its training jobs with a run that is aborted", async () => {
    const { s3, sfn } = clients;
    const { bucket } = endlessOutputs;
    const input = churnCsv({ rows: 1000, seed: 3 });
    const { title, executionArn } = await putInput(s3, endlessOutputs, "input/request.csv", input);
    const { tuningPrefix } = pipelineNames("local", "endless");
    const name = `${tuningRunPrefix(tuningPrefix, title)}a1`;
    await until(async () => (await trainingsOf(name)).length > 0);

    await sfn.send(new StopExecutionCommand({ executionArn, error: "Mistake" }));

    await until(async () => (await readRunReport(s3, bucket, title)) !== undefined);
    await until(async () => (await statusOf(name)) === "Stopped");
    const trainings = await trainingsOf(name);
    expect(trainings.filter((status) => /InProgress|Stopping/.test(status))).to.deep.equal([]);
    expect(trainings.length).to.be.below(500);
    const report = await readRunReport(s3, bucket, title);
    expect(report?.error).to.include({ name: "RunAborted" });
    expect(report?.error?.cause).to.contain("aborted in Tune Model");
  });

  async function trainingsOf(name: string): Promise<string[]> {
    const { HyperParameterTuningJobSummaries: jobs = [] } = await clients.sagemaker.send(
      new ListHyperParameterTuningJobsCommand({ NameContains: name }),
    );
    if (jobs.length === 0) return [];
    const { TrainingJobSummaries: trainings = [] } = await clients.sagemaker.send(
      new ListTrainingJobsForHyperParameterTuningJobCommand({
        HyperParameterTuningJobName: name,
        MaxResults: 100,
      }),
    );
    return trainings.map(({ TrainingJobStatus: status = "" }) => status);
  }

  async function statusOf(name: string) {
    const job = new DescribeHyperParameterTuningJobCommand({ HyperParameterTuningJobName: name });
    return (await clients.sagemaker.send(job)).HyperParameterTuningJobStatus;
  }
});

/** Looks until it holds; the test's own time limit ends what never does. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(100);
}
