import { readdir, watch } from "node:fs/promises";
import type { Child } from "../../processes/child.ts";

/**
 * Takes a spot instance away from a job: ends its process, as soon as there is a checkpoint if it keeps any.
 * A process that ends before that has lost its instance all the same.
 *
 * @param checkpoints folder of the checkpoints, which exists; undefined for a job that keeps none
 */
export async function reclaimInstance(child: Child, checkpoints: string | undefined) {
  if (checkpoints !== undefined) {
    const over = new AbortController();
    void child.exited.then(() => over.abort());
    await firstFile(checkpoints, over.signal);
  }
  await child.stop(0);
}

/** Resolves once the folder has a file, or when `over` ends the wait. */
async function firstFile(folder: string, over: AbortSignal): Promise<void> {
  try {
    const changes = watch(folder, { signal: over });
    // The watch begins with the first question to it: what was there before shows no change.
    let change = changes.next();
    while ((await readdir(folder)).length === 0) {
      await change;
      change = changes.next();
    }
    change.catch(() => {});
    await changes.return?.();
  } catch (error) {
    if (!over.aborted) throw error;
  }
}
