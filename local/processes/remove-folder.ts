import { rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** How long what a killed process still writes is waited for; the guardian takes a second to end what another one left. */
const patienceMs = 3000;
const pauseMs = 50;

/**
 * Removes the folder of processes that have just ended; a folder that is not there is no error. A process that was killed may
 * write for a moment longer: what appears in the folder meanwhile is removed too.
 */
export async function removeFolder(folder: string): Promise<void> {
  for (const deadline = Date.now() + patienceMs; ; ) {
    try {
      await rm(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (!isBeingWritten(error) || Date.now() > deadline) throw error;
    }
    await delay(pauseMs);
  }
}

/** As `removeFolder`, of processes that an earlier one left; nothing else happens in this process meanwhile. */
export function removeFolderSync(folder: string): void {
  for (const deadline = Date.now() + patienceMs; ; ) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (!isBeingWritten(error) || Date.now() > deadline) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
  }
}

function isBeingWritten(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOTEMPTY";
}
