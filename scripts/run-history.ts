import { setTimeout as sleep } from "node:timers/promises";
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  type SFNClient,
} from "@aws-sdk/client-sfn";
import { comparisonPlan, comparisonSteps } from "./comparison-history.ts";

/** One step of a run as a person follows it: a task, or a wait with the looks that belong to it. */
export interface Step {
  name: string;
  /** Of a comparison: the key of the candidate whose step it is, else the stage. Steps of one part follow each other. */
  part?: string;
  /** Whether `part` is a candidate, which others may be tried beside. */
  isCandidate?: boolean;
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
  /** Whether it is a comparison's run. */
  isComparison: boolean;
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
  const { definition = "{}" } = await client.send(
    new DescribeStateMachineForExecutionCommand({ executionArn }),
  );
  const plan = comparisonPlan(definition);
  for (;;) {
    const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
    const events = await readHistory(client, executionArn, plan !== undefined);
    const steps = plan === undefined ? stepsOf(events) : comparisonSteps(events, plan);
    const finished = execution.status !== "RUNNING" && execution.status !== "PENDING_REDRIVE";
    const state = JSON.stringify([execution.status, steps]);
    if (state !== seen) yield { steps, execution, finished, isComparison: plan !== undefined };
    if (finished) return;
    seen = state;
    await sleep(intervalMs);
  }
}

async function readHistory(
  client: SFNClient,
  executionArn: string,
  includeExecutionData: boolean,
): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new GetExecutionHistoryCommand({
        executionArn,
        maxResults: 1000,
        includeExecutionData,
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

/** Steps that have ended for good, by their place among all: the last one of a part may still be entered again. */
export function settledSteps({
  steps,
  finished,
}: Pick<RunSnapshot, "steps" | "finished">): [number, Step][] {
  return [...steps.entries()].filter(([i, step]) => {
    if (finished) return true;
    if (step.endedAt === undefined) return false;
    // candidates go on beside each other, stages do not
    return steps
      .slice(i + 1)
      .some(({ part, isCandidate }) => part === step.part || !(isCandidate && step.isCandidate));
  });
}

/** Characters that labels of a comparison's steps take, as a rule. */
export const comparisonLabelWidth = 48;

/** How the step is called where those of other parts are shown too. */
export function labelOf({ name, part }: Step): string {
  return part === undefined ? name : `${part}: ${name}`;
}

export function secondsOf(step: Step, now = new Date()): number {
  return ((step.endedAt ?? now).getTime() - step.startedAt.getTime()) / 1000;
}
