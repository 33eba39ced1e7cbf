import { runtime } from "@pulumi/pulumi";
import * as state from "@pulumi/pulumi/runtime/state.js";
import type { DeploymentMonitor } from "./monitor.ts";

/** What a Pulumi program exports. */
export type StackOutputs = Record<string, unknown>;

/** Registers resources; gives an object of outputs, which may be Pulumi Outputs, or a promise of it, or nothing. */
export type Program = () => unknown;

export interface ProgramRun {
  program: Program;
  project: string;
  stack: string;
  /** Values as in a stack file, `project:key`; objects as JSON. */
  config: Record<string, string>;
  monitor: DeploymentMonitor;
  /** Rejects when the program can get no further: its own end is then not waited for. */
  failed: Promise<never>;
}

// Parts of @pulumi/pulumi that its typings leave out: its Automation API runs several programs in one process by the same means.
const { withLocalStorage, getLocalStore } = state as unknown as {
  withLocalStorage<T>(callback: () => Promise<T>): Promise<T>;
  getLocalStore(): { supportsTransforms: boolean } | undefined;
};
const { waitForRPCs } = runtime as unknown as { waitForRPCs(): Promise<void> };

/**
 * Runs a Pulumi program to its end, and gives its outputs. Each run has Pulumi state of its own, so that one process can run
 * any number of them.
 *
 * @throws what the program throws, be it in a callback of `apply` that nobody waits for.
 */
export async function runProgram(run: ProgramRun): Promise<StackOutputs> {
  return withLocalStorage(async () => {
    runtime.setMockOptions(run.monitor, run.project, run.stack, false, "organization");
    runtime.setAllConfig(run.config);
    const store = getLocalStore();
    if (store !== undefined) store.supportsTransforms = true; // the monitor says of which resources
    const rejections = watchRejections();
    try {
      return await Promise.race([run.failed, rejections.first, evaluate(run.program)]);
    } finally {
      await afterMicrotasks(); // One error often comes out of several promises.
      rejections.close();
    }
  });
}

async function evaluate(program: Program): Promise<StackOutputs> {
  const outputs = await runtime.runInPulumiStack(async () => (await program()) ?? {});
  await waitForRPCs();
  await afterMicrotasks();
  return outputs as StackOutputs;
}

/** By then every rejection that nobody handles has been told of. */
function afterMicrotasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * The first promise that this run leaves rejected and unhandled. Others of the process go on to whoever listens for them:
 * they are told apart by the Pulumi state that they were made under.
 */
function watchRejections(): { first: Promise<never>; close(): void } {
  const own = getLocalStore();
  const others = process.listeners("unhandledRejection");
  let fail: (reason: unknown) => void = () => {};
  const first = new Promise<never>((_, reject) => {
    fail = reject;
  });
  first.catch(() => {}); // Nobody waits for it once the program is done.
  const onRejection = (reason: unknown, promise: Promise<unknown>) => {
    if (getLocalStore() === own) fail(reason);
    else if (others.length === 0) throw reason;
    else for (const other of others) other(reason, promise);
  };
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", onRejection);
  return {
    first,
    close: () => {
      process.off("unhandledRejection", onRejection);
      for (const other of others) process.on("unhandledRejection", other);
    },
  };
}
