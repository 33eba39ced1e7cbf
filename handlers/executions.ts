import { DescribeExecutionCommand, type SFNClient } from "@aws-sdk/client-sfn";
import { executionArnOf } from "../components/execution-arn.ts";
import { recordFailed } from "../components/record-failed.ts";
import type { RunInput } from "./start-retraining/logic.ts";

/** A run as its execution knows it. */
export interface RunExecution {
  isRunning: boolean;
  /** Whether it ended without having deployed. */
  hasFailed: boolean;
  /** What it was started with. */
  input: RunInput;
}

/**
 * The run with this title; undefined where Step Functions knows none: it forgets executions 90 days after their end, and
 * those of a state machine that was deleted.
 */
export async function findRun(
  stepFunctions: SFNClient,
  stateMachineArn: string,
  title: string,
): Promise<RunExecution | undefined> {
  try {
    const { status, error, input } = await stepFunctions.send(
      new DescribeExecutionCommand({ executionArn: executionArnOf(stateMachineArn, title) }),
    );
    const isRunning = status === "RUNNING" || status === "PENDING_REDRIVE";
    return {
      isRunning,
      // what could not be recorded had been deployed
      hasFailed: !isRunning && status !== "SUCCEEDED" && error !== recordFailed,
      input: JSON.parse(input ?? "{}"),
    };
  } catch (error) {
    if (error instanceof Error && error.name === "ExecutionDoesNotExist") return undefined;
    throw error;
  }
}
