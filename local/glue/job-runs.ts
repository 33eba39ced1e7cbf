import { join } from "node:path";
import type { RoleSession } from "../cloud/authorization/role-session.ts";
import type { CloudContext } from "../cloud/context.ts";
import { now } from "../cloud/wire.ts";
import { removeFolderSync } from "../processes/remove-folder.ts";
import { type Glue, isActive, type JobRunRecord } from "./glue.ts";
import type { JobArguments } from "./job-arguments.ts";
import { JobRun, type RunEnd } from "./job-run.ts";
import type { SparkWorkers } from "./spark-workers.ts";
import { heapMegabytes } from "./worker-memory.ts";

export interface JobRunsOptions {
  context: CloudContext;
  jobs: Glue["jobs"];
  runs: Glue["runs"];
  workers: SparkWorkers;
  /** For files of runs in progress. */
  folder: string;
  minuteMs: number;
  /** Of a worker's memory on AWS, what is Spark's heap here. */
  memoryShare: number;
}

/** Runs jobs and keeps the records of their runs true. */
export class JobRuns {
  readonly #options: JobRunsOptions;
  readonly #running = new Map<string, { run: JobRun; ended: Promise<void> }>();
  #closing = false;

  constructor(options: JobRunsOptions) {
    this.#options = options;
    removeFolderSync(options.folder);
    this.#failInterrupted();
  }

  /** Runs what was just recorded; the session is of the job's role, and closed at the end. */
  start(
    record: JobRunRecord,
    scriptLocation: string,
    all: JobArguments,
    session: RoleSession,
  ): void {
    const { context, workers, folder, minuteMs, memoryShare } = this.#options;
    const id = record.Id;
    const timeoutMinutes = Number(record.Timeout);
    const run = new JobRun({
      context,
      session,
      workers,
      heapMegabytes: heapMegabytes(record.WorkerType, memoryShare),
      workerType: record.WorkerType,
      id,
      jobName: record.JobName,
      scriptLocation,
      arguments: all,
      timeoutMinutes,
      timeoutMs: timeoutMinutes * minuteMs,
      folder: join(folder, id),
      onRunning: () => this.#update(id, { JobRunState: "RUNNING" }),
    });
    const began = now();
    const ended = run.done().then((end) => {
      session.close();
      this.#finish(id, began, end);
    });
    this.#running.set(id, { run, ended });
  }

  /** Asks a run in progress to end; it is STOPPED once its processes have. */
  stop(id: string): void {
    this.#update(id, { JobRunState: "STOPPING" });
    this.#running.get(id)?.run.stop();
  }

  /** Ends the processes; the records keep their state, and become FAILED at the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    const running = [...this.#running.values()];
    for (const { run } of running) run.stop();
    await Promise.all(running.map(({ ended }) => ended));
  }

  #finish(id: string, began: number, end: RunEnd): void {
    this.#running.delete(id);
    const time = now();
    this.#update(id, {
      JobRunState: end.state,
      CompletedOn: time,
      // Whole seconds, one at least: the API's own granularity.
      ExecutionTime: Math.max(1, Math.round(time - began)),
      ...("error" in end ? { ErrorMessage: end.error } : {}),
    });
    const { jobs, runs } = this.#options;
    const jobName = runs.get(id)?.JobName ?? "";
    // The job was deleted meanwhile.
    if (!this.#closing && !jobs.get(jobName)) runs.delete(id);
  }

  #update(id: string, changes: Partial<JobRunRecord>): void {
    const record = this.#options.runs.get(id);
    if (this.#closing || !record) return;
    if (record.JobRunState === "STOPPING" && changes.JobRunState === "RUNNING") return;
    this.#options.runs.put(id, { ...record, ...changes, LastModifiedOn: now() });
  }

  /** Runs that an earlier process left in progress: their Spark ended with it. */
  #failInterrupted(): void {
    for (const record of this.#options.runs.values()) {
      if (!isActive(record)) continue;
      this.#update(record.Id, {
        JobRunState: "FAILED",
        CompletedOn: now(),
        ErrorMessage: "Internal service error: the local cloud ended while the run was in progress",
      });
    }
  }
}
