// npm run pulumi:cloud: an empty local cloud for npm run pulumi:local, kept up until Ctrl-C.
import { join } from "node:path";
import colors from "picocolors";
import { runCommand } from "../../scripts/command-line.ts";
import { announce } from "../engine/engine-cloud.ts";
import type { LocalCloud } from "../local-cloud.ts";
import { projectRoot } from "../setup/node-packages.mjs";
import { StepLines } from "./step-lines.ts";
import { withLocalCloud } from "./with-local-cloud.ts";

const stateDir = join(projectRoot, ".local", "pulumi");

const usage = `npm run pulumi:cloud

An empty local cloud for npm run pulumi:local, kept up until Ctrl-C. What was deployed stays in .local/pulumi for the next start.`;

await runCommand(usage, [], () => withLocalCloud({ stateDir, lines: new StepLines() }, keepUp));

async function keepUp(cloud: LocalCloud, interrupted: Promise<unknown>): Promise<void> {
  cloud.warmUp();
  const announced = await announce(cloud);
  try {
    console.log(colors.bold("\nIn another terminal"));
    console.log("  unset AWS_PROFILE AWS_SESSION_TOKEN"); // They would come before the keys.
    for (const [name, value] of Object.entries(cloud.environment))
      console.log(`  export ${name}=${value}`);
    console.log(`  npm run pulumi:local -- up\n\nState: ${stateDir}\nLog:   ${cloud.logFile}`);
    console.log("Ctrl-C ends it; what was deployed stays in the state folder.");
    await interrupted;
  } finally {
    await announced.release();
  }
}
