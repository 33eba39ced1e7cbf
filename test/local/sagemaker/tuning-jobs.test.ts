import {
  CreateHyperParameterTuningJobCommand,
  type CreateHyperParameterTuningJobRequest,
  DescribeHyperParameterTuningJobCommand,
  type DescribeHyperParameterTuningJobResponse,
  DescribeTrainingJobCommand,
  type HyperParameterTrainingJobDefinition,
  type HyperParameterTuningJobConfig,
  ListHyperParameterTuningJobsCommand,
  ListTagsCommand,
  ListTrainingJobsForHyperParameterTuningJobCommand,
  StopHyperParameterTuningJobCommand,
} from "@aws-sdk/client-sagemaker";
import { expect } from "chai";
import { readParameterRanges } from "../../../local/sagemaker/tuning/parameter-ranges.ts";
import { ParameterSpace } from "../../../local/sagemaker/tuning/parameter-space.ts";
import {
  type RandomNumbers,
  randomNumbers,
} from "../../../local/sagemaker/tuning/random-numbers.ts";
import { eventually } from "../../support/eventually.ts";
import { failureOf } from "../../support/failure-of.ts";
import { channel, trainingJob, uniqueName } from "./requests.ts";
import { arnOf, bucket, SageMakerCloud } from "./sagemaker-cloud.ts";

interface Changes {
  name?: string;
  config?: Partial<HyperParameterTuningJobConfig>;
  limits?: Partial<HyperParameterTuningJobConfig["ResourceLimits"]>;
  definition?: Partial<HyperParameterTrainingJobDefinition>;
  fixed?: Record<string, string>;
  rest?: Partial<CreateHyperParameterTuningJobRequest>;
}

/** The grid of one hyperparameter, tried one value after another. */
const inTurn = (...values: string[]) => ({
  config: {
    Strategy: "Grid" as const,
    ParameterRanges: { CategoricalParameterRanges: [{ Name: "x", Values: values }] },
  },
  limits: { MaxNumberOfTrainingJobs: undefined, MaxParallelTrainingJobs: 1 },
});

describe("SageMaker tuning jobs", () => {
  let cloud: SageMakerCloud;

  before(async () => {
    cloud = await SageMakerCloud.start();
    await cloud.put("data/train/part-0.csv", "1,2\n");
  });

  after(() => cloud.stop());

  function request(changes: Changes): CreateHyperParameterTuningJobRequest {
    const { TrainingJobName, HyperParameters, ...definition } = trainingJob();
    return {
      HyperParameterTuningJobName: changes.name ?? uniqueName("tuning"),
      HyperParameterTuningJobConfig: {
        Strategy: "Random",
        HyperParameterTuningJobObjective: { Type: "Minimize", MetricName: "validation:rmse" },
        ParameterRanges: {
          ContinuousParameterRanges: [{ Name: "x", MinValue: "0", MaxValue: "1" }],
        },
        RandomSeed: 1,
        ...changes.config,
        ResourceLimits: {
          MaxNumberOfTrainingJobs: 4,
          MaxParallelTrainingJobs: 2,
          ...changes.limits,
        },
      },
      TrainingJobDefinition: {
        ...(definition as HyperParameterTrainingJobDefinition),
        StaticHyperParameters: { epochs: "2", ...changes.fixed },
        ...changes.definition,
      },
      ...changes.rest,
    };
  }

  async function start(changes: Changes = {}): Promise<string> {
    const input = request(changes);
    await cloud.sagemaker.send(new CreateHyperParameterTuningJobCommand(input));
    return input.HyperParameterTuningJobName as string;
  }

  const describe_ = (
    HyperParameterTuningJobName: string,
  ): Promise<DescribeHyperParameterTuningJobResponse> =>
    cloud.sagemaker.send(
      new DescribeHyperParameterTuningJobCommand({ HyperParameterTuningJobName }),
    );

  const ended = (name: string) =>
    eventually(async () => {
      const job = await describe_(name);
      const going = ["InProgress", "Stopping"].includes(
        job.HyperParameterTuningJobStatus as string,
      );
      return going ? undefined : job;
    });

  async function trainings(
    HyperParameterTuningJobName: string,
    more: Partial<
      ConstructorParameters<typeof ListTrainingJobsForHyperParameterTuningJobCommand>[0]
    > = {},
  ) {
    const { TrainingJobSummaries = [] } = await cloud.sagemaker.send(
      new ListTrainingJobsForHyperParameterTuningJobCommand({
        HyperParameterTuningJobName,
        ...more,
      }),
    );
    return TrainingJobSummaries;
  }

  const objectiveOf = (job: Awaited<ReturnType<typeof trainings>>[number] | undefined) =>
    job?.FinalHyperParameterTuningJobObjectiveMetric?.Value as number;

  it("trains what it draws, each for real, and names the best", async () => {
    const name = await start({ rest: { Tags: [{ Key: "run", Value: "1" }] } });

    const job = await ended(name);

    expect(job.FailureReason).equal(undefined);
    expect(job.HyperParameterTuningJobStatus).equal("Completed");
    expect(job.TrainingJobStatusCounters).deep.equal({
      Completed: 4,
      InProgress: 0,
      RetryableError: 0,
      NonRetryableError: 0,
      Stopped: 0,
    });
    expect(job.ObjectiveStatusCounters).deep.equal({ Succeeded: 4, Pending: 0, Failed: 0 });
    expect(job.HyperParameterTuningEndTime).instanceOf(Date);
    const made = await trainings(name);
    expect(made.map((training) => training.TrainingJobName)).deep.equal(
      made.map((training) => training.TrainingJobName).toSorted(),
    );
    for (const [i, training] of made.entries()) {
      expect(training.TrainingJobName).match(new RegExp(`^${name}-00${i + 1}-[0-9a-f]{8}$`));
      const x = Number(training.TunedHyperParameters?.["x"]);
      expect(objectiveOf(training)).closeTo((x - 0.3) ** 2 + 0.5, 1e-6);
    }
    const least = Math.min(...made.map(objectiveOf));
    expect(job.BestTrainingJob).deep.equal(
      made.find((training) => objectiveOf(training) === least),
    );
  });

  it("hands each training job what is fixed and what is tuned, its tags, and its own name", async () => {
    const name = await start({
      limits: { MaxNumberOfTrainingJobs: 1 },
      fixed: { depth: "3" },
      rest: { Tags: [{ Key: "run", Value: "1" }] },
    });

    const { BestTrainingJob: best } = await ended(name);

    const training = await cloud.sagemaker.send(
      new DescribeTrainingJobCommand({ TrainingJobName: best?.TrainingJobName }),
    );
    expect(training.HyperParameters).deep.equal({
      epochs: "2",
      depth: "3",
      x: best?.TunedHyperParameters?.["x"],
      _tuning_objective_metric: "validation:rmse",
    });
    expect(training.TuningJobArn).equal(arnOf("hyper-parameter-tuning-job", name));
    expect(training.ModelArtifacts?.S3ModelArtifacts).equal(
      `s3://${bucket}/models/${best?.TrainingJobName}/output/model.tar.gz`,
    );
    for (const arn of [training.TrainingJobArn, training.TuningJobArn]) {
      const { Tags } = await cloud.sagemaker.send(new ListTagsCommand({ ResourceArn: arn }));
      expect(Tags).deep.equal([{ Key: "run", Value: "1" }]);
    }
  });

  it("comes closer to the best by Bayesian optimization", async () => {
    const name = await start({
      config: { Strategy: "Bayesian", RandomSeed: 3 },
      limits: { MaxNumberOfTrainingJobs: 10 },
    });

    const job = await ended(name);

    expect(Number(job.BestTrainingJob?.TunedHyperParameters?.["x"])).closeTo(0.3, 0.05);
    expect((await trainings(name)).length).equal(10);
  });

  it("tries every category of a grid, and finds the greatest where asked to", async () => {
    const { config, limits } = inTurn("0.1", "0.9", "0.3");
    const name = await start({
      limits,
      config: {
        ...config,
        HyperParameterTuningJobObjective: { Type: "Maximize", MetricName: "validation:rmse" },
      },
    });

    const job = await ended(name);

    expect(job.BestTrainingJob?.TunedHyperParameters).deep.equal({ x: "0.9" });
    const byValue = await trainings(name, {
      SortBy: "FinalObjectiveMetricValue",
      SortOrder: "Descending",
    });
    expect(byValue.map((training) => training.TunedHyperParameters?.["x"])).deep.equal([
      "0.9",
      "0.1",
      "0.3",
    ]);
  });

  it("goes on when training jobs fail, and counts them", async () => {
    const name = await start(inTurn("no number", "0.1", "nor this", "0.2"));

    const job = await ended(name);

    expect(job.HyperParameterTuningJobStatus).equal("Completed");
    expect(job.TrainingJobStatusCounters).include({ Completed: 2, NonRetryableError: 2 });
    expect(job.ObjectiveStatusCounters).deep.equal({ Succeeded: 2, Pending: 0, Failed: 2 });
    expect(job.BestTrainingJob?.TunedHyperParameters).deep.equal({ x: "0.2" });
    const [failed] = await trainings(name, { StatusEquals: "Failed" });
    expect(failed?.FailureReason).match(/^AlgorithmError/);
  });

  it("fails when all training jobs fail, or none emits the objective", async () => {
    const all = await start(inTurn("a", "b", "c", "d", "e", "f", "g"));
    const silent = await start({
      config: {
        HyperParameterTuningJobObjective: { Type: "Minimize", MetricName: "validation:mae" },
      },
      limits: { MaxNumberOfTrainingJobs: 2 },
    });

    const jobs = await Promise.all([all, silent].map(ended));

    expect(jobs.map((job) => [job.HyperParameterTuningJobStatus, job.FailureReason])).deep.equal([
      [
        "Failed",
        "No training job succeeded after 5 attempts. Please take a look at the training job failures to get more details.",
      ],
      [
        "Failed",
        "No training job succeeded after 2 attempts. Please take a look at the training job failures to get more details.",
      ],
    ]);
    expect(jobs[1]?.TrainingJobStatusCounters).include({ Completed: 2 });
    expect(jobs[1]?.BestTrainingJob).equal(undefined);
  });

  it("stops training jobs that come out worse than the median", async () => {
    const { config, limits } = inTurn("0.3", "0.4", "0.2", "9", "0.3001");
    const name = await start({
      limits,
      config: { ...config, TrainingJobEarlyStoppingType: "Auto" },
      fixed: { stuck: "5" }, // The job for 9 ends only if it is stopped.
    });

    const job = await ended(name);

    expect(job.TrainingJobStatusCounters).include({ Completed: 4, Stopped: 1 });
    const [stopped] = await trainings(name, { StatusEquals: "Stopped" });
    expect(stopped?.TunedHyperParameters).deep.equal({ x: "9" });
    expect(stopped?.ObjectiveStatus).equal("Succeeded");
  });

  it("stops training jobs by Hyperband", async () => {
    const ranges = { CategoricalParameterRanges: [{ Name: "x", Values: ["0.3", "8", "9"] }] };
    const space = new ParameterSpace(readParameterRanges(ranges));
    const name = await start({
      config: {
        Strategy: "Hyperband",
        StrategyConfig: { HyperbandStrategyConfig: { MinResource: 1, MaxResource: 9 } },
        ParameterRanges: ranges,
        // The others never end by themselves, and are stopped because the best came before.
        RandomSeed: seedOf((next) => space.random(next)["x"] === "0.3"),
      },
      limits: { MaxNumberOfTrainingJobs: 3, MaxParallelTrainingJobs: 1 },
      fixed: { epochs: "9", stuck: "5" },
    });

    const job = await ended(name);

    expect(job.TrainingJobStatusCounters).include({ Completed: 1, Stopped: 2 });
    expect(job.BestTrainingJob?.TunedHyperParameters).deep.equal({ x: "0.3" });
  });

  it("ends at the value that was aimed at", async () => {
    const { config, limits } = inTurn("0.9", "0.3", "0.8", "0.7");
    const name = await start({
      limits,
      config: { ...config, TuningJobCompletionCriteria: { TargetObjectiveMetricValue: 0.5001 } },
    });

    const job = await ended(name);

    expect(job.HyperParameterTuningJobStatus).equal("Completed");
    expect(job.BestTrainingJob?.TunedHyperParameters).deep.equal({ x: "0.3" });
    expect(await trainings(name)).length(2);
  });

  it("stops with its training jobs", async () => {
    const name = await start({ fixed: { stuck: "-1" }, limits: { MaxNumberOfTrainingJobs: 9 } });
    await eventually(async () => {
      const made = await trainings(name, { StatusEquals: "InProgress" });
      const lines = await Promise.all(
        made.map((training) =>
          cloud
            .logged("/aws/sagemaker/TrainingJobs", `${training.TrainingJobName}/`)
            .catch((): string[] => []),
        ),
      );
      return (lines.length > 0 && lines.every((each) => each.includes("waiting"))) || undefined;
    });

    const stop = new StopHyperParameterTuningJobCommand({ HyperParameterTuningJobName: name });
    await cloud.sagemaker.send(stop);
    const job = await ended(name);

    expect(job.HyperParameterTuningJobStatus).equal("Stopped");
    expect(job.TrainingJobStatusCounters?.InProgress).equal(0);
    const made = await trainings(name);
    expect(new Set(made.map((training) => training.TrainingJobStatus))).deep.equal(
      new Set(["Stopped"]),
    );
    expect((await failureOf(cloud.sagemaker.send(stop))).message).include("is in status Stopped");
  });

  const range = { Name: "x", MinValue: "0", MaxValue: "1" };
  for (const [what, changes] of [
    ["both static and tuned", { fixed: { x: "1" } }],
    [
      "[validation:loss], isn't valid for the algorithm",
      {
        config: {
          HyperParameterTuningJobObjective: { Type: "Minimize", MetricName: "validation:loss" },
        },
      },
    ],
    ["must specify MaxNumberOfTrainingJobs", { limits: { MaxNumberOfTrainingJobs: undefined } }],
    ["at most 100", { limits: { MaxParallelTrainingJobs: 101 } }],
    ["CategoricalParameterRanges only", { config: { Strategy: "Grid" } }],
    ["must be 2, the number of combinations", { ...inTurn("1", "2"), limits: {} }],
    [
      "must be Off with strategy Hyperband",
      { config: { Strategy: "Hyperband", TrainingJobEarlyStoppingType: "Auto" } },
    ],
    [
      "needs HyperbandStrategyConfig.MaxResource",
      { config: { Strategy: "Hyperband" }, fixed: { epochs: "" } },
    ],
    ["ResourceLimits.MaxRuntimeInSeconds", { limits: { MaxRuntimeInSeconds: 600 } }],
    [
      "WarmStartConfig",
      {
        rest: {
          WarmStartConfig: {
            WarmStartType: "TransferLearning",
            ParentHyperParameterTuningJobs: [{ HyperParameterTuningJobName: "a" }],
          },
        },
      },
    ],
    ["Autotune", { rest: { Autotune: { Mode: "Enabled" } } }],
    [
      "CheckpointConfig",
      { definition: { CheckpointConfig: { S3Uri: `s3://${bucket}/checkpoints` } } },
    ],
    [
      "No S3 objects found",
      { definition: { InputDataConfig: [channel("train", "data/nothing/")] } },
    ],
    [
      "different hyperparameters: x, x",
      {
        config: { ParameterRanges: { ContinuousParameterRanges: [range, range] } },
      },
    ],
    ["failed to satisfy constraint", { name: "a".repeat(33) }],
  ] as [string, Changes][]) {
    it(`refuses: ${what}`, async () => {
      const error = await failureOf(start(changes));

      expect(error.name).equal("ValidationException");
      expect(error.message).include(what);
    });
  }

  it("refuses a name that was used, and knows none that was not", async () => {
    const name = await start({ limits: { MaxNumberOfTrainingJobs: 1 } });

    const taken = await failureOf(start({ name }));
    const unknown = await failureOf(describe_("nobody"));

    expect(taken.name).equal("ResourceInUse");
    expect(unknown).include({
      name: "ResourceNotFound",
      message: "Amazon SageMaker can't find a tuning job called nobody. Type another name.",
    });
    await ended(name);
  });

  it("lists tuning jobs, and says after a restart that interrupted ones failed", async () => {
    const done = await start({ name: "listed-a", limits: { MaxNumberOfTrainingJobs: 1 } });
    await ended(done);
    const running = await start({ name: "listed-b", fixed: { stuck: "-1" } });
    await eventually(async () => (await trainings(running)).length > 0 || undefined);

    await cloud.restart();

    const { HyperParameterTuningJobSummaries: jobs = [] } = await cloud.sagemaker.send(
      new ListHyperParameterTuningJobsCommand({ NameContains: "listed" }),
    );
    expect(
      jobs.map((job) => [job.HyperParameterTuningJobName, job.HyperParameterTuningJobStatus]),
    ).deep.equal([
      [done, "Completed"],
      [running, "Failed"],
    ]);
    expect(jobs[0]?.Strategy).equal("Random");
    expect((await describe_(running)).FailureReason).match(/^InternalServerError: /);
    expect(jobs[1]?.TrainingJobStatusCounters).include({ InProgress: 0 });
    expect(jobs[1]?.TrainingJobStatusCounters?.RetryableError).greaterThan(0);
  });
});

/** The first seed whose numbers are so. */
function seedOf(isWanted: (next: RandomNumbers) => boolean): number {
  for (let seed = 0; ; seed++) if (isWanted(randomNumbers(seed))) return seed;
}
