import { setTimeout as delay } from "node:timers/promises";

/** Wait between two questions to a container that is starting; it says nothing by itself. */
const PING_INTERVAL_MS = 50;

/** Whether GET /ping came to be answered with 200 before `over` ended the wait. */
export async function answersPing(port: number, over: AbortSignal): Promise<boolean> {
  while (!over.aborted) {
    const answer = await fetch(`http://127.0.0.1:${port}/ping`, { signal: over }).catch(
      () => undefined,
    );
    await answer?.body?.cancel();
    if (answer?.status === 200) return true;
    await delay(PING_INTERVAL_MS, undefined, { signal: over }).catch(() => {});
  }
  return false;
}
