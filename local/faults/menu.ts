/** What a fault aims at, written after `=`. */
export interface FaultTarget {
  /** As the usage shows it. */
  placeholder: string;
  /** Without it: `required` is a mistake, else the fault aims at what this says. */
  otherwise: "required" | string;
}

/** One entry of the menu. */
export interface FaultEntry {
  /** Who strikes: the backend (SageMaker, Glue) or ministack's launcher (Lambda, S3, EventBridge). */
  by: "backend" | "launcher";
  /** What happens at a strike, in one line. */
  strike: string;
  /** What `:times` and `@first` count. */
  counts: string;
  target?: FaultTarget;
}

const aStep: FaultTarget = { placeholder: "STATE[/submitted|/done]", otherwise: "required" };
const aFunction: FaultTarget = { placeholder: "FUNCTION", otherwise: "required" };

/** Every fault of the local cloud, in the order in which a run meets them. */
export const faultMenu = {
  "event-twice": {
    by: "launcher",
    strike: "EventBridge delivers an S3 event twice",
    counts: "S3 events",
  },
  "event-late": {
    by: "launcher",
    strike: "an S3 event is held back until N more have been delivered",
    counts: "S3 events",
    target: { placeholder: "N", otherwise: "1" },
  },
  "events-out-of-order": {
    by: "launcher",
    strike: "N S3 events are collected and delivered newest first",
    counts: "collections",
    target: { placeholder: "N", otherwise: "2" },
  },
  "function-throws": {
    by: "launcher",
    strike: "a function whose name ends in FUNCTION ends with an error; its code does not run",
    counts: "its invocations",
    target: aFunction,
  },
  "function-times-out": {
    by: "launcher",
    strike: "a function whose name ends in FUNCTION runs, and its answer comes too late",
    counts: "its invocations",
    target: aFunction,
  },
  "function-throttled": {
    by: "launcher",
    strike: "a function whose name ends in FUNCTION is throttled",
    counts: "its invocations",
    target: aFunction,
  },
  "s3-slow-down": {
    by: "launcher",
    strike: "S3 answers 503 SlowDown to a request for an object whose key starts with PREFIX",
    counts: "such requests, retries of clients among them",
    target: { placeholder: "PREFIX", otherwise: "" },
  },
  "glue-throttled": {
    by: "backend",
    strike: "StartJobRun answers ThrottlingException",
    counts: "StartJobRun calls",
  },
  "glue-fails": {
    by: "backend",
    strike: "the script ends with an error: FAILED",
    counts: "Glue job runs that come so far",
  },
  "glue-times-out": {
    by: "backend",
    strike: "the job's Timeout is over as its script starts: TIMEOUT",
    counts: "Glue job runs that come so far",
  },
  "training-no-capacity": {
    by: "backend",
    strike: "the job fails with CapacityError before it starts",
    counts: "training jobs that come so far",
  },
  "training-algorithm-error": {
    by: "backend",
    strike: "the algorithm's process ends with an error: AlgorithmError",
    counts: "training jobs that come so far",
  },
  "training-stopped": {
    by: "backend",
    strike: "someone calls StopTrainingJob as the training begins",
    counts: "training jobs that come so far",
  },
  "spot-interrupted": {
    by: "backend",
    strike:
      "a spot job loses its instance once it has a checkpoint, and starts again with it: Interrupted",
    counts: "starts of spot jobs, those after an interruption among them",
  },
  "training-without-metric": {
    by: "backend",
    strike: "the job is Completed and reports no metric",
    counts: "training jobs that come so far",
  },
  "create-endpoint-fails": {
    by: "backend",
    strike: "the container of a new endpoint never answers its health check: Failed",
    counts: "CreateEndpoint calls",
  },
  "update-endpoint-rolls-back": {
    by: "backend",
    strike: "the container of the new config never answers its health check: rolled back",
    counts: "UpdateEndpoint calls",
  },
  "endpoint-stays-creating": {
    by: "backend",
    strike: "a new endpoint stays Creating until the local cloud ends",
    counts: "CreateEndpoint calls",
  },
  "ministack-killed": {
    by: "launcher",
    strike: "kill -9 of ministack as a run enters STATE, has its job submitted, or its result",
    counts: "runs that come there",
    target: aStep,
  },
  "local-cloud-killed": {
    by: "launcher",
    strike: "kill -9 of the command itself, there too",
    counts: "runs that come there",
    target: aStep,
  },
} as const satisfies Record<string, FaultEntry>;

export type FaultName = keyof typeof faultMenu;

/** Names of the faults that the backend strikes with. */
export type BackendFault = {
  [Name in FaultName]: (typeof faultMenu)[Name]["by"] extends "backend" ? Name : never;
}[FaultName];

export function entryOf(name: FaultName): FaultEntry {
  return faultMenu[name];
}

/** The menu as `--help` shows it: a fault a line. */
export function menuLines(): string[] {
  const heads = Object.entries<FaultEntry>(faultMenu).map(([name, { target, strike }]) => {
    if (target === undefined) return { head: name, strike };
    const argument = `=${target.placeholder}`;
    const isOptional = target.otherwise !== "required";
    return { head: name + (isOptional ? `[${argument}]` : argument), strike };
  });
  const width = Math.max(...heads.map(({ head }) => head.length));
  return heads.map(({ head, strike }) => `${head.padEnd(width)}  ${strike}`);
}
