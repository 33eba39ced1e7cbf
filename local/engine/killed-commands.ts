import { readdir, readFile, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { startOfProcess } from "../processes/process-identity.ts";

/** The engine's lock on a stack, as its file backend writes it. */
interface StackLock {
  pid?: number;
  hostname?: string;
}

/**
 * Puts right what commands of this machine left which were killed: their locks, and a state that one was writing. The engine leaves
 * locks to `pulumi cancel`, which would take the lock of a command that runs as well.
 *
 * @param backend the file backend's folder
 */
export async function clearKilledCommands(
  backend: string,
  project: string,
  stack: string,
): Promise<void> {
  const locks = join(backend, ".pulumi", "locks", "organization", project, stack);
  const names = await readdir(locks).catch(() => []);
  // Beside each file is one with its attributes.
  const files = names.filter((name) => name.endsWith(".json")).map((name) => join(locks, name));
  const held = await Promise.all(files.map(isHeld));
  if (held.includes(true)) return; // The state is somebody's work in progress.
  for (const name of names) await rm(join(locks, name), { force: true });
  const state = join(backend, ".pulumi", "stacks", project, `${stack}.json`);
  if ((await isTorn(state)) && (await isTorn(`${state}.bak`)) === false) {
    await rename(`${state}.bak`, state);
    await rm(`${state}.attrs`, { force: true });
  }
  // Of the content type and the like, which nobody needs, but which has to be whole where it is there.
  for (const attributes of [`${state}.attrs`, `${state}.bak.attrs`]) {
    if (await isTorn(attributes)) await rm(attributes, { force: true });
  }
}

/** Whether a process that may run, on this machine or another, has the lock. */
async function isHeld(file: string): Promise<boolean> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return false; // It was given back in this moment.
  const { pid, hostname: host } = parsed<StackLock>(text) ?? {};
  if (pid === undefined || host !== hostname()) return text !== "";
  return (await startOfProcess(pid)) !== undefined;
}

/** Whether a file is no whole JSON; undefined where there is none. */
async function isTorn(file: string): Promise<boolean | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : parsed(text) === undefined;
}

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}
