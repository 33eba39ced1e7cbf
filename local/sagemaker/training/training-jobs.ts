import { join } from "node:path";
import type { SecondaryStatus, TrainingJobStatus } from "@aws-sdk/client-sagemaker";
import type { RoleSession } from "../../cloud/authorization/role-session.ts";
import type { Collection } from "../../cloud/collection.ts";
import type { CloudContext } from "../../cloud/context.ts";
import { now } from "../../cloud/wire.ts";
import { removeFolder, removeFolderSync } from "../../processes/remove-folder.ts";
import { failureReason, interruptedReason } from "../job-failure.ts";
import type { Runners } from "../runners.ts";
import type { TrainingJobRecord } from "../sagemaker.ts";
import type { Workers } from "../workers.ts";
import { TrainingRun, type TrainingRunOptions } from "./training-run.ts";

/** SageMaker's own words for each step. */
const messages: Partial<Record<SecondaryStatus, string>> = {
  Downloading: "Downloading input data",
  Training: "Training image download completed. Training in progress.",
  Uploading: "Uploading generated training model",
  Stopping: "Stopping the training job",
  Stopped: "Training job stopped",
  Interrupted: "The managed spot training instances were interrupted",
  MaxRuntimeExceeded: "Training job runtime exceeded MaxRuntimeInSeconds provided",
  Completed: "Training job completed",
  Failed: "Training job failed",
};

/** Runs training jobs and keeps their records true. */
export class TrainingJobs {
  readonly #context: CloudContext;
  readonly #records: Collection<TrainingJobRecord>;
  readonly #runners: Runners;
  readonly #workers: Workers;
  readonly #folder: string;
  readonly #running = new Map<string, { run: TrainingRun; ended: Promise<void> }>();
  #closing = false;

  constructor(
    context: CloudContext,
    records: Collection<TrainingJobRecord>,
    runners: Runners,
    workers: Workers,
  ) {
    this.#context = context;
    this.#records = records;
    this.#runners = runners;
    this.#workers = workers;
    this.#folder = join(context.stateDir, "sagemaker", "work", "training");
    this.#failInterrupted();
  }

  /**
   * Runs a job that was just recorded; the session is of its role, and closed at its end.
   * @param metric called with each value of a metric as it appears in the log
   */
  start(name: string, session: RoleSession, metric?: TrainingRunOptions["metric"]): void {
    if (this.#closing) {
      session.close(); // The record becomes Failed at the next start.
      return;
    }
    const job = this.#record(name);
    const run = new TrainingRun({
      context: this.#context,
      job,
      session,
      runners: this.#runners,
      workers: this.#workers,
      base: join(this.#folder, name),
      enter: (status) => {
        this.#enter(name, status);
        if (status === "Training" && this.#context.faults.strikes("training-stopped")) {
          setImmediate(() => this.stop(name));
        }
      },
      metric,
    });
    const ended = this.#follow(name, run).finally(() => {
      session.close();
      this.#running.delete(name);
    });
    this.#running.set(name, { run, ended });
  }

  /** Resolves when a job has ended; at once when it has. */
  async ended(name: string): Promise<void> {
    await this.#running.get(name)?.ended;
  }

  /** Asks a job in progress to stop: SIGTERM, and SIGKILL when it has not ended two minutes later. */
  stop(name: string): void {
    const running = this.#running.get(name);
    if (!running || this.#record(name).TrainingJobStatus === "Stopping") return;
    this.#enter(name, "Stopping", { TrainingJobStatus: "Stopping" });
    running.run.stop();
  }

  /** Ends the processes; the records keep saying InProgress and become Failed at the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    const running = [...this.#running.values()];
    await Promise.all(running.map(({ run, ended }) => run.abandon().then(() => ended)));
  }

  async #follow(name: string, run: TrainingRun): Promise<void> {
    try {
      const { end, metrics } = await run.done();
      this.#update(name, { FinalMetricDataList: metrics });
      const status = end === "Completed" ? "Completed" : "Stopped";
      this.#finish(name, status, end);
    } catch (error) {
      if (this.#closing) return;
      const reason = failureReason(this.#context, `training job ${name}`, error as Error);
      this.#finish(name, "Failed", "Failed", { FailureReason: reason });
    } finally {
      await removeFolder(join(this.#folder, name)).catch(({ message }) =>
        this.#context.log(message),
      );
    }
  }

  #finish(
    name: string,
    status: TrainingJobStatus,
    secondary: SecondaryStatus,
    changes: Partial<TrainingJobRecord> = {},
  ): void {
    if (this.#closing) return;
    const end = now();
    const start = this.#record(name).TrainingStartTime;
    // Whole seconds, one at least: the API's own granularity.
    const seconds = start === undefined ? undefined : Math.max(1, Math.round(end - start));
    this.#enter(name, secondary, {
      ...changes,
      TrainingJobStatus: status,
      ...(seconds === undefined
        ? {}
        : {
            TrainingEndTime: end,
            TrainingTimeInSeconds: seconds,
            BillableTimeInSeconds: seconds,
          }),
    });
  }

  #enter(name: string, status: SecondaryStatus, changes: Partial<TrainingJobRecord> = {}): void {
    if (this.#closing) return;
    const job = this.#record(name);
    const time = now();
    const transitions = [...(job.SecondaryStatusTransitions ?? [])];
    const last = transitions.pop();
    if (last) transitions.push({ ...last, EndTime: time });
    const ended = ["Completed", "Failed", "Stopped", "MaxRuntimeExceeded"].includes(status);
    transitions.push({
      Status: status,
      StartTime: time,
      ...(ended ? { EndTime: time } : {}),
      StatusMessage: messages[status],
    });
    this.#update(name, {
      ...changes,
      SecondaryStatus: status,
      SecondaryStatusTransitions: transitions,
      ...(status === "Downloading" ? { TrainingStartTime: job.TrainingStartTime ?? time } : {}),
    });
  }

  #update(name: string, changes: Partial<TrainingJobRecord>): void {
    if (this.#closing) return;
    this.#records.put(name, { ...this.#record(name), ...changes, LastModifiedTime: now() });
  }

  #record(name: string): TrainingJobRecord {
    const record = this.#records.get(name);
    if (!record) throw new Error(`there is no record of training job ${name}`);
    return record;
  }

  /** Jobs that an earlier process left in progress: their workers ended with it. */
  #failInterrupted(): void {
    removeFolderSync(this.#folder);
    for (const job of this.#records.values()) {
      if (job.TrainingJobStatus !== "InProgress" && job.TrainingJobStatus !== "Stopping") continue;
      this.#finish(job.TrainingJobName as string, "Failed", "Failed", {
        FailureReason: interruptedReason,
      });
    }
  }
}
