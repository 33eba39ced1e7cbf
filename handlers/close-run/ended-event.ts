import type { RunInput } from "../start-retraining/logic.ts";

/** EventBridge's "Step Functions Execution Status Change", as far as it is needed. */
export interface ExecutionEndedEvent {
  detail: {
    executionArn: string;
    name: string;
    status: string;
    /** Milliseconds. */
    startDate: number;
    stopDate: number;
    /** JSON text; null where it is over 248 KiB, which no run's is. */
    input: string | null;
    /** What whoever stopped it said, or the state that failed. */
    error?: string | null;
    cause?: string | null;
  };
}

/** An execution that ended otherwise than by its Succeed state. */
export interface EndedExecution {
  arn: string;
  status: "ABORTED" | "TIMED_OUT" | "FAILED";
  startedAt: Date;
  stoppedAt: Date;
  run: RunInput;
}

/** The event is none that this function can act on: retrying is of no use, someone has to look. */
export class MalformedEvent extends Error {
  override readonly name = "MalformedEvent";
}

/**
 * The execution that an event tells of. One that someone started by hand may lack all that an upload gives: its run then
 * bears the execution's name.
 *
 * @throws MalformedEvent where nothing says which run it was
 */
export function endedExecution({ detail }: ExecutionEndedEvent): EndedExecution {
  const { executionArn: arn, name, status, startDate, stopDate, input } = detail ?? {};
  if (!arn || !name || (status !== "ABORTED" && status !== "TIMED_OUT" && status !== "FAILED")) {
    throw new MalformedEvent(
      `no execution that failed in event ${JSON.stringify(detail ?? null).slice(0, 2000)}`,
    );
  }
  const run = JSON.parse(input ?? "{}") as Partial<RunInput> | null;
  return {
    arn,
    status,
    startedAt: new Date(startDate),
    stoppedAt: new Date(stopDate),
    run: { title: name, ...run } as RunInput,
  };
}
