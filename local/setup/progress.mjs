/**
 * Tells what is being installed: one line that is rewritten on a terminal, plain lines elsewhere.
 *
 * @param {string} subject what is installed, with its size
 */
export function progress(subject) {
  const started = Date.now();
  const terminal = process.stderr.isTTY;
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  let last = "";
  /** @param {string} text */
  const line = (text) => process.stderr.write(`${text}\n`);
  line(`  ${subject} ...`);
  const heartbeat = setInterval(
    () => line(`    ${subject}: ${last || "working"}, ${seconds()}`),
    15_000,
  );
  heartbeat.unref();
  return {
    /** @param {string} step */
    step(step) {
      if (step === last) return;
      last = step;
      if (terminal) line(`    ${step}`);
    },
    done() {
      clearInterval(heartbeat);
      line(`  ${subject}: done in ${seconds()}`);
    },
    /** @param {string} why */
    failed(why) {
      clearInterval(heartbeat);
      line(`  ${subject}: failed after ${seconds()}: ${why}`);
    },
  };
}
