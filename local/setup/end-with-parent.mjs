// Preloaded into the programs that run.mjs runs: ends the program, in order, when run.mjs dies in any way, even by SIGKILL;
// and interrupts it when run.mjs alone was.
import { Socket } from "node:net";
import { isMainThread } from "node:worker_threads";

/** Where run.mjs puts its end of the lifeline: it writes when it was interrupted, and the kernel closes it when run.mjs dies. */
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
  const wasInterrupted = noticeInterrupts();
  lifeline.on("data", () => {
    // a terminal's Ctrl-C comes to both: it is one
    if (!wasInterrupted()) process.kill(process.pid, "SIGINT");
  });
  lifeline.unref();
}

/**
 * Whether SIGINT came. A listener of one's own would keep a program alive that has none: it listens beside the program's, and
 * a program without any is not there to ask.
 *
 * @returns {() => boolean}
 */
function noticeInterrupts() {
  let interrupted = false;
  const notice = () => {
    interrupted = true;
  };
  process.on("newListener", (event, listener) => {
    if (event !== "SIGINT" || listener === notice) return;
    if (!process.listeners("SIGINT").includes(notice)) process.once("SIGINT", notice);
  });
  process.on("removeListener", (event) => {
    const [only, ...others] = event === "SIGINT" ? process.listeners("SIGINT") : [];
    if (only === notice && others.length === 0) process.off("SIGINT", notice);
  });
  return () => interrupted;
}
