import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { DescribeExecutionCommand } from "@aws-sdk/client-sfn";
import { executionArnOf } from "../../components/execution-arn.ts";
import { putInput } from "../../local/cli/put-input.ts";
import { projectRoot } from "../../local/setup/node-packages.mjs";
import type { PipelineOutputs } from "../../scripts/stack-outputs.ts";
import { type CloudClients, cloudClients } from "./cloud-clients.ts";
import { until } from "./until.ts";

/** `npm run local` as a user starts it: a process of its own, spoken to through what it prints. */
export class LocalCommand {
  /** All that it printed, on both streams. */
  output = "";
  clients!: CloudClients;
  churn!: PipelineOutputs;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.output += stripVTControlCharacters(chunk.toString());
      });
    }
  }

  /**
   * @param env the whole environment of the command
   * @param through whose child the program is
   */
  static async start(
    args: string[],
    env: Record<string, string>,
    through: "node" | "npm" = "node",
  ): Promise<LocalCommand> {
    const program = join(projectRoot, "local", "cli", "local.ts");
    const [file, ...before] =
      through === "npm" ? ["npm", "run", "local", "--"] : [process.execPath, program];
    const child = spawn(file as string, [...before, ...args], {
      cwd: projectRoot,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const command = new LocalCommand(child);
    try {
      await until("the end of npm run local's start", async () => command.#started(), 60);
      const environment = command.#environment();
      const url = environment["AWS_ENDPOINT_URL"] ?? "";
      const region = environment["AWS_REGION"] ?? "";
      command.clients = cloudClients({ url, region, environment });
      command.churn = {
        bucket: command.#printed("bucket"),
        uploadCommand: command.#printed("uploadCommand"),
        stateMachineArn: command.#printed("stateMachineArn"),
        endpointName: command.#printed("endpointName"),
      };
      return command;
    } catch (error) {
      await command.stop();
      throw error;
    }
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  /** Uploads an input; returns the title of the run that it is to start. */
  async upload(key: string, body: string): Promise<string> {
    return (await putInput(this.clients.s3, this.churn, key, body)).title;
  }

  /** Waits until the run is there; returns its status. */
  started(title: string): Promise<string> {
    return until(`the start of run ${title}`, () => this.#status(title));
  }

  /** Uploads and waits for the end of the run; returns its title. */
  async run(key: string, body: string): Promise<string> {
    const title = await this.upload(key, body);
    await this.started(title);
    await this.ended(title);
    return title;
  }

  /** Waits for the end of the run; returns its status. */
  ended(title: string): Promise<string> {
    const ended = async () => {
      const status = await this.#status(title);
      return status === "RUNNING" ? undefined : status;
    };
    return until(`the end of run ${title}`, ended, 60);
  }

  /** Ends it as Ctrl-C does; returns its exit code. */
  async stop(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, "exit");
      this.#child.kill("SIGINT");
      await ended;
    }
    return this.#child.exitCode;
  }

  async #status(title: string): Promise<string | undefined> {
    const executionArn = executionArnOf(this.churn.stateMachineArn, title);
    const answer = await this.clients.sfn
      .send(new DescribeExecutionCommand({ executionArn }))
      .catch((error: Error) => {
        if (error.name === "ExecutionDoesNotExist") return undefined;
        throw error;
      });
    return answer?.status;
  }

  #started(): true | undefined {
    if (this.#child.exitCode !== null) throw new Error(`npm run local ended:\n${this.output}`);
    return this.output.includes("Ctrl-C ends it") || undefined;
  }

  #environment(): Record<string, string> {
    const lines = this.output.matchAll(/^ *export (\w+)=(.*)$/gm);
    return Object.fromEntries([...lines].map(([, name, value]) => [name, value]));
  }

  #printed(output: string): string {
    const value = new RegExp(`^ +${output} +(.*)$`, "m").exec(this.output)?.[1];
    if (value === undefined) throw new Error(`npm run local printed no ${output}:\n${this.output}`);
    return value;
  }
}
