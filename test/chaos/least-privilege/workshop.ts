import {
  ListHyperParameterTuningJobsCommand,
  ListTrainingJobsCommand,
} from "@aws-sdk/client-sagemaker";
import { type PipelineNames, tuningRunPrefix } from "../../../components/names.ts";
import type { ExperimentCloud, FinishedRun, Upload } from "../experiment-cloud.ts";
import { acceptedInput } from "../inputs.ts";
import { trainingStatuses, tuningStatuses } from "./job-statuses.ts";
import { duringTraining, duringTuning } from "./long-jobs.ts";
import { RunWorkshop } from "./run-workshop.ts";

/** The workshop of the pipeline churn. */
export class Workshop extends RunWorkshop {
  readonly names: PipelineNames;
  readonly endpointName: string;
  #seed = 1000;
  #jobs = 0;
  #abortedInTraining: Upload | undefined;
  #abortedInTuning: Upload | undefined;
  #earlier: Upload | undefined;

  constructor(bench: ExperimentCloud) {
    super(bench);
    this.names = bench.names;
    this.endpointName = bench.churn.endpointName;
  }

  get outputs() {
    return this.bench.churn;
  }

  /** A run from an input that was not there before. */
  run(): Promise<FinishedRun> {
    return this.bench.run(acceptedInput(this.#seed++));
  }

  async upload(): Promise<Upload> {
    return this.bench.upload(acceptedInput(this.#seed++));
  }

  async severalVersions(): Promise<void> {
    await this.bench.serving();
    while ((await this.titles()).length < 2) await this.run();
  }

  /** An upload whose run has ended long since. */
  async earlierUpload(): Promise<Upload> {
    this.#earlier ??= await this.run();
    return this.#earlier;
  }

  /** An event of a run whose version does not serve. */
  async unrecordedOldRun() {
    return this.unrecorded(await this.oldTitle());
  }

  /** Does `work` while a training job goes on that no execution waits for. */
  async duringTraining<T>(work: () => Promise<T>): Promise<T> {
    const { sagemaker } = this.bench.clients;
    const { TrainingJobSummaries: [last] = [] } = await sagemaker.send(
      new ListTrainingJobsCommand({ StatusEquals: "Completed", SortOrder: "Descending" }),
    );
    const name = `${this.names.runPrefix}long-${++this.#jobs}`;
    return duringTraining(sagemaker, last?.TrainingJobName, name, work);
  }

  /** Does `work` while a tuning job goes on that no execution waits for. */
  async duringTuning<T>(work: () => Promise<T>): Promise<T> {
    const { sagemaker } = this.bench.clients;
    const { HyperParameterTuningJobSummaries: [last] = [] } = await sagemaker.send(
      new ListHyperParameterTuningJobsCommand({
        StatusEquals: "Completed",
        SortBy: "CreationTime",
        SortOrder: "Descending",
      }),
    );
    const name = `${this.names.tuningPrefix}long-${++this.#jobs}`;
    return duringTuning(sagemaker, last?.HyperParameterTuningJobName, name, work);
  }

  abortInTraining(): Promise<Upload> {
    const { sagemaker } = this.bench.clients;
    return this.abortAtWork((title) => trainingStatuses(sagemaker, title));
  }

  async abortedInTraining(): Promise<Upload> {
    this.#abortedInTraining ??= await this.abortInTraining();
    return this.#abortedInTraining;
  }

  abortInTuning(): Promise<Upload> {
    const { sagemaker } = this.bench.clients;
    const { tuningPrefix } = this.names;
    return this.abortAtWork((title) =>
      tuningStatuses(sagemaker, tuningRunPrefix(tuningPrefix, title)),
    );
  }

  async abortedInTuning(): Promise<Upload> {
    this.#abortedInTuning ??= await this.abortInTuning();
    return this.#abortedInTuning;
  }
}
