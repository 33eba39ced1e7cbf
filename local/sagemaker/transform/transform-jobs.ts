import { join } from "node:path";
import type { Collection } from "../../cloud/collection.ts";
import type { CloudContext } from "../../cloud/context.ts";
import { now } from "../../cloud/wire.ts";
import { removeFolder, removeFolderSync } from "../../processes/remove-folder.ts";
import { servedModel } from "../hosting/deployment.ts";
import { failureReason, interruptedReason } from "../job-failure.ts";
import type { Runners } from "../runners.ts";
import type { ModelRecord, TransformJobRecord } from "../sagemaker.ts";
import type { Workers } from "../workers.ts";
import { batchEnvironment } from "./execution-parameters.ts";
import { TransformRun } from "./transform-run.ts";

/** Runs transform jobs and keeps their records true. */
export class TransformJobs {
  readonly #context: CloudContext;
  readonly #records: Collection<TransformJobRecord>;
  readonly #runners: Runners;
  readonly #workers: Workers;
  readonly #folder: string;
  readonly #running = new Map<string, { run: TransformRun; ended: Promise<void> }>();
  #closing = false;

  constructor(
    context: CloudContext,
    records: Collection<TransformJobRecord>,
    runners: Runners,
    workers: Workers,
  ) {
    this.#context = context;
    this.#records = records;
    this.#runners = runners;
    this.#workers = workers;
    this.#folder = join(context.stateDir, "sagemaker", "work", "transform");
    this.#failInterrupted();
  }

  /** Runs a job that was just recorded. The model may be deleted meanwhile. */
  start(name: string, model: ModelRecord): void {
    const job = this.#record(name);
    const folder = join(this.#folder, name);
    const served = servedModel(model, "container", folder);
    const run = new TransformRun({
      context: this.#context,
      job,
      model: {
        ...served,
        environment: { ...served.environment, ...job.Environment, ...batchEnvironment(job) },
      },
      runners: this.#runners,
      workers: this.#workers,
      folder,
      started: () => this.#update(name, { TransformStartTime: now() }),
    });
    const ended = this.#follow(name, run).finally(() => this.#running.delete(name));
    this.#running.set(name, { run, ended });
  }

  stop(name: string): void {
    const running = this.#running.get(name);
    if (!running || this.#record(name).TransformJobStatus === "Stopping") return;
    this.#update(name, { TransformJobStatus: "Stopping" });
    void running.run.stop();
  }

  /** Ends the processes; the records keep saying InProgress and become Failed at the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    const running = [...this.#running.values()];
    await Promise.all(running.map(({ run, ended }) => run.stop().then(() => ended)));
  }

  async #follow(name: string, run: TransformRun): Promise<void> {
    try {
      const status = await run.done();
      this.#update(name, { TransformJobStatus: status, TransformEndTime: now() });
    } catch (error) {
      if (this.#closing) return;
      this.#fail(name, failureReason(this.#context, `transform job ${name}`, error as Error));
    } finally {
      await removeFolder(join(this.#folder, name)).catch(({ message }) =>
        this.#context.log(message),
      );
    }
  }

  #fail(name: string, reason: string): void {
    this.#update(name, {
      TransformJobStatus: "Failed",
      FailureReason: reason,
      TransformEndTime: now(),
    });
  }

  #update(name: string, changes: Partial<TransformJobRecord>): void {
    if (this.#closing) return;
    this.#records.put(name, { ...this.#record(name), ...changes, LastModifiedTime: now() });
  }

  #record(name: string): TransformJobRecord {
    const record = this.#records.get(name);
    if (!record) throw new Error(`there is no record of transform job ${name}`);
    return record;
  }

  /** Jobs that an earlier process left in progress: their workers ended with it. */
  #failInterrupted(): void {
    removeFolderSync(this.#folder);
    for (const job of this.#records.values()) {
      if (job.TransformJobStatus !== "InProgress" && job.TransformJobStatus !== "Stopping")
        continue;
      this.#fail(job.TransformJobName as string, interruptedReason);
    }
  }
}
