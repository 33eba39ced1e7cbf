import { setTimeout as sleep } from "node:timers/promises";
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  type SFNClient,
} from "@aws-sdk/client-sfn";

/** One step of a run as a person follows it: a task, or a wait with the looks that belong to it. */
export interface Step {
  name: string;
  startedAt: Date;
  /** Undefined while it runs. */
  endedAt: Date | undefined;
  /** Whether the last try failed: what follows then is what the state machine does about it. */
  failed: boolean;
  /** How often the state was entered: a poll is entered again and again, a retry too. */
  entered: number;
}

export interface RunSnapshot {
  steps: Step[];
  execution: DescribeExecutionOutput;
  finished: boolean;
}

/**
 * Follows an execution until it ends, giving each change of its steps.
 *
 * @param intervalMs how often Step Functions is asked. It pushes nothing; AWS charges nothing for these calls.
 */
export async function* followRun(
  client: SFNClient,
  executionArn: string,
  intervalMs: number,
): AsyncGenerator<RunSnapshot> {
  let seen = "";
  for (;;) {
    const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
    const steps = stepsOf(await readHistory(client, executionArn));
    const finished = execution.status !== "RUNNING" && execution.status !== "PENDING_REDRIVE";
    const state = JSON.stringify([execution.status, steps]);
    if (state !== seen) yield { steps, execution, finished };
    if (finished) return;
    seen = state;
    await sleep(intervalMs);
  }
}

async function readHistory(client: SFNClient, executionArn: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new GetExecutionHistoryCommand({
        executionArn,
        maxResults: 1000,
        includeExecutionData: false,
        ...(nextToken ? { nextToken } : {}),
      }),
    );
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return events;
}

/** Tasks only: what decides between them (Choice, Pass) takes no time and tells a reader nothing. */
export function stepsOf(events: HistoryEvent[]): Step[] {
  const steps: Step[] = [];
  for (const event of events) {
    const at = event.timestamp ?? new Date(0);
    const last = steps.at(-1);
    if (last && /^Task(Failed|TimedOut|SubmitFailed|StartFailed)$/.test(event.type ?? ""))
      last.failed = true;
    if (last && event.type === "TaskSucceeded") last.failed = false;
    const entered = event.stateEnteredEventDetails?.name;
    if (entered !== undefined && event.type === "TaskStateEntered") enter(steps, entered, at);
    const left = event.stateExitedEventDetails?.name;
    const step = left === undefined ? undefined : steps.findLast(({ name }) => name === left);
    if (step !== undefined && event.type === "TaskStateExited") step.endedAt = at;
  }
  return steps;
}

// A poll loop comes back to its task through a Wait and a Choice: for the reader that is one step, still going on.
function enter(steps: Step[], name: string, at: Date) {
  const last = steps.at(-1);
  if (last?.name === name) {
    last.entered += 1;
    last.endedAt = undefined;
  } else {
    steps.push({ name, startedAt: at, endedAt: undefined, failed: false, entered: 1 });
  }
}

export function secondsOf(step: Step, now = new Date()): number {
  return ((step.endedAt ?? now).getTime() - step.startedAt.getTime()) / 1000;
}
