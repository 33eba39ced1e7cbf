import { setTimeout as sleep } from "node:timers/promises";

const pollMs = 50;

/**
 * What `look` finds, asked again and again until it finds something.
 *
 * @param what for the error: "the report of r1"
 * @throws an Error when it is not there in time
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined>,
  seconds = 60,
  pauseMs = pollMs,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`${what} was not to be seen within ${seconds} s`);
    await sleep(pauseMs);
  }
}
