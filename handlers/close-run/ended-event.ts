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
  /** Whether it has the input of another run: it ended at once, and did nothing. */
  isCopy: boolean;
}

/** The event is none that this function can act on: retrying is of no use, someone has to look. */
export class MalformedEvent extends Error {
  override readonly name = "MalformedEvent";
}

/**
 * The execution that an event tells of. One that someone started by hand may lack all that an upload gives, or have something
 * else there: its run then bears the execution's name.
 *
 * @throws MalformedEvent where nothing says which run it was
 */
export function endedExecution(event: ExecutionEndedEvent): EndedExecution {
  const { executionArn: arn, name, status, startDate, stopDate, input } = event?.detail ?? {};
  const isEnd = status === "ABORTED" || status === "TIMED_OUT" || status === "FAILED";
  if (!isText(arn) || !isText(name) || !isEnd) throw malformed("no execution that failed", event);
  const [startedAt, stoppedAt] = [timeOf(startDate), timeOf(stopDate)];
  if (startedAt === undefined || stoppedAt === undefined) throw malformed("no times", event);
  const run = runOf(input, name, event);
  return { arn, status, startedAt, stoppedAt, run, isCopy: run.title !== name };
}

function runOf(input: unknown, name: string, event: unknown): RunInput {
  const given = parsed(input ?? "{}", event);
  const isMapping = typeof given === "object" && given !== null;
  const run: Record<string, unknown> = { title: name };
  for (const [field, value] of Object.entries(isMapping ? given : {})) {
    const isFit = field === "sizeBytes" ? Number.isSafeInteger(value) : isText(value);
    if (isFit && fields.includes(field)) run[field] = value;
  }
  return run as unknown as RunInput;
}

/** Of an execution's input: what an upload gives. */
const fields = "title bucket key versionId sizeBytes uploadedAt sequencer inputUri".split(" ");

/** Step Functions starts nothing with an input that is no JSON. */
function parsed(input: unknown, event: unknown): unknown {
  try {
    if (typeof input === "string") return JSON.parse(input);
  } catch {
    // said below
  }
  throw malformed("an input that is no JSON text", event);
}

function timeOf(milliseconds: unknown): Date | undefined {
  const time = new Date(typeof milliseconds === "number" ? milliseconds : Number.NaN);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.isWellFormed();
}

function malformed(what: string, event: unknown): MalformedEvent {
  return new MalformedEvent(`${what} in event ${`${JSON.stringify(event)}`.slice(0, 2000)}`);
}
