import { rmSync } from "node:fs";
import { rm } from "node:fs/promises";

/** A process that was killed writes for a moment longer: what appears in the folder meanwhile is removed by the next try. */
const options = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 };

/** Removes the folder of processes that have just ended; a folder that is not there is no error. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, options);
}

/** As `removeFolder`, of processes that an earlier one left. */
export function removeFolderSync(folder: string): void {
  rmSync(folder, options);
}
