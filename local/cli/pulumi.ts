// npm run pulumi:local -- ARGS: the Pulumi CLI, on the local cloud.
import { join } from "node:path";
import { ConfigError } from "../../stacks/config-error.ts";
import { Engine } from "../engine/engine.ts";
import { type EngineCloud, useCloud } from "../engine/engine-cloud.ts";
import { installPulumi } from "../engine/installation/pulumi-cli.ts";
import { projectRoot } from "../setup/node-packages.mjs";
import { readStackFile } from "../stack-file.ts";
import { prepareTrainings } from "./local-trainings.ts";
import { networkNote } from "./network-note.ts";

const stateDir = join(projectRoot, ".local", "pulumi");

let cloud: EngineCloud | undefined;
try {
  const engine = new Engine({
    cli: await installPulumi(),
    projectDir: projectRoot,
    stateDir,
    beforeProgram: async (stack) => {
      // What cannot be read here, such as secrets, the engine reads: it tells what is wrong with it.
      const settings = await readStackFile(projectRoot, stack).catch(() => undefined);
      const note = settings && networkNote(settings);
      if (note !== undefined) console.log(`  Network: ${note}`);
      if (settings) await prepareTrainings(stack, settings).catch(leaveConfigErrors);
    },
    cloud: async (stack) => {
      const settings = await readStackFile(projectRoot, stack).catch(() => ({}) as never);
      cloud = await useCloud(stateDir, settings["aws:region"]);
      return cloud;
    },
  });
  process.exitCode = await engine.run(process.argv.slice(2), process.env["INIT_CWD"]);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  await cloud?.release();
}

process.exit(); // A client's idle connection would keep the process for seconds.

/** Mistakes in config are the program's to tell, under the engine as everywhere. */
function leaveConfigErrors(error: unknown): void {
  if (!(error instanceof ConfigError)) throw error;
}
