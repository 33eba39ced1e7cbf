import { setTimeout as sleep } from "node:timers/promises";
import { ListExecutionsCommand, type SFNClient } from "@aws-sdk/client-sfn";
import type { PipelineOutputs } from "../../scripts/stack-outputs.ts";

const pollMs = 1000;

/**
 * Writes a line for each run that starts and each that ends, until `signal` says so. Runs of before are passed over.
 *
 * @param ended called after the line of a run that has ended, with its title
 */
export async function watchRuns(
  client: SFNClient,
  pipelines: Record<string, PipelineOutputs>,
  signal: AbortSignal,
  ended: (outputs: PipelineOutputs, title: string) => Promise<void>,
): Promise<void> {
  const seen = new Map<string, string>();
  for (let first = true; !signal.aborted; first = false) {
    for (const [pipeline, outputs] of Object.entries(pipelines)) {
      const { stateMachineArn } = outputs;
      const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
      for (const { executionArn = "", name = "", status = "" } of executions.reverse()) {
        if (!first && seen.get(executionArn) !== status) {
          console.log(`${new Date().toLocaleTimeString()}  ${pipeline}  ${name}  ${status}`);
          if (status !== "RUNNING") await ended(outputs, name);
        }
        seen.set(executionArn, status);
      }
    }
    await sleep(pollMs, undefined, { signal }).catch(() => {});
  }
}
