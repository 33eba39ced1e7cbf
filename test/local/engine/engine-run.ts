import { join } from "node:path";
import { Engine, type Launch } from "../../../local/engine/engine.ts";
import { spawnChild } from "../../../local/processes/child.ts";
import type { EngineTestCloud } from "./engine-cloud.ts";
import type { Project } from "./project.ts";
import { pulumiCli } from "./pulumi-cli.ts";

/** What the engine did with one resource. */
export interface Step {
  op: string;
  type: string;
  name: string;
  /** Paths of the inputs that differ. */
  changed: string[];
}

export interface Outcome {
  code: number;
  /** Standard output and error, as they came. */
  text: string;
  /** All but those that left a resource as it was. */
  steps: Step[];
  /** The engine's own summary: operations by how many resources. */
  changes: Record<string, number>;
}

interface StepMetadata {
  op: string;
  urn: string;
  type: string;
  detailedDiff?: Record<string, unknown> | null;
}

interface EngineEvent {
  resourcePreEvent?: { metadata: StepMetadata };
  summaryEvent?: { resourceChanges?: Record<string, number> };
}

/** Runs the engine's commands on a test's project and keeps what they print. */
export class EngineRun {
  readonly #engine: Engine;
  readonly #lines: string[] = [];
  #interruptAt: RegExp | undefined;
  #signal: NodeJS.Signals = "SIGINT";
  /** To write the state after each step takes most of the time: only those who are killed need it. */
  #checkpoints = false;

  private constructor(engine: (launch: Launch) => Engine) {
    this.#engine = engine((command, args, options) => this.#launch(command, args, options));
  }

  static async of(project: Project, cloud: EngineTestCloud): Promise<EngineRun> {
    const cli = await pulumiCli();
    const stateDir = join(project.folder, ".state");
    const options = { cli, projectDir: project.folder, stateDir, cloud: async () => cloud };
    return new EngineRun((launch) => new Engine(options, launch));
  }

  /** Any command, for its text. */
  async run(...args: string[]): Promise<{ code: number; text: string }> {
    this.#lines.length = 0;
    const code = await this.#engine.run(args);
    return { code, text: this.#lines.join("\n") };
  }

  preview(...args: string[]): Promise<Outcome> {
    return this.#events("preview", ...args);
  }

  up(...args: string[]): Promise<Outcome> {
    return this.#events("up", "--yes", "--skip-preview", ...args);
  }

  refresh(...args: string[]): Promise<Outcome> {
    return this.#events("refresh", "--yes", "--skip-preview", ...args);
  }

  destroy(...args: string[]): Promise<Outcome> {
    return this.#events("destroy", "--yes", "--skip-preview", ...args);
  }

  /** What `command` does when it gets a SIGINT as soon as it prints a line that matches. */
  async interrupted(at: RegExp, command: () => Promise<Outcome>): Promise<Outcome> {
    this.#interruptAt = at;
    try {
      return await command();
    } finally {
      this.#interruptAt = undefined;
    }
  }

  /** What `command` does when it is killed as soon as it prints a line that matches. */
  async killed(at: RegExp, command: () => Promise<Outcome>): Promise<Outcome> {
    this.#signal = "SIGKILL";
    this.#checkpoints = true;
    try {
      return await this.interrupted(at, command);
    } finally {
      this.#signal = "SIGINT";
      this.#checkpoints = false;
    }
  }

  async #events(...args: string[]): Promise<Outcome> {
    const { code, text } = await this.run(...args, "--json");
    const events: EngineEvent[] = text
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line));
    const steps = events.flatMap(({ resourcePreEvent }) =>
      resourcePreEvent === undefined ? [] : [stepOf(resourcePreEvent.metadata)],
    );
    const summary = events.find(({ summaryEvent }) => summaryEvent !== undefined)?.summaryEvent;
    return {
      code,
      text,
      steps: steps.filter(({ op }) => op !== "same"),
      changes: summary?.resourceChanges ?? {},
    };
  }

  #launch: Launch = async (command, args, { cwd, env }) => {
    const onLine = (line: string) => {
      this.#lines.push(line);
      if (!this.#interruptAt?.test(line)) return;
      this.#interruptAt = undefined; // A second signal would end the engine at once.
      process.kill(child.pid, this.#signal);
    };
    const child = spawnChild({
      command,
      args,
      cwd,
      env: {
        ...env,
        PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true",
        ...(this.#checkpoints ? {} : { PULUMI_SKIP_CHECKPOINTS: "true" }),
      },
      onStdoutLine: onLine,
      onStderrLine: onLine,
    });
    return (await child.exited).code ?? 1;
  };
}

function stepOf({ op, urn, type, detailedDiff }: StepMetadata): Step {
  return {
    op,
    type,
    name: urn.split("::").at(-1) ?? "",
    changed: Object.keys(detailedDiff ?? {}).sort(),
  };
}
