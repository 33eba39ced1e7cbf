import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { MetricData, SecondaryStatus } from "@aws-sdk/client-sagemaker";
import type { RoleSession } from "../../cloud/authorization/role-session.ts";
import type { CloudContext } from "../../cloud/context.ts";
import { LogStream } from "../../cloud/log-stream.ts";
import type { Wire } from "../../cloud/wire.ts";
import type { Child, Exit } from "../../processes/child.ts";
import { removeFolder } from "../../processes/remove-folder.ts";
import type { Runner } from "../runner.ts";
import type { Runners } from "../runners.ts";
import type { TrainingJobRecord } from "../sagemaker.ts";
import type { Workers } from "../workers.ts";
import { checkpointFolder, downloadCheckpoints, uploadCheckpoints } from "./checkpoints.ts";
import { writeContainerFiles } from "./container-files.ts";
import { downloadChannels } from "./input-channels.ts";
import { MetricScraper } from "./metric-scraper.ts";
import { reclaimInstance } from "./reclaimed-instance.ts";
import { algorithmError, TrainingFailure } from "./training-failure.ts";
import { uploadOutput } from "./upload-output.ts";

/** How long a training container has between SIGTERM and SIGKILL. */
const STOP_GRACE_MS = 120_000;

/** A timer of Node.js runs for 24.8 days at most; a job's limit may be longer. */
const MAX_TIMER_MS = 2 ** 31 - 1;

const noCapacity =
  "CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance type.";

export interface TrainingRunOptions {
  context: CloudContext;
  job: TrainingJobRecord;
  /** Of the role that the job was given. */
  session: RoleSession;
  runners: Runners;
  workers: Workers;
  /** Folder that stands for /opt/ml. */
  base: string;
  /** Called when the run comes to its next step. */
  enter(status: SecondaryStatus): void;
  /** Called with each value of a metric as it appears in the log. */
  metric?: ((name: string, value: number) => void) | undefined;
}

export interface TrainingResult {
  end: "Completed" | "Stopped" | "MaxRuntimeExceeded";
  metrics: Wire<MetricData>[];
}

/** One training job from download to upload. */
export class TrainingRun {
  readonly #options: TrainingRunOptions;
  readonly #metrics: MetricScraper;
  readonly #runner: Runner;
  readonly #stopping = new AbortController();
  readonly #result: Promise<TrainingResult>;
  #child: Child | undefined;
  #end: TrainingResult["end"] = "Completed";

  constructor(options: TrainingRunOptions) {
    this.#options = options;
    const image = options.job.AlgorithmSpecification?.TrainingImage as string;
    this.#runner = options.runners.of(image);
    this.#metrics = new MetricScraper(
      this.#runner.metricDefinitions ?? options.job.AlgorithmSpecification?.MetricDefinitions ?? [],
      options.metric,
    );
    this.#result = this.#run();
  }

  /** @throws TrainingFailure when the job fails */
  done(): Promise<TrainingResult> {
    return this.#result;
  }

  stop(): void {
    this.#endEarly("Stopped", STOP_GRACE_MS);
  }

  /** Ends the process at once; the run's result means nothing any more. */
  async abandon(): Promise<void> {
    this.#endEarly("Stopped", 1000);
    await this.#child?.exited;
  }

  #endEarly(end: "Stopped" | "MaxRuntimeExceeded", graceMs: number): void {
    if (this.#end === "Completed") this.#end = end;
    this.#stopping.abort();
    void this.#child?.stop(graceMs);
  }

  async #run(): Promise<TrainingResult> {
    const { context, job, session, base, enter } = this.#options;
    // The caller hears of nothing before it knows this run.
    await Promise.resolve();
    if (context.faults.strikes("training-no-capacity")) throw new TrainingFailure(noCapacity);
    enter("Downloading");
    const limit = (job.StoppingCondition?.MaxRuntimeInSeconds as number) * 1000;
    const timer = setTimeout(
      () => this.#endEarly("MaxRuntimeExceeded", STOP_GRACE_MS),
      Math.min(limit, MAX_TIMER_MS),
    );
    try {
      if (!(await this.#prepare())) return this.#finished();
      if (!this.#stopping.signal.aborted) enter("Training");
      let { exit, reclaimed } = await this.#train();
      while (reclaimed && this.#end === "Completed") {
        if (!(await this.#startOver())) return this.#finished();
        enter("Training");
        ({ exit, reclaimed } = await this.#train());
      }
      clearTimeout(timer);
      if (this.#end === "Completed") {
        await this.#checkExit(exit);
        enter("Uploading");
      }
      await uploadCheckpoints(session, job, base);
      await uploadOutput(session, job, base);
      return this.#finished();
    } finally {
      clearTimeout(timer);
    }
  }

  #finished(): TrainingResult {
    const silent = this.#options.context.faults.strikes("training-without-metric");
    return { end: this.#end, metrics: silent ? [] : this.#metrics.final() };
  }

  /** Goes on after the loss of a spot instance, on another one: nothing but the checkpoints is left. */
  async #startOver(): Promise<boolean> {
    const { job, session, base, enter } = this.#options;
    enter("Interrupted");
    await uploadCheckpoints(session, job, base);
    await removeFolder(base);
    enter("Starting");
    enter("Downloading");
    return this.#prepare();
  }

  /** Brings data and configuration; false when the job was stopped meanwhile. */
  async #prepare(): Promise<boolean> {
    const { job, session, base } = this.#options;
    const { signal } = this.#stopping;
    try {
      await this.#options.workers.prepare(this.#runner);
      await writeContainerFiles(job, base);
      await downloadChannels(session, job.InputDataConfig ?? [], join(base, "input/data"), signal);
      await downloadCheckpoints(session, job, base, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return !signal.aborted;
  }

  /** @returns how the process ended, and whether its instance was taken away */
  async #train(): Promise<{ exit: Exit; reclaimed: boolean }> {
    const { context, job, session, base, workers } = this.#options;
    const name = job.TrainingJobName as string;
    const stream = `${name}/algo-1-${Math.floor(Date.now() / 1000)}`;
    const log = new LogStream(session.logs, "/aws/sagemaker/TrainingJobs", stream);
    const write = (line: string): void => {
      // As SageMaker's log agent writes a TAB, which its metric expressions count on.
      const escaped = line.replaceAll("\t", "#011");
      log.write(escaped);
      this.#metrics.read(escaped);
    };
    const env = {
      AWS_REGION: context.region,
      TRAINING_JOB_NAME: name,
      TRAINING_JOB_ARN: job.TrainingJobArn as string,
      ...job.Environment,
    };
    const output = { stdout: write, stderr: write };
    this.#child = workers.start(this.#runner, "train", { baseDir: base, env }, output);
    const reclaimed =
      job.EnableManagedSpotTraining === true && context.faults.strikes("spot-interrupted");
    if (reclaimed) {
      await reclaimInstance(this.#child, job.CheckpointConfig && checkpointFolder(job, base));
    }
    const exit = await this.#child.exited;
    await log.close().catch((error: unknown) => {
      context.log(`training job ${name}: log lines were lost: ${String(error)}`);
    });
    return { exit, reclaimed };
  }

  async #checkExit(exit: Exit): Promise<void> {
    if (this.#options.context.faults.strikes("training-algorithm-error")) {
      const words = "the fault training-algorithm-error ended the algorithm";
      throw new TrainingFailure(algorithmError(words, "1"));
    }
    if (exit.code === 0) return;
    const file = join(this.#options.base, "output", "failure");
    const content = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    throw new TrainingFailure(algorithmError(content, exitCode(exit)));
  }
}

/** A shell's way of writing an end by signal, which is SageMaker's too. */
function exitCode(exit: Exit): string {
  if (exit.code !== null) return String(exit.code);
  return String(128 + (exit.signal === "SIGKILL" ? 9 : exit.signal === "SIGSEGV" ? 11 : 15));
}
