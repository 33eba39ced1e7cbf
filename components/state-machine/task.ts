import { expression } from "./jsonata.ts";
import type { Retrier } from "./retry.ts";
import type { State } from "./state.ts";

/** What a Task that gave up does next. */
export interface Catcher {
  ErrorEquals: string[];
  Assign: Record<string, unknown>;
  Next: string;
}

export interface TaskArgs {
  /** Integration after `states:::`, `glue:startJobRun.sync`. */
  integration: string;
  partition: string;
  /** An expression where one gives all of them. */
  arguments: Record<string, unknown> | string;
  /** Longest run of one attempt; the task ends as States.Timeout beyond it. */
  timeoutSeconds: number;
  retry: Retrier[];
  /** Variables to set from the result. */
  assign: Record<string, unknown>;
  /** @default the result of the task */
  output?: unknown;
  catch: Catcher[];
  next: string;
}

/**
 * Seconds of this state, appended to `$stages`.
 *
 * EnteredTime rather than the time of the last attempt: retries are part of what a user waited for.
 */
export const recordStage = {
  stages: expression(
    "[$stages, {'name': $states.context.State.Name, 'startedAt': $states.context.State.EnteredTime, " +
      "'seconds': ($millis() - $toMillis($states.context.State.EnteredTime)) / 1000}]",
  ),
};

/** A Task state: always with a timeout, Retry for what passes, Catch for the rest, and its seconds on record. */
export function task(args: TaskArgs): State {
  return {
    Type: "Task",
    Resource: `arn:${args.partition}:states:::${args.integration}`,
    Arguments: args.arguments,
    TimeoutSeconds: args.timeoutSeconds,
    Retry: args.retry,
    Catch: args.catch.map((catcher) => ({
      ...catcher,
      Assign: { ...catcher.Assign, ...recordStage },
    })),
    Assign: { ...args.assign, ...recordStage },
    ...(args.output !== undefined && { Output: args.output }),
    Next: args.next,
  };
}

/** An error that the function throws by this name: keeps it as `$failure` and goes to `next`. */
export function catchNamed(name: string, next: string): Catcher {
  return { ...catchAll(name, next), ErrorEquals: [name] };
}

/** Every error that nothing before it took: keeps it as `$failure` under `name` and goes to `next`. */
export function catchAll(name: string, next: string): Catcher {
  return {
    ErrorEquals: ["States.ALL"],
    Assign: { failure: { name, caught: expression("$states.errorOutput") } },
    Next: next,
  };
}
