import type { HyperParameterTuningJobStatus, Tag } from "@aws-sdk/client-sagemaker";
import { now } from "../../cloud/wire.ts";
import { failureReason, interruptedReason } from "../job-failure.ts";
import type { SageMaker, TuningJobRecord } from "../sagemaker.ts";
import type { ParameterSpace } from "./parameter-space.ts";
import { TuningRun } from "./tuning-run.ts";

/** Runs hyperparameter tuning jobs and keeps their records true. */
export class TuningJobs {
  readonly #context: SageMaker["context"];
  readonly #records: SageMaker["tuningJobs"];
  readonly #running = new Map<string, { run: TuningRun; ended: Promise<void> }>();
  #closing = false;

  constructor(context: SageMaker["context"], records: SageMaker["tuningJobs"]) {
    this.#context = context;
    this.#records = records;
    this.#failInterrupted();
  }

  /** Runs a job that was just recorded. */
  start(sagemaker: SageMaker, name: string, space: ParameterSpace, tags: readonly Tag[]): void {
    const run = new TuningRun({
      sagemaker,
      tags,
      space,
      record: () => this.#record(name),
      launched: (training, tuned) => {
        const record = this.#record(name);
        const trainings = [...record.trainings, { name: training, tuned }];
        this.#records.put(name, { ...record, trainings });
      },
    });
    const ended = this.#follow(name, run).finally(() => this.#running.delete(name));
    this.#running.set(name, { run, ended });
  }

  stop(name: string): void {
    const running = this.#running.get(name);
    const { description } = this.#record(name);
    if (!running || description.HyperParameterTuningJobStatus === "Stopping") return;
    this.#update(name, { HyperParameterTuningJobStatus: "Stopping" });
    running.run.stop();
  }

  /**
   * Waits for the end of the training jobs, which are ended with theirs. The records keep saying InProgress and become Failed at
   * the next start.
   */
  async close(): Promise<void> {
    this.#closing = true;
    const running = [...this.#running.values()];
    for (const { run } of running) run.abandon();
    await Promise.all(running.map(({ ended }) => ended));
  }

  async #follow(name: string, run: TuningRun): Promise<void> {
    try {
      this.#finish(name, await run.done());
    } catch (error) {
      if (this.#closing) return;
      const reason = failureReason(this.#context, `tuning job ${name}`, error as Error);
      this.#finish(name, "Failed", { FailureReason: reason });
    }
  }

  #finish(
    name: string,
    status: HyperParameterTuningJobStatus,
    changes: Partial<TuningJobRecord["description"]> = {},
  ): void {
    this.#update(name, {
      ...changes,
      HyperParameterTuningJobStatus: status,
      HyperParameterTuningEndTime: now(),
    });
  }

  #update(name: string, changes: Partial<TuningJobRecord["description"]>): void {
    if (this.#closing) return;
    const record = this.#record(name);
    const description = { ...record.description, ...changes, LastModifiedTime: now() };
    this.#records.put(name, { ...record, description });
  }

  #record(name: string): TuningJobRecord {
    const record = this.#records.get(name);
    if (!record) throw new Error(`there is no record of tuning job ${name}`);
    return record;
  }

  /** Jobs that an earlier process left in progress: their training jobs ended with it. */
  #failInterrupted(): void {
    for (const { description } of this.#records.values()) {
      const { HyperParameterTuningJobStatus: status } = description;
      if (status !== "InProgress" && status !== "Stopping") continue;
      this.#finish(description.HyperParameterTuningJobName, "Failed", {
        FailureReason: interruptedReason,
      });
    }
  }
}
