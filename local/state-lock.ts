import { randomUUID } from "node:crypto";
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { guardianPid } from "./processes/guardian.ts";
import { startOfProcess } from "./processes/process-identity.ts";

const lockName = "running.pid";

/** What the lock file says of its holder. A process id alone may come to belong to somebody else, after a restart of the machine say. */
interface Holder {
  pid: number;
  start: string | undefined;
  /** Ends what the holder started, should that be killed: until it is gone, some of it may still write. */
  guardian: { pid: number; start: string | undefined };
}

/** A guardian is done after a second or two. */
const guardianPatienceMs = 15_000;
const guardianLookMs = 50;

/** Folders that this process holds. */
const held = new Set<string>();

/**
 * Takes the state folder for this process: two local clouds on one folder would overwrite each other's state. From a process
 * that was killed it is taken over, once all that it had started is gone.
 *
 * @returns gives the folder back
 * @throws an Error that names the process that has it
 */
export async function lockState(stateDir: string): Promise<() => Promise<void>> {
  // Inputs, models and logs are in it: a folder that is made for them is nobody else's on this machine.
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  const path = join(resolve(stateDir), lockName);
  const own = JSON.stringify(await thisProcess());
  for (;;) {
    if (await put(path, own)) {
      held.add(path);
      return async () => {
        held.delete(path);
        await rm(path, { force: true });
      };
    }
    const found = await readFile(path, "utf8").catch(() => "");
    const holder = holderOf(found);
    if (held.has(path) || (holder && (await isThere(holder)) && holder.pid !== process.pid)) {
      throw new Error(
        `${stateDir} is in use by the local cloud of process ${holder?.pid}: end that one, or name another folder with --state`,
      );
    }
    if (holder) await endOfGuardian(holder);
    await takeAway(path, found);
  }
}

/** Puts the file there with all its text at once, unless there is one. */
async function put(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, text);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes the file if it is still the one with that text: another process may have taken the lock meanwhile. */
async function takeAway(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const taken = await readFile(aside, "utf8");
  if (taken !== text) await put(path, taken);
  await rm(aside, { force: true });
}

/** Deletes all that the folder holds but the lock: to be called by the process that has it. */
export async function emptyState(stateDir: string): Promise<void> {
  for (const name of await readdir(stateDir)) {
    if (name !== lockName) await rm(join(stateDir, name), { recursive: true, force: true });
  }
}

async function thisProcess(): Promise<Holder> {
  const guardian = guardianPid();
  return {
    pid: process.pid,
    start: await startOfProcess(process.pid),
    guardian: { pid: guardian, start: await startOfProcess(guardian) },
  };
}

/** Undefined where the text says none, as a file that lost its content with the machine's power. */
function holderOf(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null;
    return holder?.guardian === undefined ? undefined : (holder as Holder);
  } catch {
    return undefined;
  }
}

async function isThere({ pid, start }: Pick<Holder, "pid" | "start">): Promise<boolean> {
  const now = await startOfProcess(pid);
  return now !== undefined && now === start;
}

/** Nothing tells a process of the end of one that is not its child: it is asked for. */
async function endOfGuardian({ guardian }: Holder): Promise<void> {
  if (guardian.pid === guardianPid()) return;
  const deadline = Date.now() + guardianPatienceMs;
  while (await isThere(guardian)) {
    if (Date.now() > deadline) {
      throw new Error(
        `process ${guardian.pid} does not end, which ends what an earlier local cloud left: end it by hand`,
      );
    }
    await sleep(guardianLookMs);
  }
}
