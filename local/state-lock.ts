import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const lockName = "running.pid";

/**
 * Takes the state folder for this process: two local clouds on one folder would overwrite each other's state.
 *
 * @returns gives the folder back
 * @throws an Error that names the process that has it
 */
export async function lockState(stateDir: string): Promise<() => Promise<void>> {
  await mkdir(stateDir, { recursive: true });
  const path = join(stateDir, lockName);
  for (;;) {
    try {
      await writeFile(path, String(process.pid), { flag: "wx" });
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = Number(await readFile(path, "utf8").catch(() => ""));
    if (isAlive(holder)) {
      throw new Error(
        `${stateDir} is in use by the local cloud of process ${holder}: end that one, or name another folder with --state`,
      );
    }
    await rm(path, { force: true }); // Left by a process that was killed.
  }
}

/** Deletes all that the folder holds but the lock: to be called by the process that has it. */
export async function emptyState(stateDir: string): Promise<void> {
  for (const name of await readdir(stateDir)) {
    if (name !== lockName) await rm(join(stateDir, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
