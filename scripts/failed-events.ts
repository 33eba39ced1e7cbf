import { GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { comparisonNames } from "../components/comparison-names.ts";
import { pipelineNames } from "../components/names.ts";
import type { Source } from "./resend/resend-events.ts";
import type { Member } from "./stack-outputs.ts";

/** Where the events of a pipeline or a comparison wait that could not be handled, and the functions that they were for. */
export interface FailedEvents {
  /** Uploads that started no run. */
  failedStarts: Source;
  /** Ends of runs that could not be recorded. */
  unclosedRuns: Source;
}

/** @param stack its name alone */
export function failedEventsIn(stack: string, { kind, name }: Member): FailedEvents {
  const names = pipelineNames(stack, name);
  const closer =
    kind === "pipeline"
      ? names.closeRunFunction
      : comparisonNames(stack, name).closeComparisonFunction;
  return {
    failedStarts: {
      queueName: names.failedStartsQueue,
      functionName: names.startRetrainingFunction,
    },
    unclosedRuns: { queueName: names.unclosedRunsQueue, functionName: closer },
  };
}

/** @throws an Error for the ARN of another state machine than a pipeline's or a comparison's */
export function failedEventsOf(stateMachineArn: string): FailedEvents {
  const {
    stack = "",
    name = "",
    kind,
  } = /:stateMachine:(?<stack>[^-:]+)-(?<name>[^:]+)-(?<kind>retraining|comparison)$/.exec(
    stateMachineArn,
  )?.groups ?? {};
  if (kind === undefined) {
    throw new Error(`${stateMachineArn} is no state machine of a pipeline or a comparison`);
  }
  // wherever the stack's name ends and the other begins: both are joined again
  return failedEventsIn(stack, { kind: kind === "retraining" ? "pipeline" : "comparison", name });
}

/** How many events wait in a queue, those among them that are being sent again; 0 where there is no such queue. */
export async function countWaiting(sqs: SQSClient, { queueName }: Source): Promise<number> {
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queueName }));
    const { Attributes: counts = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
      }),
    );
    return Object.values(counts).reduce((sum, count) => sum + Number(count), 0);
  } catch (error) {
    if (/NonExistentQueue|QueueDoesNotExist/.test((error as Error).name)) return 0;
    throw error;
  }
}
