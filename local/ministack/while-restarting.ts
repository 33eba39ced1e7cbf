import { setTimeout as sleep } from "node:timers/promises";

/**
 * Attempts of a call before its failure counts, for clients of AWS's SDK: with their pauses, which double, about ten seconds.
 * A ministack that ended by itself is back by then.
 */
export const attemptsWhileRestarting = 9;

const pausesMs = [50, 100, 200, 400, 800, 1600, 3200, 3200];

/** Tries again what did not reach ministack: it may be being started again. */
export async function whileRestarting<T>(call: () => Promise<T>): Promise<T> {
  for (const pause of pausesMs) {
    try {
      return await call();
    } catch {
      await sleep(pause);
    }
  }
  return call();
}
