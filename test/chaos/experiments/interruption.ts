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

export const interruption: Experiment[] = [
  {
    name: "ctrl-c-during-a-run",
    promise: "nothing-left-behind",
    expected: "several processes before; exit code 130, processes left: none",
    quick: false,
    standalone: true,
    async run() {
      const stateDir = await mkdtemp(join(tmpdir(), "retraining-interrupted-"));
      try {
        const command = await LocalCommand.start(["--state", stateDir], {
          PATH: process.env["PATH"] ?? "",
          HOME: stateDir,
          RETRAINING_CACHE_DIR: cacheDir,
        });
        await command.started(await command.upload("input/a.csv", acceptedInput()));
        const before = processesOf(stateDir, command.pid);
        const code = await command.stop();
        const left = () => [...stillRunning(before), ...processesOf(stateDir, command.pid)];
        // The shell that guards them outlives the command by a moment.
        const gone = async () => (left().length === 0 ? "none" : undefined);
        const names = () => left().map(({ command: line }) => line.slice(0, 60));
        const end = await until("the end of all", gone, 5).catch(() => names().join(", "));
        return `${before.length > 3 ? "several" : before.length} processes before; exit code ${code}, processes left: ${end}`;
      } finally {
        await removeFolder(stateDir);
      }
    },
  },
];
