// Preloaded into the programs that run.mjs runs: ends the program, in order, when run.mjs dies in any way, even by SIGKILL.
import { Socket } from "node:net";
import { isMainThread } from "node:worker_threads";

/** Where run.mjs puts its end of the lifeline: it writes nothing, and the kernel closes it when run.mjs dies. */
const lifelineFd = 3;

/** What the program has to end in order. Then it is in no state to do so. */
const graceMs = 20_000;

if (isMainThread) {
  const lifeline = new Socket({ fd: lifelineFd, readable: true, writable: false });
  lifeline.on("error", () => {}); // `close` follows.
  lifeline.on("close", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.kill(process.pid, "SIGKILL"), graceMs).unref();
  });
  lifeline.resume();
  lifeline.unref();
}
