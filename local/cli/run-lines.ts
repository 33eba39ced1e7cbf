import { setTimeout as sleep } from "node:timers/promises";
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  type SFNClient,
} from "@aws-sdk/client-sfn";
import { followRun, type Step, secondsOf } from "../../scripts/run-history.ts";
import type { StepLines } from "./step-lines.ts";

const pollMs = 100;

/** How long an upload may take to become an execution: S3, EventBridge and one function are between. */
const startWaitMs = 30_000;

/**
 * Shows the steps of an execution as they happen, until it ends.
 *
 * @throws an Error when the execution does not start in time
 */
export async function showRun(
  client: SFNClient,
  executionArn: string,
  lines: StepLines,
): Promise<DescribeExecutionOutput> {
  lines.running("Upload starts the run");
  await waitForStart(client, executionArn);
  let printed = 0;
  for await (const { steps, execution, finished } of followRun(client, executionArn, pollMs)) {
    // The last step may still grow: a poll comes back to it.
    const ended = finished ? steps.length : Math.max(steps.length - 1, 0);
    for (const step of steps.slice(printed, ended)) printStep(step, lines);
    printed = ended;
    const current = steps.at(-1);
    if (finished) return execution;
    if (current) lines.running(current.name, current.startedAt);
  }
  throw new Error(`${executionArn} was not followed to its end`);
}

function printStep(step: Step, lines: StepLines): void {
  if (step.endedAt === undefined || step.failed) lines.failed(step.name, secondsOf(step));
  else lines.done(step.name, secondsOf(step));
}

async function waitForStart(client: SFNClient, executionArn: string): Promise<void> {
  const deadline = Date.now() + startWaitMs;
  for (;;) {
    try {
      await client.send(new DescribeExecutionCommand({ executionArn }));
      return;
    } catch (error) {
      if ((error as Error).name !== "ExecutionDoesNotExist") throw error;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `no run started within ${startWaitMs / 1000} s: ${executionArn} does not exist`,
      );
    }
    await sleep(50);
  }
}
