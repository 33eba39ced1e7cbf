import { join } from "node:path";
import type { ComparisonOutputs, PipelineOutputs } from "../../scripts/stack-outputs.ts";
import type { LocalCloud } from "../local-cloud.ts";
import { deploy } from "../provider/in-process.ts";
import { projectRoot } from "../setup/node-packages.mjs";
import { readStackFile, type StackSettings } from "../stack-file.ts";
import { prepareTrainings } from "./local-trainings.ts";
import { networkNote } from "./network-note.ts";
import type { StepLines } from "./step-lines.ts";

/** Project name of Pulumi.yaml: the namespace of the program's config. */
const project = "retraining";

/** What the program says of what it deployed, by name. */
export interface DeployedStack {
  pipelines: Record<string, PipelineOutputs>;
  comparisons: Record<string, ComparisonOutputs>;
}

/** Deploys the program into the local cloud, and gives the outputs of each pipeline. */
export async function deployStack(
  cloud: LocalCloud,
  stack: string,
  lines: StepLines,
  settings?: StackSettings,
): Promise<Record<string, PipelineOutputs>> {
  return (await deployWholeStack(cloud, stack, lines, settings)).pipelines;
}

/**
 * Deploys the program into the local cloud, as `pulumi up` would on AWS.
 *
 * @param settings config of the stack, where it is not that of its file
 */
export async function deployWholeStack(
  cloud: LocalCloud,
  stack: string,
  lines: StepLines,
  settings?: StackSettings,
): Promise<DeployedStack> {
  const config = settings ?? (await readStackFile(projectRoot, stack));
  process.env["BUILDX_NO_DEFAULT_ATTESTATIONS"] ??= "1"; // Docker builds nothing here: not worth a warning
  const { imageAfterJob } = await prepareTrainings(stack, config);
  cloud.expectTraining(imageAfterJob);
  const label = `Deploy stack ${stack}`;
  const started = new Date();
  lines.running(label, started);
  const { default: program } = await import("../../index.ts");
  const { outputs, summary } = await deploy({
    program: async () => ({ ...(await program()) }),
    project,
    stack,
    config,
    cloud: {
      endpointUrl: cloud.url,
      region: cloud.region,
      accountId: cloud.accountId,
      credentials: cloud.credentials,
      stateDir: cloud.stateDir,
    },
    stateFile: join(cloud.stateDir, `stack-${stack}.json`),
    onProgress: ({ type, name }) =>
      lines.running(`${label}: ${type.split(":").at(-1)} ${name}`, started),
  });
  const counts = Object.entries(summary)
    .filter(([, resources]) => resources.length > 0)
    .map(([what, resources]) => `${resources.length} ${what}`);
  lines.done(label, (Date.now() - started.getTime()) / 1000, counts.join(", "));
  const note = networkNote(config);
  if (note !== undefined) lines.done("Network", undefined, note);
  return outputs as unknown as DeployedStack;
}
