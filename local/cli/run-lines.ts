import { setTimeout as sleep } from "node:timers/promises";
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  type SFNClient,
} from "@aws-sdk/client-sfn";
import {
  comparisonLabelWidth,
  followRun,
  labelOf,
  type Step,
  secondsOf,
  settledSteps,
} from "../../scripts/run-history.ts";
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
  const printed = new Set<number>();
  for await (const snapshot of followRun(client, executionArn, pollMs)) {
    for (const [i, step] of settledSteps(snapshot)) {
      if (!printed.has(i)) printStep(step, lines);
      printed.add(i);
    }
    if (snapshot.finished) return snapshot.execution;
    const going = snapshot.steps.filter(({ endedAt }) => endedAt === undefined);
    const current = going.length > 0 ? going : snapshot.steps.slice(-1);
    const [first] = current;
    if (first) lines.running(current.map(labelOf).join(", "), first.startedAt);
  }
  throw new Error(`${executionArn} was not followed to its end`);
}

function printStep(step: Step, lines: StepLines): void {
  const label = labelOf(step).padEnd(step.part === undefined ? 0 : comparisonLabelWidth);
  if (step.endedAt === undefined || step.failed) lines.failed(label, secondsOf(step));
  else lines.done(label, secondsOf(step));
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
