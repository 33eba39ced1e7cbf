import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { allEnded } from "../../handlers/all-ended.ts";
import type { RoleSession } from "../cloud/authorization/role-session.ts";
import type { CloudContext } from "../cloud/context.ts";
import { LogStream } from "../cloud/log-stream.ts";
import { removeFolder } from "../processes/remove-folder.ts";
import { BucketFolders, downloadObject } from "./bucket-folders.ts";
import {
  extraPythonFiles,
  hadoopSettings,
  type JobArguments,
  runLogs,
  scriptArguments,
} from "./job-arguments.ts";
import { parseS3Uri } from "./s3-uri.ts";
import type { ScriptRun, SparkWorker } from "./spark-worker.ts";
import type { SparkWorkers } from "./spark-workers.ts";

export type RunEnd =
  | { state: "SUCCEEDED" | "STOPPED" }
  | { state: "TIMEOUT" | "FAILED"; error: string };

export interface JobRunOptions {
  context: CloudContext;
  /** Of the job's role. */
  session: RoleSession;
  workers: SparkWorkers;
  /** Of the Spark process that runs the script. */
  heapMegabytes: number;
  workerType: string | undefined;
  id: string;
  jobName: string;
  scriptLocation: string;
  /** All of them: defaults, the run's own, fixed ones. */
  arguments: JobArguments;
  timeoutMs: number;
  /** What the timeout says it was. */
  timeoutMinutes: number;
  /** The run's own; removed at its end. */
  folder: string;
  /** Called when the script starts. */
  onRunning: () => void;
}

/** Thrown where a run is, to end it before its script does. */
class Interruption extends Error {
  readonly state: "STOPPED" | "TIMEOUT";

  constructor(state: "STOPPED" | "TIMEOUT") {
    super(state);
    this.state = state;
  }
}

/** What setTimeout can wait at most. */
const longestTimerMs = 2 ** 31 - 1;

/** One run of a job: brings script and inputs, runs the script, and puts its output into S3 if it succeeds. */
export class JobRun {
  readonly #options: JobRunOptions;
  readonly #interrupted = Promise.withResolvers<never>();

  constructor(options: JobRunOptions) {
    this.#options = options;
    this.#interrupted.promise.catch(() => {}); // Seen wherever the run waits.
  }

  /** Ends the run, wherever it is. */
  stop(): void {
    this.#interrupted.reject(new Interruption("STOPPED"));
  }

  /** Runs to the end. Never rejects: what went wrong is the run's error. */
  async done(): Promise<RunEnd> {
    const { context, folder, timeoutMinutes } = this.#options;
    try {
      return await this.#run();
    } catch (error) {
      if (error instanceof Interruption) {
        if (error.state === "STOPPED") return { state: "STOPPED" };
        const message = `Job run exceeded its timeout of ${timeoutMinutes} minutes`;
        return { state: "TIMEOUT", error: message };
      }
      context.log(`glue: run ${this.#options.id} failed: ${(error as Error).stack}`);
      return { state: "FAILED", error: (error as Error).message };
    } finally {
      await removeFolder(folder).catch(({ message }) => context.log(`glue: ${message}`));
    }
  }

  async #run(): Promise<RunEnd> {
    const { context, session, folder, workers, onRunning, timeoutMs } = this.#options;
    const access = { role: session.s3, own: context.s3 };
    const buckets = new BucketFolders(access, join(folder, "s3"));
    const values = Object.values(this.#options.arguments);
    // All at once: a Spark process that has to start takes longer than the files.
    const taken = workers.take(this.#options.heapMegabytes);
    const fetched = allEnded([
      this.#fetchScript(buckets),
      buckets.stage(values).catch(permissionError),
    ]);
    const prepared = Promise.all([fetched, taken]);
    const [[script], worker] = await this.#unlessInterrupted(prepared).catch(async (error) => {
      void taken.then((unused) => workers.giveBack(unused));
      await fetched.catch(() => {}); // No file may appear once the run's folder is removed.
      throw error;
    });
    onRunning();
    if (context.faults.strikes("glue-fails")) {
      workers.giveBack(worker);
      return { state: "FAILED", error: "RuntimeError: the fault glue-fails ended the script" };
    }
    const timesOut = context.faults.strikes("glue-times-out");
    const timer = setTimeout(
      () => this.#interrupted.reject(new Interruption("TIMEOUT")),
      timesOut ? 0 : Math.min(timeoutMs, longestTimerMs),
    );
    try {
      const error = await this.#runScript(worker, script);
      if (error !== null) return { state: "FAILED", error };
      await this.#unlessInterrupted(buckets.upload().catch(permissionError));
      return { state: "SUCCEEDED" };
    } finally {
      clearTimeout(timer);
    }
  }

  async #fetchScript(buckets: BucketFolders): Promise<ScriptRun> {
    const { id, jobName, scriptLocation, arguments: all, folder, session } = this.#options;
    const cwd = join(folder, "cwd");
    await mkdir(cwd, { recursive: true });
    const [script, pyFiles] = await allEnded([
      this.#fetch(scriptLocation, "script"),
      allEnded(extraPythonFiles(all).map((uri, i) => this.#fetch(uri, `py-files/${i}`))),
    ]);
    const argv = scriptArguments({ id, jobName }, all);
    const hadoop = hadoopSettings(all);
    const { accessKeyId, secretAccessKey, sessionToken } = await session.credentials();
    const env = {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    };
    return { run: id, script, argv, pyFiles, buckets: buckets.folders, hadoop, cwd, env };
  }

  async #fetch(uri: string, place: string): Promise<string> {
    const location = parseS3Uri(uri);
    if (!location?.key) throw new Error(`LAUNCH ERROR | ${uri} is not the s3:// URI of an object`);
    const file = join(this.#options.folder, place, basename(location.key));
    try {
      await downloadObject(this.#options.session.s3, location, file);
    } catch (error) {
      if ((error as Error).name === "AccessDenied") {
        throw new Error(
          `LAUNCH ERROR | Error downloading from S3 for bucket: ${location.bucket}, key: ${location.key}. ${(error as Error).message}`,
        );
      }
      if (!["NoSuchKey", "NoSuchBucket"].includes((error as Error).name)) throw error;
      throw new Error(`LAUNCH ERROR | S3 Not Found: ${uri}`);
    }
    return file;
  }

  async #runScript(worker: SparkWorker, script: ScriptRun): Promise<string | null> {
    const { context, session, workers, id, arguments: all } = this.#options;
    const logs = runLogs(id, all);
    const output = new LogStream(session.logs, logs.outputGroup, logs.stream);
    const errors = new LogStream(session.logs, logs.errorGroup, logs.stream);
    try {
      const running = worker.run(script, (stream, line) =>
        (stream === "stdout" ? output : errors).write(line),
      );
      const error = await this.#unlessInterrupted(running);
      workers.giveBack(worker);
      return error;
    } catch (error) {
      await workers.kill(worker);
      throw this.#outOfMemory(error as Error) ?? error;
    } finally {
      for (const closed of await Promise.allSettled([output.close(), errors.close()])) {
        if (closed.status === "rejected") {
          context.log(`glue: run ${id}: log lines are lost: ${closed.reason}`);
        }
      }
    }
  }

  /** What to do about a Java that ended for want of memory. */
  #outOfMemory({ message }: Error): Error | undefined {
    if (!message.includes("java.lang.OutOfMemoryError")) return undefined;
    const { workerType = "a job without a worker type", heapMegabytes } = this.#options;
    return new Error(
      `The data did not fit into Spark's memory: for ${workerType} that is ${heapMegabytes} MB on this machine. ` +
        `Choose a larger worker type (etl.workerType).\n${message}`,
    );
  }

  async #unlessInterrupted<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#interrupted.promise]);
  }
}

/** A denial of S3 in the words of a script's failure: on AWS it is the script that meets it. */
function permissionError(error: Error): never {
  if (error.name !== "AccessDenied") throw error;
  throw new Error(`Error Category: PERMISSION_ERROR; ${error.message}`);
}
