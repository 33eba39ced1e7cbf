import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeFolder } from "../../../local/processes/remove-folder.ts";
import { cacheDir } from "../../../local/setup/python-environments.mjs";
import type { Experiment } from "../experiment.ts";
import { acceptedInput } from "../inputs.ts";
import { LocalCommand } from "../local-command.ts";
import { processesOf, stillRunning } from "../processes.ts";
import { until } from "../until.ts";

export const killsOfNpm: Experiment[] = [
  {
    name: "npm-killed-during-a-run",
    promise: "nothing-left-behind",
    expected: "several processes before, none after; after the next start the run comes to its end",
    quick: false,
    standalone: true,
    async run() {
      const stateDir = await mkdtemp(join(tmpdir(), "retraining-killed-"));
      try {
        return await killNpm(stateDir);
      } finally {
        await removeFolder(stateDir);
      }
    },
  },
];

/** npm, killed (kill -9), tells nobody; the command ends in order when it sees that npm is gone. */
async function killNpm(stateDir: string): Promise<string> {
  const args = ["--state", stateDir];
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: stateDir,
    RETRAINING_CACHE_DIR: cacheDir,
  };
  const command = await LocalCommand.start(args, env, "npm");
  const title = await command.upload("input/a.csv", acceptedInput());
  await command.started(title);
  const before = processesOf(stateDir, command.pid);
  process.kill(command.pid, "SIGKILL");
  const left = () => [...stillRunning(before), ...processesOf(stateDir, command.pid)];
  const gone = async () => (left().length === 0 ? "none" : undefined);
  const after = await until("the end of all", gone, 30).catch(() =>
    left()
      .map(({ command: line }) => line.slice(0, 60))
      .join(", "),
  );
  const next = await LocalCommand.start(args, env);
  // Where it was is chance here: that decides whether it succeeds, or fails for its job's end.
  const end = await next.ended(title).then(
    () => "comes to its end",
    (error: Error) => `does not: ${error.message}`,
  );
  await next.stop();
  return `${before.length > 5 ? "several" : before.length} processes before, ${after} after; after the next start the run ${end}`;
}
