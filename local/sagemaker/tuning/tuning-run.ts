import { randomBytes, randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import type { Tag } from "@aws-sdk/client-sagemaker";
import { AwsError } from "../../cloud/aws-error.ts";
import { JobFailure } from "../job-failure.ts";
import type { SageMaker, TuningJobRecord } from "../sagemaker.ts";
import { startTrainingJob } from "../training/start-training-job.ts";
import { bayesianSearch } from "./bayesian-search.ts";
import { EarlyStopping } from "./early-stopping.ts";
import type { Hyperparameters, ParameterSpace } from "./parameter-space.ts";
import { randomNumbers } from "./random-numbers.ts";
import { gridSearch, randomSearch, type Search } from "./search.ts";
import { trainingRequest } from "./training-request.ts";
import { lossOf, trainingSummaries } from "./training-summary.ts";

/** After so many training jobs without an objective SageMaker gives up. */
const MAX_FIRST_FAILURES = 5;

/** Ends a tuning job as Failed. */
export class TuningFailure extends JobFailure {}

export interface TuningRunOptions {
  sagemaker: SageMaker;
  /** Of the tuning job, and so of its training jobs. */
  tags: readonly Tag[];
  space: ParameterSpace;
  /** The tuning job's record, as it is now. */
  record(): TuningJobRecord;
  /** Adds a training job to it. */
  launched(name: string, tuned: Hyperparameters): void;
}

/** One tuning job, from its first training job to the end of the last. */
export class TuningRun {
  readonly #options: TuningRunOptions;
  readonly #description: TuningJobRecord["description"];
  readonly #config: TuningJobRecord["description"]["HyperParameterTuningJobConfig"];
  readonly #search: Search;
  readonly #earlyStopping: EarlyStopping;
  readonly #going = new Map<string, Promise<void>>();
  readonly #result: Promise<"Completed" | "Stopped">;
  /** What turns a value of the objective into a loss. */
  readonly #sign: 1 | -1;
  #stopped = false;

  constructor(options: TuningRunOptions) {
    this.#options = options;
    this.#description = options.record().description;
    this.#config = this.#description.HyperParameterTuningJobConfig;
    this.#sign = this.#config.HyperParameterTuningJobObjective?.Type === "Maximize" ? -1 : 1;
    this.#search = searchOf(this.#config, options.space);
    this.#earlyStopping = new EarlyStopping(
      this.#config,
      this.#description.TrainingJobDefinition,
      (name) => options.sagemaker.trainingJobs.get(name)?.TrainingJobStatus === "Completed",
    );
    this.#result = this.#run();
  }

  /** @throws TuningFailure when no training job succeeds, or one cannot be begun */
  done(): Promise<"Completed" | "Stopped"> {
    return this.#result;
  }

  /** Begins no more training jobs, and stops those in progress. */
  stop(): void {
    this.abandon();
    this.#stopTrainings();
  }

  /** Begins no more training jobs. */
  abandon(): void {
    this.#stopped = true;
  }

  async #run(): Promise<"Completed" | "Stopped"> {
    // The caller hears of nothing before it knows this run.
    await Promise.resolve();
    try {
      while (!this.#stopped && !this.#isTargetReached()) {
        await this.#launchSome();
        if (this.#going.size === 0) break;
        await Promise.race(this.#going.values());
        this.#refuseFruitless(MAX_FIRST_FAILURES);
      }
    } catch (error) {
      await this.#endTrainings();
      throw error;
    }
    if (this.#isTargetReached()) await this.#endTrainings();
    await Promise.all(this.#going.values());
    if (this.#stopped) return "Stopped";
    this.#refuseFruitless(1);
    return "Completed";
  }

  #isTargetReached(): boolean {
    const target = this.#config.TuningJobCompletionCriteria?.TargetObjectiveMetricValue;
    if (target === undefined) return false;
    const goal = this.#sign * target;
    return this.#losses().some((loss) => loss !== undefined && loss <= goal);
  }

  async #launchSome(): Promise<void> {
    const limits = this.#config.ResourceLimits;
    const most = limits?.MaxNumberOfTrainingJobs ?? this.#options.space.size;
    // A training job takes a core of this machine at least.
    const parallel = Math.min(limits?.MaxParallelTrainingJobs ?? 1, availableParallelism());
    while (this.#going.size < parallel && !this.#stopped) {
      const number = this.#options.record().trainings.length + 1;
      const tuned = number > most ? undefined : this.#propose();
      if (tuned === undefined) return;
      await this.#launch(number, tuned);
    }
  }

  #propose(): Hyperparameters | undefined {
    const { trainings } = this.#options.record();
    const losses = this.#losses();
    return this.#search({
      tried: trainings.map(({ tuned }) => tuned),
      pending: trainings.filter(({ name }) => this.#going.has(name)).map(({ tuned }) => tuned),
      observed: trainings.flatMap(({ tuned: values }, i) => {
        const loss = losses[i];
        return loss === undefined ? [] : [{ values, loss }];
      }),
    });
  }

  async #launch(number: number, tuned: Hyperparameters): Promise<void> {
    const { sagemaker, tags, launched } = this.#options;
    const description = this.#description;
    const suffix = `${String(number).padStart(3, "0")}-${randomBytes(4).toString("hex")}`;
    const name = `${description.HyperParameterTuningJobName}-${suffix}`;
    const objective = this.#config.HyperParameterTuningJobObjective?.MetricName as string;
    const definition = description.TrainingJobDefinition;
    try {
      await startTrainingJob(sagemaker, trainingRequest(name, definition, tuned, objective, tags), {
        tuningJobArn: description.HyperParameterTuningJobArn as string,
        metric: (metric, value) => {
          if (metric !== objective) return;
          const stops = this.#earlyStopping.observe(name, this.#sign * value);
          if (stops) sagemaker.training.stop(name);
        },
      });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new TuningFailure(`ClientError: Training job ${name}: ${error.message}`);
    }
    launched(name, tuned);
    const ended = sagemaker.training.ended(name).then(() => void this.#going.delete(name));
    this.#going.set(name, ended);
    if (this.#stopped) sagemaker.training.stop(name);
  }

  /** @throws TuningFailure when so many training jobs have ended and none of them has an objective */
  #refuseFruitless(attempts: number): void {
    if (this.#stopped) return;
    const ended = trainingSummaries(this.#options.sagemaker, this.#options.record()).filter(
      ({ ObjectiveStatus: status }) => status !== "Pending",
    );
    if (ended.some(({ ObjectiveStatus: status }) => status === "Succeeded")) return;
    if (ended.length < attempts) return;
    throw new TuningFailure(
      `No training job succeeded after ${ended.length} attempts. Please take a look at the training job failures to get more details.`,
    );
  }

  async #endTrainings(): Promise<void> {
    this.#stopTrainings();
    await Promise.all(this.#going.values());
  }

  #stopTrainings(): void {
    for (const name of this.#going.keys()) this.#options.sagemaker.training.stop(name);
  }

  #losses(): (number | undefined)[] {
    return trainingSummaries(this.#options.sagemaker, this.#options.record()).map(lossOf);
  }
}

/** Hyperband draws at random, as Random does: what sets it apart is when it stops. */
function searchOf(
  {
    Strategy: strategy,
    RandomSeed: seed,
  }: TuningJobRecord["description"]["HyperParameterTuningJobConfig"],
  space: ParameterSpace,
): Search {
  const next = randomNumbers(seed ?? randomInt(2 ** 31));
  if (strategy === "Grid") return gridSearch(space);
  return strategy === "Bayesian" ? bayesianSearch(space, next) : randomSearch(space, next);
}
