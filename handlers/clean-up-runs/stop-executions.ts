import { paginateListExecutions, type SFNClient, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { type Pause, untilNone } from "./until-none.ts";

/** Stops every execution in progress and waits for its end, so that nothing makes anything any more. */
export async function stopExecutions(
  stepFunctions: SFNClient,
  stateMachineArn: string,
  pause: Pause,
): Promise<void> {
  await untilNone(async () => {
    const running = await runningExecutions(stepFunctions, stateMachineArn);
    for (const executionArn of running) {
      await stepFunctions.send(
        new StopExecutionCommand({
          executionArn,
          error: "PipelineRemoved",
          cause: "the pipeline was removed from its stack while this run was in progress",
        }),
      );
    }
    return running.map((arn) => `execution ${arn}`);
  }, pause);
}

async function runningExecutions(
  stepFunctions: SFNClient,
  stateMachineArn: string,
): Promise<string[]> {
  const arns: string[] = [];
  try {
    for await (const page of paginateListExecutions(
      { client: stepFunctions },
      { stateMachineArn, statusFilter: "RUNNING" },
    )) {
      for (const { executionArn } of page.executions ?? []) {
        if (executionArn !== undefined) arns.push(executionArn);
      }
    }
  } catch (error) {
    if (error instanceof Error && error.name === "StateMachineDoesNotExist") return []; // deleted by hand
    throw error;
  }
  return arns;
}
