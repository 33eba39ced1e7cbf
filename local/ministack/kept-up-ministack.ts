import { type Ministack, type MinistackOptions, startMinistack } from "./ministack.ts";

export interface KeptUpMinistack extends Omit<Ministack, "exited" | "pid"> {
  /** Of the process that runs now. */
  readonly pid: number;
  /** Settles when it is not started again any more, with the reason; never after `stop`. */
  failed: Promise<Error>;
}

/** So many lives in a row that end as soon as they began are no accident: the next would not last either. */
const mostShortLives = 5;
const shortMs = 2000;

/**
 * Starts ministack, and starts it again on the same port and state when it ends by itself: killed for want of memory, say.
 * What it had confirmed is still there, and what it was in the middle of goes on.
 *
 * @param log gets a line for each end
 */
export async function keepMinistackUp(
  options: MinistackOptions,
  log: (line: string) => void,
): Promise<KeptUpMinistack> {
  let running = await startMinistack(options);
  const { url, secret } = running;
  const again = { ...options, secret, port: Number(new URL(url).port) };
  const failed = Promise.withResolvers<Error>();
  let stopping = false;
  let resumed = false;
  let starting: Promise<unknown> = Promise.resolve();
  let bornAt = Date.now();
  let shortLives = 0;

  const restart = async (how: string): Promise<void> => {
    shortLives = Date.now() - bornAt < shortMs ? shortLives + 1 : 0;
    let ended = `ministack ended with ${how}; its log is ${options.logFile}`;
    for (;;) {
      if (shortLives >= mostShortLives) {
        throw new Error(`${ended}. That was right after its start, ${shortLives} times in a row`);
      }
      log(`${ended}. It is started again`);
      try {
        running = await startMinistack(again);
        break;
      } catch (error) {
        if (stopping) return;
        // It ended before it answered: the shortest of lives.
        ended = (error as Error).message.replace(/:\n.*/s, "");
        shortLives += 1;
      }
    }
    bornAt = Date.now();
    if (resumed) running.resume();
    if (stopping) await running.stop();
    else watch();
  };
  const watch = (): void => {
    void running.exited.then(({ code, signal }) => {
      if (stopping) return;
      starting = restart(signal ?? `status ${code}`).catch(failed.resolve);
    });
  };
  watch();

  return {
    url,
    secret,
    get pid() {
      return running.pid;
    },
    failed: failed.promise,
    resume: () => {
      resumed = true;
      running.resume();
    },
    halt: () => {
      stopping = true; // Who halts is about to stop.
      running.halt();
    },
    stop: async () => {
      stopping = true;
      await starting;
      await running.stop();
    },
  };
}
