import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Collection } from "../../cloud/collection.ts";
import type { CloudContext } from "../../cloud/context.ts";
import { now } from "../../cloud/wire.ts";
import { removeFolder } from "../../processes/remove-folder.ts";
import type { Runners } from "../runners.ts";
import type { EndpointRecord } from "../sagemaker.ts";
import type { Workers } from "../workers.ts";
import {
  type DeployedVariant,
  type Deployment,
  DeploymentFailure,
  downloadModels,
  removeDeployment,
  unhealthy,
} from "./deployment.ts";
import { deploying, failed, inService } from "./endpoint-description.ts";
import { Fleet } from "./fleet.ts";

export interface HostingOptions {
  context: CloudContext;
  endpoints: Collection<EndpointRecord>;
  runners: Runners;
  workers: Workers;
}

/** Brings endpoints into service, switches them to new deployments, and takes them down. */
export class Hosting {
  /** Deployments are kept below it. */
  readonly folder: string;
  readonly #options: HostingOptions;
  readonly #fleets = new Map<string, Fleet>();
  readonly #tasks = new Set<Promise<void>>();
  /** Settles when all ends. */
  readonly #closed = Promise.withResolvers<void>();
  #closing = false;

  constructor(options: HostingOptions) {
    this.#options = options;
    this.folder = join(options.context.stateDir, "sagemaker", "work", "endpoints");
  }

  /** What answers requests to an endpoint; undefined when nothing does. */
  fleet(endpoint: string): Fleet | undefined {
    return this.#fleets.get(endpoint);
  }

  /** Starts the first deployment of an endpoint that was just recorded as Creating. */
  create(endpoint: string, deployment: Deployment): void {
    this.#change(endpoint, (record) => ({
      ...record,
      description: deploying(record.description, "Creating", deployment),
    }));
    const { faults } = this.#options.context;
    const [never, fails] = [
      faults.strikes("endpoint-stays-creating"),
      faults.strikes("create-endpoint-fails"),
    ];
    this.#run(async () => {
      try {
        if (never) return await this.#closed.promise;
        if (fails) throw unhealthy(deployment.variants[0] as DeployedVariant);
        await this.#deploy(endpoint, deployment);
      } catch (error) {
        await this.#remove(deployment);
        const reason = this.#reason(endpoint, error);
        this.#change(endpoint, ({ description }) => ({ description: failed(description, reason) }));
      }
    });
  }

  /** Switches an endpoint to another deployment. The old one answers until the new one does, and after a failure. */
  update(endpoint: string, deployment: Deployment): void {
    const old = this.#fleets.get(endpoint);
    this.#change(endpoint, (record) => ({
      ...record,
      description: deploying(record.description, "Updating", deployment),
    }));
    const fails = this.#options.context.faults.strikes("update-endpoint-rolls-back");
    this.#run(async () => {
      try {
        if (fails) throw unhealthy(deployment.variants[0] as DeployedVariant);
        await this.#deploy(endpoint, deployment);
      } catch (error) {
        await this.#rollBack(endpoint, deployment, this.#reason(endpoint, error));
        return;
      }
      if (!old) return;
      await old.drain();
      await this.#remove(old.deployment);
    });
  }

  /** Applies weights and instance counts: neither needs another worker. */
  adjust(endpoint: string, deployment: Deployment): void {
    for (const variant of deployment.variants) {
      const server = this.#fleets.get(endpoint)?.pick(variant.name);
      if (server) Object.assign(server.variant, variant);
    }
    this.#change(endpoint, (record) => ({
      deployment,
      description: inService(record.description, deployment),
    }));
  }

  /** Takes an endpoint down; `gone` is called once nothing of it is left. */
  delete(endpoint: string, gone: () => void): void {
    const fleet = this.#fleets.get(endpoint);
    this.#fleets.delete(endpoint);
    const record = this.#change(endpoint, ({ deployment, description }) => ({
      ...(deployment ? { deployment } : {}),
      description: { ...description, EndpointStatus: "Deleting", LastModifiedTime: now() },
    }));
    this.#run(async () => {
      await fleet?.drain();
      if (record.deployment) await this.#remove(record.deployment);
      gone();
    });
  }

  /**
   * Brings back what an earlier process served, from the models that it had downloaded.
   * @param remove takes an endpoint out of the records whose deletion was interrupted
   */
  async restore(remove: (endpoint: string) => void): Promise<void> {
    const interrupted =
      "The local cloud ended while the endpoint was being brought into service. Please try again.";
    await this.#removeStrayFolders();
    const restoring = this.#options.endpoints.values().map(async ({ description, deployment }) => {
      const name = description.EndpointName;
      const status = description.EndpointStatus;
      if (status === "Deleting") {
        if (deployment) await this.#remove(deployment);
        remove(name);
      } else if (!deployment) {
        if (status !== "Failed") {
          this.#change(name, (record) => ({
            description: failed(record.description, interrupted),
          }));
        }
      } else {
        await this.#restart(name, deployment, status === "InService" ? undefined : interrupted);
      }
    });
    await Promise.all(restoring);
  }

  /** Ends all workers; the records stay as they are, for `restore`. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#closed.resolve();
    await Promise.all([...this.#fleets.values()].map((fleet) => fleet.stop()));
    await Promise.all(this.#tasks);
  }

  async #deploy(endpoint: string, deployment: Deployment): Promise<void> {
    const { context } = this.#options;
    await downloadModels(context, deployment);
    const fleet = this.#fleetOf(endpoint, deployment);
    await fleet.start();
    if (this.#closing) {
      await fleet.stop();
      return;
    }
    this.#fleets.set(endpoint, fleet);
    this.#change(endpoint, ({ description }) => ({
      deployment,
      description: inService(description, deployment),
    }));
  }

  async #restart(endpoint: string, deployment: Deployment, note?: string): Promise<void> {
    const fleet = this.#fleetOf(endpoint, deployment);
    try {
      await fleet.start();
    } catch (error) {
      const reason = this.#reason(endpoint, error);
      this.#change(endpoint, ({ description }) => ({
        deployment,
        description: failed(description, reason),
      }));
      return;
    }
    this.#fleets.set(endpoint, fleet);
    this.#change(endpoint, ({ description }) => ({
      deployment,
      description: inService(description, deployment, note),
    }));
  }

  /** Removes what is left of a deployment that failed. The old workers answer all along. */
  async #rollBack(endpoint: string, broken: Deployment, reason: string): Promise<void> {
    const serving = this.#fleets.get(endpoint)?.deployment;
    if (!serving) throw new Error(`endpoint ${endpoint} has nothing to roll back to`);
    this.#change(endpoint, (record) => ({
      ...record,
      description: {
        ...record.description,
        EndpointStatus: "RollingBack",
        LastModifiedTime: now(),
      },
    }));
    await this.#remove(broken);
    this.#change(endpoint, ({ description }) => ({
      deployment: serving,
      description: inService(description, serving, reason),
    }));
  }

  /** What became of an endpoint does not depend on whether its files go: what is left goes at the next start. */
  async #remove(deployment: Deployment): Promise<void> {
    const { context } = this.#options;
    await removeDeployment(deployment).catch(({ message }) => context.log(`hosting: ${message}`));
  }

  #fleetOf(endpoint: string, deployment: Deployment): Fleet {
    const { context, runners, workers } = this.#options;
    return new Fleet({ context, endpoint, deployment, runners, workers });
  }

  #reason(endpoint: string, error: unknown): string {
    const known = error instanceof DeploymentFailure;
    this.#options.context.log(
      `endpoint ${endpoint}: ${known ? error.message : (error as Error).stack}`,
    );
    return known ? error.message : `Request to service failed: ${(error as Error).message}`;
  }

  #change(endpoint: string, change: (record: EndpointRecord) => EndpointRecord): EndpointRecord {
    const record = this.#options.endpoints.get(endpoint);
    if (!record) throw new Error(`there is no record of endpoint ${endpoint}`);
    // A process that is ending leaves the records as they are: its workers end because it does.
    if (this.#closing) return record;
    const changed = change(record);
    this.#options.endpoints.put(endpoint, changed);
    return changed;
  }

  #run(work: () => Promise<void>): void {
    const task = work()
      .catch((error: Error) => this.#options.context.log(`hosting: ${error.stack}`))
      .finally(() => this.#tasks.delete(task));
    this.#tasks.add(task);
  }

  async #removeStrayFolders(): Promise<void> {
    const kept = new Set(
      this.#options.endpoints.values().map(({ deployment }) => deployment?.folder),
    );
    const names = await readdir(this.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    for (const name of names) {
      const folder = join(this.folder, name);
      if (!kept.has(folder)) await removeFolder(folder);
    }
  }
}
