import { setTimeout as delay } from "node:timers/promises";
import type { CloudContext } from "../../cloud/context.ts";
import type { LogStream } from "../../cloud/log-stream.ts";
import { freePort } from "../../free-port.ts";
import type { Child } from "../../processes/child.ts";
import type { Runner } from "../runner.ts";
import { WorkerConnections } from "../runtime/worker-connections.ts";
import type { WorkerResponse } from "../runtime/worker-response.ts";
import type { Workers } from "../workers.ts";
import { answersPing } from "./container-ping.ts";
import { type DeployedVariant, type ServedModel, unhealthy } from "./deployment.ts";

/** How long a worker whose requests are done has to end. */
const STOP_GRACE_MS = 2000;

/** Waits between restarts of a worker that ended by itself. */
const RESTART_DELAYS_MS = [0, 1000, 5000, 15_000, 30_000];

export interface ModelServerOptions<Model extends ServedModel> {
  context: CloudContext;
  variant: Model;
  runner: Runner;
  workers: Workers;
  log: LogStream;
  /** Whether a worker that ends by itself is started again. @default true */
  restarts?: boolean;
  /** How long a worker may take to answer. @default 60,000: SageMaker's limit for endpoints */
  responseTimeoutMs?: number;
}

/** The worker process that serves one model, and the way to it. One that ends by itself is started again. */
export class ModelServer<Model extends ServedModel = DeployedVariant> {
  readonly variant: Model;
  readonly #options: ModelServerOptions<Model>;
  #child: Child | undefined;
  #connections: WorkerConnections | undefined;
  #stopped = false;
  #inFlight = 0;
  #idle: (() => void) | undefined;

  constructor(options: ModelServerOptions<Model>) {
    this.#options = options;
    this.variant = options.variant;
  }

  /**
   * Resolves once the worker listens.
   * @throws DeploymentFailure when it ends before, or takes too long
   */
  async start(): Promise<void> {
    const { context, variant, runner, workers, log } = this.#options;
    const { restarts = true, responseTimeoutMs } = this.#options;
    const { promise: listening, resolve } = Promise.withResolvers<number>();
    const stdout = (line: string): void => {
      const port = listeningPort(line);
      if (port === undefined) log.write(line);
      else resolve(port);
    };
    await workers.prepare(runner);
    // Runners of built-in algorithms choose a port and tell it; other containers know their contract only.
    const given = runner.standby ? undefined : await freePort();
    if (this.#stopped) throw unhealthy(variant); // Meanwhile: whoever stops it has seen no process yet.
    const env = {
      ...variant.environment,
      AWS_REGION: context.region,
      SAGEMAKER_BIND_TO_PORT: String(given ?? 0),
    };
    const child = workers.start(
      runner,
      "serve",
      { baseDir: variant.baseDir, env },
      { stdout, stderr: (line) => log.write(line) },
    );
    this.#child = child;
    const late = AbortSignal.timeout(variant.startupTimeoutSeconds * 1000);
    const over = new AbortController();
    if (given !== undefined) {
      void answersPing(given, over.signal).then((answers) => answers && resolve(given));
    }
    const port = await Promise.race([
      listening,
      child.exited.then(() => undefined),
      new Promise<undefined>((give) => late.addEventListener("abort", () => give(undefined))),
    ]).finally(() => over.abort());
    if (port === undefined) {
      await child.stop(STOP_GRACE_MS);
      throw unhealthy(variant);
    }
    this.#connections = new WorkerConnections(port, responseTimeoutMs);
    if (restarts) void child.exited.then(() => this.#restart());
  }

  /** @throws Error when the worker gives no answer */
  async invoke(head: string, body: Buffer): Promise<WorkerResponse> {
    const connections = this.#connections;
    if (!connections) throw new Error("the worker is being restarted");
    this.#inFlight++;
    try {
      return await connections.send(head, body);
    } finally {
      this.#inFlight--;
      if (this.#inFlight === 0) this.#idle?.();
    }
  }

  /** Lets requests under way finish, then ends the worker. */
  async drain(): Promise<void> {
    if (this.#inFlight > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
    await this.stop();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#connections?.close();
    await this.#child?.stop(STOP_GRACE_MS);
  }

  async #restart(): Promise<void> {
    this.#connections?.close();
    this.#connections = undefined;
    const { context, variant } = this.#options;
    for (let attempt = 0; !this.#stopped; attempt++) {
      context.log(`the worker of variant ${variant.name} ended by itself and is started again`);
      await delay(RESTART_DELAYS_MS[Math.min(attempt, RESTART_DELAYS_MS.length - 1)], undefined, {
        ref: false,
      });
      if (this.#stopped) return;
      try {
        await this.start();
        return;
      } catch (error) {
        context.log(`the worker of variant ${variant.name}: ${(error as Error).message}`);
      }
    }
  }
}

/** The port in the worker's line `{"listening": <port>}`; undefined for any other line. */
function listeningPort(line: string): number | undefined {
  const match = /^\{"listening": ?(\d+)\}$/.exec(line.trim());
  return match ? Number(match[1]) : undefined;
}
