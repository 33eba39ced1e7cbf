import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Runs `work` while no other process holds the lock: two first commands may be started side by side.
 *
 * @param {string} folder made for as long as the lock is held
 * @param {() => Promise<void>} work
 */
export async function withLock(folder, work) {
  while (!take(folder)) await sleep(500);
  try {
    await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function take(folder) {
  const owner = join(folder, "pid");
  try {
    mkdirSync(folder);
    writeFileSync(owner, String(process.pid));
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    if (isAbandoned(owner)) rmSync(folder, { recursive: true, force: true });
    return false;
  }
}

/** @param {string} owner file with the process id of the holder */
function isAbandoned(owner) {
  try {
    process.kill(Number(readFileSync(owner, "utf8")), 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "ESRCH";
  }
}
