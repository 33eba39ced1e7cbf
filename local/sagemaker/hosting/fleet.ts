import { randomBytes } from "node:crypto";
import type { RoleSession } from "../../cloud/authorization/role-session.ts";
import type { CloudContext } from "../../cloud/context.ts";
import { LogStream } from "../../cloud/log-stream.ts";
import { executionSession } from "../execution-role.ts";
import type { Runners } from "../runners.ts";
import type { Workers } from "../workers.ts";
import type { Deployment } from "./deployment.ts";
import { ModelServer } from "./model-server.ts";

export interface FleetOptions {
  context: CloudContext;
  endpoint: string;
  deployment: Deployment;
  runners: Runners;
  workers: Workers;
}

/** The running workers of one deployment of an endpoint. */
export class Fleet {
  readonly deployment: Deployment;
  readonly #context: CloudContext;
  readonly #endpoint: string;
  readonly #servers: ModelServer[];
  readonly #sessions: RoleSession[];
  readonly #logs: LogStream[];

  constructor({ context, endpoint, deployment, runners, workers }: FleetOptions) {
    this.deployment = deployment;
    this.#context = context;
    this.#endpoint = endpoint;
    this.#sessions = deployment.variants.map(({ roleArn, modelArn }) =>
      executionSession(context, roleArn, modelArn),
    );
    this.#logs = deployment.variants.map((variant, i) => {
      // Named as on AWS, where each instance has a stream of its own.
      const stream = `${variant.name}/i-${randomBytes(9).toString("hex").slice(0, 17)}`;
      const { logs } = this.#sessions[i] as RoleSession;
      return new LogStream(logs, endpointLogGroup(endpoint), stream);
    });
    this.#servers = deployment.variants.map(
      (variant, i) =>
        new ModelServer({
          context,
          variant,
          runner: runners.of(variant.image),
          workers,
          log: this.#logs[i] as LogStream,
        }),
    );
  }

  /**
   * Starts all workers; resolves once all of them listen.
   * @throws DeploymentFailure when one does not; all are ended then
   */
  async start(): Promise<void> {
    try {
      await Promise.all(this.#servers.map((server) => server.start()));
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** A variant by name, or by the variants' weights; undefined when there is none of that name or weight. */
  pick(name: string | undefined): ModelServer | undefined {
    const [first] = this.#servers;
    if (name !== undefined) return this.#servers.find((server) => server.variant.name === name);
    if (this.#servers.length === 1) return first;
    const total = this.#servers.reduce((sum, server) => sum + server.variant.weight, 0);
    let left = Math.random() * total;
    return this.#servers.find((server) => {
      left -= server.variant.weight;
      return left < 0;
    });
  }

  /** Lets requests under way finish, then ends the workers. */
  async drain(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.drain()));
    await this.#closeLogs();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.stop()));
    await this.#closeLogs();
  }

  async #closeLogs(): Promise<void> {
    const closed = await Promise.allSettled(this.#logs.map((log) => log.close()));
    for (const session of this.#sessions) session.close();
    for (const result of closed) {
      if (result.status === "rejected") {
        this.#context.log(
          `endpoint ${this.#endpoint}: log lines were lost: ${String(result.reason)}`,
        );
      }
    }
  }
}

export function endpointLogGroup(endpoint: string): string {
  return `/aws/sagemaker/Endpoints/${endpoint}`;
}
