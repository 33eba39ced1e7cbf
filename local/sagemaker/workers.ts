import type { Interpreters } from "../cloud/context.ts";
import { type Child, spawnChild } from "../processes/child.ts";
import type { Runner } from "./runners.ts";

export type WorkerKind = "train" | "serve";

export interface WorkerJob {
  /** What stands for /opt/ml. */
  baseDir: string;
  /** The container's environment, beside what Python itself needs. */
  env: Record<string, string>;
}

export interface WorkerOutput {
  stdout(line: string): void;
  stderr(line: string): void;
}

/**
 * Starts the processes that stand for containers. One of each kind can be started ahead of its job, so that
 * loading its libraries overlaps other work.
 */
export class Workers {
  readonly #interpreters: Interpreters;
  readonly #standby = new Map<string, { child: Child; output: SwitchableOutput }>();

  constructor(interpreters: Interpreters) {
    this.#interpreters = interpreters;
  }

  /** Starts a process that waits for a job, unless one waits already. */
  warmUp(runner: Runner, kind: WorkerKind): void {
    const key = standbyKey(runner, kind);
    if (this.#standby.has(key)) return;
    const output = new SwitchableOutput();
    const child = this.#spawn(runner, kind, ["--standby"], {}, output);
    this.#standby.set(key, { child, output });
    void child.exited.then(() => {
      if (this.#standby.get(key)?.child === child) this.#standby.delete(key);
    });
  }

  /** Runs a job in the process that waits, or in a new one. */
  start(runner: Runner, kind: WorkerKind, job: WorkerJob, output: WorkerOutput): Child {
    const key = standbyKey(runner, kind);
    const waiting = this.#standby.get(key);
    if (!waiting) {
      const env = { ...job.env, SAGEMAKER_BASE_DIR: job.baseDir };
      return this.#spawn(runner, kind, [], env, output);
    }
    this.#standby.delete(key);
    waiting.output.to = output;
    waiting.child.stdin.write(`${JSON.stringify(job)}\n`);
    return waiting.child;
  }

  async close(): Promise<void> {
    const waiting = [...this.#standby.values()];
    this.#standby.clear();
    await Promise.all(waiting.map(({ child }) => child.stop(1000)));
  }

  #spawn(
    runner: Runner,
    kind: WorkerKind,
    args: string[],
    env: Record<string, string>,
    output: WorkerOutput,
  ): Child {
    return spawnChild({
      command: this.#interpreters[runner.interpreter],
      args: ["-m", kind === "train" ? runner.trainModule : runner.serveModule, ...args],
      cwd: runner.packageFolder,
      env: {
        PATH: "/usr/local/bin:/usr/bin:/bin",
        LANG: "C.UTF-8",
        PYTHONPATH: runner.packageFolder,
        PYTHONUNBUFFERED: "1",
        ...env,
      },
      onStdoutLine: (line) => output.stdout(line),
      onStderrLine: (line) => output.stderr(line),
    });
  }
}

/** Output of a process whose job is not known yet. */
class SwitchableOutput implements WorkerOutput {
  to: WorkerOutput | undefined;

  stdout(line: string): void {
    // The protocol's own line says that the process waits; it is no output of a job.
    if (line !== "standby") this.to?.stdout(line);
  }

  stderr(line: string): void {
    this.to?.stderr(line);
  }
}

function standbyKey(runner: Runner, kind: WorkerKind): string {
  return `${kind} ${runner.repository}:${runner.tags.join(",")}`;
}
