import { expect } from "chai";
import { tuningRunPrefix } from "../../../components/names.ts";
import { definitionOf } from "../../../components/retraining-state-machine.ts";
import { failureCause } from "../../../handlers/record-run/failed-job.ts";
import type { CaughtError } from "../../../handlers/record-run/run-state.ts";
import { recorded, run } from "../../support/churn-run.ts";
import { type Execution, TaskError } from "../../support/execution.ts";
import { churn, churnContext, churnTuning, image, tunedContext } from "../../support/pipeline.ts";
import {
  completedJob,
  completedTuning,
  failingFirst,
  listedTrainings,
  runInput,
} from "../../support/run-tasks.ts";

const { bucket, names } = tunedContext();
const title = runInput.title;

interface TuningRequest {
  HyperParameterTuningJobName: string;
  HyperParameterTuningJobConfig: object;
  TrainingJobDefinition: object;
}

function requests(execution: Execution): TuningRequest[] {
  return (execution.calls["Tune Model"] ?? []) as TuningRequest[];
}

describe("tuneModel", () => {
  it("asks for exactly the tuning job that config describes", async () => {
    const execution = await run({}, tunedContext());

    const channel = (name: string, folder: string, distribution: string) => ({
      ChannelName: name,
      ContentType: "text/csv",
      DataSource: {
        S3DataSource: {
          S3DataType: "S3Prefix",
          S3Uri: `s3://${bucket}/output/${title}/${folder}/`,
          S3DataDistributionType: distribution,
        },
      },
    });
    expect(requests(execution)).to.deep.equal([
      {
        HyperParameterTuningJobName: `${tuningRunPrefix(names.tuningPrefix, title)}a1`,
        HyperParameterTuningJobConfig: {
          Strategy: "Bayesian",
          HyperParameterTuningJobObjective: { Type: "Minimize", MetricName: "validation:error" },
          ResourceLimits: { MaxNumberOfTrainingJobs: 6, MaxParallelTrainingJobs: 2 },
          ParameterRanges: {
            IntegerParameterRanges: [
              { Name: "max_depth", MinValue: "2", MaxValue: "8", ScalingType: "Auto" },
            ],
            ContinuousParameterRanges: [
              {
                Name: "eta",
                MinValue: "0.0000001",
                MaxValue: "0.5",
                ScalingType: "Logarithmic",
              },
            ],
            CategoricalParameterRanges: [
              { Name: "grow_policy", Values: ["depthwise", "lossguide"] },
            ],
          },
          TrainingJobEarlyStoppingType: "Auto",
        },
        TrainingJobDefinition: {
          StaticHyperParameters: { objective: "binary:logistic", num_round: "100" },
          AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" },
          RoleArn: "arn:aws:iam::123456789012:role/dev-churn-training",
          InputDataConfig: [
            channel("train", "train", "ShardedByS3Key"),
            channel("validation", "validate", "FullyReplicated"),
          ],
          OutputDataConfig: { S3OutputPath: `s3://${bucket}/models/${title}/` },
          ResourceConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1, VolumeSizeInGB: 10 },
          StoppingCondition: { MaxRuntimeInSeconds: 3600 },
          EnableNetworkIsolation: true,
          EnableInterContainerTrafficEncryption: false,
        },
      },
    ]);
  });

  it("names the range of iterations for Hyperband, and no kind of range that is not searched", async () => {
    const hyperband = { minResource: 5, maxResource: 100 };
    const { max_depth: depth } = churnTuning().ranges;
    const execution = await run(
      {},
      tunedContext({
        strategy: "Hyperband",
        hyperband,
        earlyStopping: "Off",
        ranges: { max_depth: depth as NonNullable<typeof depth> },
      }),
    );

    const [request] = requests(execution);
    expect(request?.HyperParameterTuningJobConfig).to.deep.include({
      Strategy: "Hyperband",
      StrategyConfig: { HyperbandStrategyConfig: { MinResource: 5, MaxResource: 100 } },
    });
    expect(request?.HyperParameterTuningJobConfig)
      .to.have.property("ParameterRanges")
      .that.has.all.keys("IntegerParameterRanges");
  });

  it("gives its training jobs no checkpoints: they would go on from each other's", async () => {
    const training = { ...churn().training, checkpoints: true, tuning: churnTuning() };
    const execution = await run({}, churnContext({ training }));

    expect(requests(execution)[0]?.TrainingJobDefinition).not.to.have.property("CheckpointConfig");
  });

  it("waits for its training jobs one after the other, and no longer than SageMaker's 30 days", () => {
    const seconds = (maxJobs: number) =>
      definitionOf(tunedContext({ maxJobs })).States["Tune Model"]?.["TimeoutSeconds"];

    expect(seconds(6)).to.equal(3 * 3600 + 3600);
    expect(seconds(750)).to.equal(375 * 3600 + 3600);
    expect(seconds(10_000)).to.equal(30 * 24 * 3600 + 3600);
  });
});

describe("a run with a tuning job", () => {
  it("goes on with the best training job as if it had been the only one", async () => {
    const execution = await run({}, tunedContext());

    expect(execution.status).to.equal("SUCCEEDED");
    expect(execution.path).not.to.include("Train Model");
    expect(execution.calls["Describe Best Training"]).to.deep.equal([
      { TrainingJobName: "f9a065dd4a-00112233ff-a1-003-0a1b2c3d" },
    ]);
    expect(recorded(execution)["training"]).to.deep.equal({
      jobName: "f9a065dd4a-00112233ff-a1-003-0a1b2c3d",
      status: "Completed",
      image: "image:3.0-5",
      startedAt: "2026-05-01T10:00:00.000Z",
      seconds: 60,
      billableSeconds: 60,
      hyperparameters: { num_round: "100" },
      metrics: { "train:error": 0.01, "validation:error": 0.05 },
      modelArtifact: "s3://bucket/models/title/job/output/model.tar.gz",
      tuning: {
        jobName: "f9a065dd4a-00112233ff-a1",
        strategy: "Bayesian",
        objective: { metric: "validation:error", direction: "min", value: 0.05 },
        trainings: { completed: 4, stopped: 1, failed: 1 },
        seconds: 90,
        bestJobName: "f9a065dd4a-00112233ff-a1-003-0a1b2c3d",
        tuned: { eta: "0.2", max_depth: "5" },
      },
    });
    expect(execution.calls["Create Model"]).to.have.length(1);
  });

  it("adds up the seconds of all training jobs, however many pages tell of them", async () => {
    const pages = [listedTrainings({ NextToken: "t1" }), listedTrainings(), listedTrainings()];
    const execution = await run({ "Add Up Trainings": (_, calls) => pages[calls] }, tunedContext());

    const asked = { HyperParameterTuningJobName: "f9a065dd4a-00112233ff-a1", MaxResults: 100 };
    expect(execution.calls["Add Up Trainings"]).to.deep.equal([
      asked,
      { ...asked, NextToken: "t1" },
    ]);
    expect(recorded(execution)["training"]).to.have.nested.property("tuning.seconds", 180);
  });

  it("goes on where they cannot be added up, and says so", async () => {
    const execution = await run(
      {
        "Add Up Trainings": () => {
          throw new TaskError("SageMaker.AccessDeniedException", "no");
        },
      },
      tunedContext(),
    );

    expect(execution.status).to.equal("SUCCEEDED");
    expect(recorded(execution)["training"]).to.have.nested.property("tuning.seconds", null);
  });

  it("holds the best one to the gate", async () => {
    const metrics = [{ MetricName: "validation:error", Value: 0.4 }];
    const execution = await run(
      { "Describe Best Training": () => completedJob({ FinalMetricDataList: metrics }) },
      tunedContext(),
    );

    expect(execution).to.include({ status: "FAILED", error: "ModelRejected" });
    expect(execution.calls["Create Model"]).to.equal(undefined);
  });

  it("fails where there is no best one, and says what became of the training jobs", async () => {
    const { BestTrainingJob, ...none } = completedTuning();
    const execution = await run({ "Tune Model": () => none }, tunedContext());

    expect(execution).to.include({
      status: "FAILED",
      error: "TuningFailed",
      cause:
        "tuning job f9a065dd4a-00112233ff-a1 found no best training job: 4 of its training jobs completed, 1 were stopped, " +
        "1 failed, and none reported validation:error",
    });
    expect(recorded(execution)["training"]).to.equal(null);
  });

  it("fails with the tuning job's own reason, at once where that is its own fault", async () => {
    const failed = completedTuning({
      HyperParameterTuningJobStatus: "Failed",
      FailureReason: "No training job succeeded after 5 attempts.",
    });
    const execution = await run(
      { "Tune Model": failingFirst(99, "States.TaskFailed", failed, () => ({})) },
      tunedContext(),
    );

    expect(execution).to.include({ status: "FAILED", error: "TuningFailed" });
    expect(requests(execution)).to.have.length(1);
    const { caught } = recorded(execution).failure as { caught: CaughtError };
    expect(failureCause(caught)).to.equal(
      "tuning job f9a065dd4a-00112233ff-a1: No training job succeeded after 5 attempts.",
    );
  });

  it("starts one more, under another name, after an error of SageMaker's own", async () => {
    const passing = { FailureReason: "InternalServerError: We encountered an internal error." };
    const execution = await run(
      { "Tune Model": failingFirst(1, "States.TaskFailed", passing, () => completedTuning()) },
      tunedContext(),
    );

    expect(execution.status).to.equal("SUCCEEDED");
    expect(
      requests(execution).map(({ HyperParameterTuningJobName: name }) => name.slice(-2)),
    ).to.deep.equal(["a1", "a2"]);
    expect(recorded(execution).failure).to.deep.equal({});
  });

  it("gives up after two tuning jobs", async () => {
    const passing = { FailureReason: "InternalServerError: We encountered an internal error." };
    const execution = await run(
      { "Tune Model": failingFirst(99, "States.TaskFailed", passing, () => ({})) },
      tunedContext(),
    );

    expect(execution).to.include({ status: "FAILED", error: "TuningFailed" });
    expect(requests(execution)).to.have.length(2);
  });

  it("fails where the best one cannot be looked at", async () => {
    const execution = await run(
      {
        "Describe Best Training": () => {
          throw new TaskError("SageMaker.ResourceNotFoundException", "no such job");
        },
      },
      tunedContext(),
    );

    expect(execution).to.include({ status: "FAILED", error: "TuningFailed" });
    expect(recorded(execution)["training"]).to.equal(null);
  });
});
