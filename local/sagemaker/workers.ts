import { type Child, spawnChild } from "../processes/child.ts";
import type { ContainerProgram, ContainerUse, Runner } from "./runner.ts";

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
  readonly #programs = new Map<string, Record<ContainerUse, ContainerProgram>>();
  readonly #standby = new Map<string, { child: Child; output: SwitchableOutput }>();
  #closed = false;

  /** Makes a runner's processes ready to be started: the first time, its libraries may have to be installed. */
  async prepare(runner: Runner): Promise<void> {
    if (!this.#programs.has(runner.name)) this.#programs.set(runner.name, await runner.programs());
  }

  /** Starts a process that waits for a job, unless one waits already or the runner's processes cannot wait. */
  async warmUp(runner: Runner, use: ContainerUse): Promise<void> {
    if (!runner.standby) return;
    await this.prepare(runner);
    const key = standbyKey(runner, use);
    if (this.#closed || this.#standby.has(key)) return;
    const output = new SwitchableOutput();
    const child = this.#spawn(runner, use, ["--standby"], {}, output);
    this.#standby.set(key, { child, output });
    void child.exited.then(() => {
      if (this.#standby.get(key)?.child === child) this.#standby.delete(key);
    });
  }

  /** Runs a job of a prepared runner in the process that waits, or in a new one. */
  start(runner: Runner, use: ContainerUse, job: WorkerJob, output: WorkerOutput): Child {
    const key = standbyKey(runner, use);
    const waiting = this.#standby.get(key);
    if (!waiting) {
      const env = { ...job.env, SAGEMAKER_BASE_DIR: job.baseDir };
      return this.#spawn(runner, use, [], env, output);
    }
    this.#standby.delete(key);
    waiting.output.to = output;
    waiting.child.stdin.write(`${JSON.stringify(job)}\n`);
    return waiting.child;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const waiting = [...this.#standby.values()];
    this.#standby.clear();
    await Promise.all(waiting.map(({ child }) => child.stop(1000)));
  }

  #spawn(
    runner: Runner,
    use: ContainerUse,
    args: string[],
    env: Record<string, string>,
    output: WorkerOutput,
  ): Child {
    const program = this.#programs.get(runner.name)?.[use];
    if (!program) throw new Error(`the runner of ${runner.name} was not prepared`);
    return spawnChild({
      command: program.command,
      args: [...program.args, ...args],
      cwd: program.cwd,
      env: {
        PATH: "/usr/local/bin:/usr/bin:/bin",
        LANG: "C.UTF-8",
        PYTHONUNBUFFERED: "1",
        ...program.env,
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

function standbyKey(runner: Runner, use: ContainerUse): string {
  return `${use} ${runner.name}`;
}
