import { type ChildProcess, spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { EngineCloud } from "./engine-cloud.ts";
import { readCommand } from "./engine-command.ts";
import { engineEnvironment } from "./engine-environment.ts";
import { nodeArgsVariable } from "./installation/built-cli.ts";
import type { PulumiCli } from "./installation/pulumi-cli.ts";
import { clearKilledCommands } from "./killed-commands.ts";
import { withPolicyPacks } from "./policy-packs.ts";
import { ProjectFolder } from "./project-folder.ts";
import { type EngineState, stackExists, stackOf } from "./stack-selection.ts";

export interface EngineOptions {
  cli: PulumiCli;
  /** Folder with Pulumi.yaml and the stack files. */
  projectDir: string;
  /** Where the engine keeps stacks, settings and logs: `backend`, `pulumi-home`, `project` and `policy-packs` in it. */
  stateDir: string;
  /** Called ahead of a command that runs the program; what it throws ends the command. */
  beforeProgram?: (stack: string) => Promise<void>;
  /** Gives the cloud, when a command first needs one for a stack. */
  cloud: (stack: string) => Promise<Pick<EngineCloud, "environment" | "providerPort">>;
}

/** How a command is run: its standard streams, and what it is told of the caller's signals. */
export type Launch = (
  command: string,
  args: string[],
  options: { cwd: string; env: Record<string, string> },
) => Promise<number>;

/** Pulumi's own engine and CLI on the local cloud. Any number of commands, one after the other. */
export class Engine {
  readonly #options: EngineOptions;
  readonly #state: EngineState;
  readonly #launch: Launch;

  constructor(options: EngineOptions, launch: Launch = inheritStreams) {
    this.#options = options;
    this.#launch = launch;
    this.#state = {
      backend: join(options.stateDir, "backend"),
      home: join(options.stateDir, "pulumi-home"),
    };
  }

  /**
   * Runs one command of the CLI, as `pulumi ...args` would.
   *
   * @param cwd where the user is: relative paths among the arguments start there
   * @returns the CLI's exit code
   */
  async run(args: readonly string[], cwd = process.cwd()): Promise<number> {
    const { projectDir, stateDir, cloud } = this.#options;
    const command = readCommand(args, cwd);
    await mkdir(this.#state.backend, { recursive: true });
    const folder = await ProjectFolder.open(projectDir, join(stateDir, "project"));
    try {
      const stack = await stackOf(command.stack, this.#state);
      await clearKilledCommands(this.#state.backend, folder.project, stack);
      if (command.needsStack && !stackExists(this.#state, folder.project, stack)) {
        // A stack that a command names is not thereby the one that later commands mean.
        const select = command.stack === undefined ? [] : ["--no-select"];
        const code = await this.#pulumi(folder, ["stack", "init", stack, ...select], undefined);
        if (code !== 0) return code;
      }
      if (command.runsProgram) await this.#options.beforeProgram?.(stack);
      const used = command.needsCloud ? await cloud(stack) : undefined;
      const withPacks = await withPolicyPacks(command.args, {
        folder: join(stateDir, "policy-packs"),
        home: this.#state.home,
      });
      return await this.#pulumi(folder, withPacks, used);
    } finally {
      await folder.copyBack();
    }
  }

  #pulumi(folder: ProjectFolder, args: string[], cloud: Parameters<typeof engineEnvironment>[2]) {
    const { cli } = this.#options;
    const env = engineEnvironment(cli, this.#state, cloud);
    const { path: cwd, nodeArgs } = folder;
    return this.#launch(cli.command, args, { cwd, env: { ...env, [nodeArgsVariable]: nodeArgs } });
  }
}

/** The caller's terminal is the command's. */
const inheritStreams: Launch = async (command, args, options) => {
  const child = spawn(command, args, { ...options, stdio: "inherit" });
  const stop = passSignals(child);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
    });
  } finally {
    stop();
  }
};

/** A first SIGINT lets the engine finish what it began and save its state; this process has to wait for that. */
function passSignals(child: ChildProcess): () => void {
  const pass = (signal: NodeJS.Signals) => {
    // A terminal's Ctrl-C reaches the child anyway, and a second one would end it at once.
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
  };
}
