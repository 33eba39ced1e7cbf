import {
  type HistoryEvent,
  paginateGetExecutionHistory,
  type SFNClient,
} from "@aws-sdk/client-sfn";

/** What an execution's history tells of how far it got. */
export interface ExecutionTrace {
  /** State that it was in; undefined where it had entered none. */
  state: string | undefined;
  /** Tasks in order, the one that was cut off included. */
  stages: { name: string; startedAt: string; seconds: number }[];
  /** Training job that it waited for. */
  trainingJob: string | undefined;
  /** Tuning job that it waited for. */
  tuningJob: string | undefined;
  /** Why it ended, as whoever ended it said. */
  error: string | undefined;
  cause: string | undefined;
}

export async function readTrace(
  stepFunctions: SFNClient,
  executionArn: string,
): Promise<ExecutionTrace> {
  const events: HistoryEvent[] = [];
  for await (const page of paginateGetExecutionHistory(
    { client: stepFunctions },
    { executionArn, maxResults: 1000 },
  )) {
    events.push(...(page.events ?? []));
  }
  return traceOf(events);
}

/** @param events all of them, oldest first */
export function traceOf(events: readonly HistoryEvent[]): ExecutionTrace {
  const trace: ExecutionTrace = {
    state: undefined,
    stages: [],
    trainingJob: undefined,
    tuningJob: undefined,
    error: undefined,
    cause: undefined,
  };
  let enteredAt: Date | undefined; // of the task that goes on
  const endStage = (at: Date) => {
    if (enteredAt === undefined || trace.state === undefined) return;
    const seconds = (at.getTime() - enteredAt.getTime()) / 1000;
    trace.stages.push({ name: trace.state, startedAt: enteredAt.toISOString(), seconds });
    enteredAt = undefined;
  };
  for (const event of events) {
    const { timestamp: at = new Date(0) } = event;
    if (event.stateEnteredEventDetails) {
      trace.state = event.stateEnteredEventDetails.name;
      enteredAt = event.type === "TaskStateEntered" ? at : undefined;
    }
    if (event.stateExitedEventDetails) endStage(at);
    trace.trainingJob = jobAfter(event, "TrainingJob", trace.trainingJob);
    trace.tuningJob = jobAfter(event, "HyperParameterTuningJob", trace.tuningJob);
    const end =
      event.executionAbortedEventDetails ??
      event.executionTimedOutEventDetails ??
      event.executionFailedEventDetails;
    if (end || event.type?.match(/^Execution(Aborted|TimedOut|Failed)$/)) {
      endStage(at);
      trace.error = end?.error || undefined;
      trace.cause = end?.cause || undefined;
    }
  }
  return { ...trace, stages: trace.stages.filter(({ name }) => name !== "Describe Endpoint") };
}

/** The job that is waited for after `event`: known by what the call asks for, or by what it answered. */
function jobAfter(
  event: HistoryEvent,
  kind: "TrainingJob" | "HyperParameterTuningJob",
  job: string | undefined,
): string | undefined {
  const asked = event.taskScheduledEventDetails;
  // the best training job of a tuning job has ended when it is looked at
  if (asked?.resource === "describeTrainingJob") return undefined;
  if (asked) return textAt(asked.parameters, `${kind}Name`);
  const answered = event.taskSubmittedEventDetails?.output;
  if (answered) return textAt(answered, `${kind}Arn`)?.split("/").at(-1) ?? job;
  return event.type?.match(/^Task(Succeeded|Failed|TimedOut|SubmitFailed)$/) ? undefined : job;
}

function textAt(json: string | undefined, field: string): string | undefined {
  const value = (JSON.parse(json ?? "{}") as Record<string, unknown>)[field];
  return typeof value === "string" ? value : undefined;
}
