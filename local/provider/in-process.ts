import { resolve } from "node:path";
import type { CloudEndpoint } from "./clients.ts";
import { Deployment } from "./deployment.ts";
import { DeploymentError } from "./deployment-error.ts";
import { DeploymentMonitor, type Engine } from "./monitor.ts";
import { type Program, runProgram, type StackOutputs } from "./program-run.ts";
import { Provider } from "./provider.ts";
import type { Progress, Summary } from "./registration.ts";
import { StateFile } from "./state-file.ts";

export { DeploymentError } from "./deployment-error.ts";
export type { Progress, Summary } from "./registration.ts";

interface Target {
  project: string;
  stack: string;
  cloud: CloudEndpoint;
  /** What is in the stack: made by the first deployment, read by the next. */
  stateFile: string;
  /** Called after each resource. */
  onProgress?: (progress: Progress) => void;
}

export interface DeployOptions extends Target {
  program: Program;
  /** Values as in a stack file, `project:key`; objects as JSON. */
  config: Record<string, string>;
}

/**
 * Runs a Pulumi program in this process, without the engine, and makes its resources in the local cloud: creates, updates and
 * replaces what differs from the last deployment, then deletes what the program no longer has. What is gone from the cloud
 * is made again.
 *
 * @throws DeploymentError that names the resource and says what AWS said, or what the program throws. What was made until
 * then is in the state file; a next deployment goes on from there.
 */
export async function deploy(
  options: DeployOptions,
): Promise<{ outputs: StackOutputs; summary: Summary }> {
  return withDeployment(options, async (deployment, provider) => {
    const { project, stack, config } = options;
    const region = config["aws:region"];
    if (region !== undefined && region !== options.cloud.region) {
      throw new Error(
        `the stack's aws:region is ${region}, the local cloud is in ${options.cloud.region}`,
      );
    }
    const engine = new StoppingEngine(deployment, provider);
    const monitor = new DeploymentMonitor(engine, { project, stack });
    const { program } = options;
    const { failed } = engine;
    const outputs = await runProgram({ program, project, stack, config, monitor, failed }).finally(
      () => engine.stop(),
    );
    await deployment.deleteRest();
    return { outputs, summary: deployment.summary };
  });
}

/** Deletes everything that the stack's state names, in the reverse order of dependencies. May be called again after an error. */
export async function destroy(options: Target): Promise<{ summary: Summary }> {
  return withDeployment(options, async (deployment) => {
    await deployment.deleteRest();
    return { summary: deployment.summary };
  });
}

/** State files that a deployment of this process is at work on. */
const inUse = new Set<string>();

async function withDeployment<T>(
  { project, stack, cloud, stateFile, onProgress }: Target,
  act: (deployment: Deployment, provider: Provider) => Promise<T>,
): Promise<T> {
  const path = resolve(stateFile);
  if (inUse.has(path)) throw new Error(`stack ${stack} is being deployed already`);
  inUse.add(path);
  const provider = new Provider(cloud);
  try {
    const file = new StateFile(path);
    const state = await file.load({ project, stack });
    try {
      return await act(new Deployment(provider, state, file, onProgress ?? (() => {})), provider);
    } finally {
      await file.save(state);
    }
  } finally {
    provider.close();
    inUse.delete(path);
  }
}

/** Lets nothing new begin after the first error, and knows when what was begun is done. */
class StoppingEngine implements Engine {
  /** Rejects with the first error of a resource. */
  readonly failed: Promise<never>;
  readonly #deployment: Deployment;
  readonly #provider: Provider;
  readonly #running = new Set<Promise<unknown>>();
  #stopped = false;
  #fail: (error: unknown) => void = () => {};

  constructor(deployment: Deployment, provider: Provider) {
    this.#deployment = deployment;
    this.#provider = provider;
    this.failed = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => {}); // There may be no error, and nobody who waits.
  }

  register: Engine["register"] = async (registration) => {
    if (this.#stopped) throw new Error("the deployment has ended");
    const running = this.#deployment.register(registration);
    this.#running.add(running);
    try {
      return await running;
    } catch (error) {
      this.#stopped = true;
      this.#fail(error);
      throw error;
    } finally {
      this.#running.delete(running);
    }
  };

  /** Not one of those that are waited for: it ends with its parts, or never where one of them failed. */
  construct: Engine["construct"] = async (registration, act) => {
    try {
      return await act();
    } catch (error) {
      this.#stopped = true;
      const told = new DeploymentError("construct", registration, error);
      this.#fail(told);
      throw told;
    }
  };

  invoke: Engine["invoke"] = (token, args) => this.#provider.invoke(token, args);

  /** Resolves when all that was begun is done. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled(this.#running);
  }
}
