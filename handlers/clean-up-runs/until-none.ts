import { setTimeout } from "node:timers/promises";

/** Pauses before the next look; false when there is no time for one. */
export type Pause = () => Promise<boolean>;

/** Time was up. Says what was left; a second try goes on from there. */
export class StillThere extends Error {
  override readonly name = "StillThere";
}

/**
 * Calls `look` until it finds nothing any more.
 *
 * @param look gives what is still there, in words; may do something about it
 * @throws StillThere when there is no time left
 */
export async function untilNone(look: () => Promise<string[]>, pause: Pause): Promise<void> {
  for (;;) {
    const left = await look();
    if (left.length === 0) return;
    if (!(await pause())) {
      throw new StillThere(`${left.join(", ")}: still there. Try again in some minutes`);
    }
  }
}

/** Kept free for the answer. */
const marginMilliseconds = 15_000;
const longestPauseMilliseconds = 10_000;

/** Pauses that grow, as long as `remainingMilliseconds` of the function's time leave room. */
export function growingPauses(
  remainingMilliseconds: () => number,
  sleep: (milliseconds: number) => Promise<unknown> = setTimeout,
): Pause {
  let milliseconds = 250;
  return async () => {
    if (remainingMilliseconds() < milliseconds + marginMilliseconds) return false;
    await sleep(milliseconds);
    milliseconds = Math.min(milliseconds * 2, longestPauseMilliseconds);
    return true;
  };
}
