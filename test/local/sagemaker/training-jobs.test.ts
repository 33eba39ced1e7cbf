import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetObjectCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import {
  DescribeTrainingJobCommand,
  ListTrainingJobsCommand,
  StopTrainingJobCommand,
} from "@aws-sdk/client-sagemaker";
import { expect } from "chai";
import { removeFolder } from "../../../local/processes/remove-folder.ts";
import { unpackArchive } from "../../../local/sagemaker/tar.ts";
import { eventually } from "../../support/eventually.ts";
import { failureOf } from "../../support/failure-of.ts";
import { roleArn } from "../ministack-fixture.ts";
import { channel, start } from "./requests.ts";
import { arnOf, bucket, fakeImage, SageMakerCloud } from "./sagemaker-cloud.ts";

describe("SageMaker training jobs", () => {
  let cloud: SageMakerCloud;

  before(async () => {
    cloud = await SageMakerCloud.start();
    await cloud.put("data/train/part-0.csv", "1,2\n");
    await cloud.put("data/train/nested/part-1.csv", "0,3\n");
    await cloud.put("data/validation/part-0.csv", "1,9\n");
  });

  after(() => cloud.stop());

  it("runs a job on its channels and uploads the model", async () => {
    const name = await start(cloud, {
      HyperParameters: { depth: "3" },
      InputDataConfig: [channel("train", "data/train"), channel("validation", "data/validation/")],
    });

    const job = await cloud.ended(name);

    expect(job.FailureReason).equal(undefined);
    expect(job.TrainingJobStatus).equal("Completed");
    expect(job.SecondaryStatus).equal("Completed");
    expect(job.ModelArtifacts?.S3ModelArtifacts).equal(
      `s3://${bucket}/models/${name}/output/model.tar.gz`,
    );
    const model = await fakeModel(name);
    expect(model["hyperparameters"]).deep.equal({ depth: "3" });
    expect(model["data"]).deep.equal({
      "train/part-0.csv": "1,2\n",
      "train/nested/part-1.csv": "0,3\n",
      "validation/part-0.csv": "1,9\n",
    });
    expect(model["inputdataconfig"]).deep.equal({
      train: channelConfig,
      validation: channelConfig,
    });
    expect(model["resourceconfig"]).include({
      current_host: "algo-1",
      network_interface_name: "eth0",
    });
    expect(model["environment"]).deep.equal({
      TRAINING_JOB_NAME: name,
      TRAINING_JOB_ARN: arnOf("training-job", name),
    });
    expect(await uploaded(`models/${name}/output/output.tar.gz`)).equal(false);
  });

  it("goes through SageMaker's steps in order, without gaps", async () => {
    const name = await start(cloud);

    const job = await cloud.ended(name);

    const steps = job.SecondaryStatusTransitions ?? [];
    expect(steps.map((step) => step.Status)).deep.equal([
      "Starting",
      "Downloading",
      "Training",
      "Uploading",
      "Completed",
    ]);
    for (const [i, step] of steps.entries()) {
      const next = steps[i + 1] ?? step;
      expect(step.EndTime?.getTime()).equal(
        (next === step ? step.EndTime : next.StartTime)?.getTime(),
      );
      expect(step.StatusMessage).a("string").not.equal("");
    }
    expect(job.TrainingStartTime?.getTime()).equal(steps[1]?.StartTime?.getTime());
    expect(job.TrainingTimeInSeconds).greaterThanOrEqual(1);
    expect(job.BillableTimeInSeconds).equal(job.TrainingTimeInSeconds);
  });

  it("scrapes the last value of each metric from a log with TABs", async () => {
    const lines = [
      "[0]\ttrain-error:0.30000\tvalidation-error:0.40000",
      "[1]\ttrain-error:0.10000\tvalidation-error:0.20000",
      "validation-rmse:5 without a round is no metric",
      "[1]\tvalidation-auc:nan",
    ];
    const name = await start(cloud, { HyperParameters: { print: JSON.stringify(lines) } });

    const job = await cloud.ended(name);

    const metrics = job.FinalMetricDataList?.map(({ MetricName, Value }) => [MetricName, Value]);
    expect(metrics).deep.equal([
      ["train:error", 0.1],
      ["validation:error", 0.2],
    ]);
    expect(job.FinalMetricDataList?.[0]?.Timestamp).instanceOf(Date);
    const log = await cloud.logged("/aws/sagemaker/TrainingJobs", `${name}/algo-1-`);
    expect(log).include("[0]#011train-error:0.30000#011validation-error:0.40000");
    expect(log).include("a line on stderr");
  });

  it("fails with what the container wrote to its failure file", async () => {
    const name = await start(cloud, { HyperParameters: { fail: `bad data ${"x".repeat(2000)}` } });

    const job = await cloud.ended(name);

    expect(job.TrainingJobStatus).equal("Failed");
    expect(job.SecondaryStatusTransitions?.at(-1)?.Status).equal("Failed");
    expect(job.FailureReason)
      .match(/^AlgorithmError: bad data x+, exit code: 1$/)
      .length(1024);
    expect(await uploaded(`models/${name}/output/model.tar.gz`)).equal(false);
  });

  it("uploads output/data as output.tar.gz", async () => {
    const name = await start(cloud, { HyperParameters: { output: "notes" } });

    await cloud.ended(name);

    expect(await fileOf(`models/${name}/output/output.tar.gz`, "notes.txt")).equal("notes");
  });

  it("stops a job and keeps the model that it saved", async () => {
    const name = await start(cloud, { HyperParameters: { wait: "save" } });
    await waiting(name);

    await cloud.sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: name }));
    const job = await cloud.ended(name);

    expect(job.TrainingJobStatus).equal("Stopped");
    expect(job.SecondaryStatusTransitions?.map((step) => step.Status)).deep.equal([
      "Starting",
      "Downloading",
      "Training",
      "Stopping",
      "Stopped",
    ]);
    expect(await uploaded(`models/${name}/output/model.tar.gz`)).equal(true);
  });

  it("stops a job that saves nothing, whatever its exit code", async () => {
    const name = await start(cloud, { HyperParameters: { wait: "exit" } });
    await waiting(name);

    await cloud.sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: name }));
    const job = await cloud.ended(name);

    expect(job.TrainingJobStatus).equal("Stopped");
    expect(job.FailureReason).equal(undefined);
    expect(await uploaded(`models/${name}/output/model.tar.gz`)).equal(false);
    const again = await failureOf(
      cloud.sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: name })),
    );
    expect(again.name).equal("ValidationException");
    expect(again.message).equal(
      "The request was rejected because the training job is in status Stopped.",
    );
  });

  it("ends a job that exceeds its maximum run time", async () => {
    const name = await start(cloud, {
      HyperParameters: { wait: "exit" },
      StoppingCondition: { MaxRuntimeInSeconds: 1 },
    });

    const job = await cloud.ended(name);

    expect(job.TrainingJobStatus).equal("Stopped");
    expect(job.SecondaryStatus).equal("MaxRuntimeExceeded");
  });

  it("hands checkpoints from one spot job to the next", async () => {
    const spot = {
      HyperParameters: { checkpoint: "state" },
      EnableManagedSpotTraining: true,
      StoppingCondition: { MaxRuntimeInSeconds: 600, MaxWaitTimeInSeconds: 1200 },
      CheckpointConfig: { S3Uri: `s3://${bucket}/checkpoints/` },
    };

    const first = await start(cloud, spot);
    await cloud.ended(first);
    await cloud.ended(await start(cloud, spot));

    expect(await uploaded("checkpoints/checkpoint-0")).equal(true);
    expect(await uploaded("checkpoints/checkpoint-1")).equal(true);
    expect((await fakeModel(first))["checkpointconfig"]).include({
      LocalPath: "/opt/ml/checkpoints",
    });
  });

  it("gives a job to the worker that waits", async () => {
    await cloud.service.warmUp(fakeImage);
    const warm = await start(cloud);
    await cloud.ended(warm);
    const cold = await start(cloud);
    await cloud.ended(cold);

    expect((await fakeModel(warm))["standby"]).equal(true);
    expect((await fakeModel(warm))["environment"]).include({ TRAINING_JOB_NAME: warm });
    expect((await fakeModel(cold))["standby"]).equal(false);
  });

  it("writes the same archive for the same model", async () => {
    const body = async (name: string) => {
      await cloud.ended(name);
      const object = await cloud.context.s3.send(
        new GetObjectCommand({ Bucket: bucket, Key: `models/${name}/output/output.tar.gz` }),
      );
      return Buffer.from((await object.Body?.transformToByteArray()) ?? []).toString("hex");
    };

    const first = await body(await start(cloud, { HyperParameters: { output: "same" } }));
    const second = await body(await start(cloud, { HyperParameters: { output: "same" } }));

    expect(second).equal(first);
  });

  it("refuses a name that was used before", async () => {
    const name = await start(cloud);

    const error = await failureOf(start(cloud, { TrainingJobName: name }));

    expect(error.name).equal("ResourceInUse");
    expect(error.message)
      .include("Training job names must be unique")
      .include(arnOf("training-job", name));
  });

  it("refuses channels without objects and buckets that do not exist", async () => {
    for (const uri of [`s3://${bucket}/nothing/here`, "s3://no-such-bucket/train"]) {
      const train = channel("train", "");
      train.DataSource.S3DataSource.S3Uri = uri;

      const error = await failureOf(start(cloud, { InputDataConfig: [train] }));

      expect(error.name).equal("ValidationException");
      expect(error.message).include(`No S3 objects found under S3 URL "${uri}"`).include(roleArn);
    }
  });

  it("fails as SageMaker does when the output bucket is missing", async () => {
    const name = await start(cloud, {
      OutputDataConfig: { S3OutputPath: "s3://no-such-bucket/x" },
    });

    const job = await cloud.ended(name);

    expect(job.TrainingJobStatus).equal("Failed");
    expect(job.FailureReason).include("ClientError: Artifact upload failed");
  });

  it("knows no job that was never created", async () => {
    for (const command of [
      new DescribeTrainingJobCommand({ TrainingJobName: "nobody" }),
      new StopTrainingJobCommand({ TrainingJobName: "nobody" }),
    ]) {
      const error = await failureOf(cloud.sagemaker.send(command as DescribeTrainingJobCommand));

      expect(error.name).equal("ValidationException");
      expect(error.message).equal("Requested resource not found.");
    }
  });

  it("lists jobs by name, status and time, page by page", async () => {
    const names = [];
    for (const suffix of ["a", "b", "c"]) {
      names.push(await start(cloud, { TrainingJobName: `listed-${suffix}` }));
    }
    await Promise.all(names.map((name) => cloud.ended(name)));
    const list = (more: object) =>
      cloud.sagemaker.send(new ListTrainingJobsCommand({ NameContains: "listed", ...more }));

    const first = await list({ MaxResults: 2, SortBy: "Name", SortOrder: "Descending" });
    const second = await list({
      MaxResults: 2,
      SortBy: "Name",
      SortOrder: "Descending",
      NextToken: first.NextToken,
    });

    const found = [...(first.TrainingJobSummaries ?? []), ...(second.TrainingJobSummaries ?? [])];
    expect(found.map((job) => job.TrainingJobName)).deep.equal([
      "listed-c",
      "listed-b",
      "listed-a",
    ]);
    expect(second.NextToken).equal(undefined);
    expect((await list({ StatusEquals: "Failed" })).TrainingJobSummaries).deep.equal([]);
    const future = new Date(Date.now() + 60_000);
    expect((await list({ CreationTimeAfter: future })).TrainingJobSummaries).deep.equal([]);
  });

  it("says after a restart that interrupted jobs failed, and keeps ended ones", async () => {
    const ended = await start(cloud);
    await cloud.ended(ended);
    const running = await start(cloud, { HyperParameters: { wait: "save" } });
    await waiting(running);

    await cloud.restart();

    expect((await cloud.ended(ended)).TrainingJobStatus).equal("Completed");
    const job = await cloud.ended(running);
    expect(job.TrainingJobStatus).equal("Failed");
    expect(job.FailureReason).match(/^InternalServerError: /);
  });

  const channelConfig = {
    ContentType: "text/csv",
    RecordWrapperType: "None",
    S3DistributionType: "FullyReplicated",
    TrainingInputMode: "File",
  };

  async function fakeModel(job: string): Promise<Record<string, unknown>> {
    return JSON.parse(await fileOf(`models/${job}/output/model.tar.gz`, "fake-model"));
  }

  async function fileOf(key: string, file: string): Promise<string> {
    const object = await cloud.context.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const folder = await mkdtemp(join(tmpdir(), "unpacked-"));
    await unpackArchive(Buffer.from((await object.Body?.transformToByteArray()) ?? []), folder);
    const text = await readFile(join(folder, file), "utf8");
    await removeFolder(folder);
    return text;
  }

  async function uploaded(key: string): Promise<boolean> {
    try {
      await cloud.context.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      return true;
    } catch (error) {
      if ((error as Error).name === "NotFound") return false;
      throw error;
    }
  }

  /** Until the fake worker's handler for SIGTERM is in place. */
  async function waiting(job: string): Promise<void> {
    await eventually(async () => {
      const lines = await cloud
        .logged("/aws/sagemaker/TrainingJobs", `${job}/algo-1-`)
        .catch((): string[] => []);
      return lines.includes("waiting") || undefined;
    });
  }
});
