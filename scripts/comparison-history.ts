import type { HistoryEvent } from "@aws-sdk/client-sfn";
import type { Step } from "./run-history.ts";

/** What the state machine of a comparison says of its steps. */
export interface ComparisonPlan {
  /** Keys of candidates by number, `c01`. */
  candidates: ReadonlyMap<string, string>;
  /** Names of tasks by what they call, of each stage. */
  stages: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

interface Definition {
  States: Record<string, DefinedState>;
}

interface DefinedState {
  Type: string;
  Resource?: string;
  Arguments?: { FunctionName?: string } | string;
  Items?: { key: string; number: string }[];
  ItemProcessor?: Definition;
  Branches?: Definition[];
}

/** @returns `undefined` for the definition of a pipeline's state machine, which tries no candidates */
export function comparisonPlan(definition: string): ComparisonPlan | undefined {
  const { States: states } = JSON.parse(definition) as Definition;
  const map = Object.values(states).find(
    ({ Type, Items }) => Type === "Map" && Array.isArray(Items),
  );
  if (map?.Items === undefined) return undefined;
  const stages = Object.entries(states).flatMap(([name, { ItemProcessor, Branches }]) => {
    const scope = ItemProcessor ?? Branches?.[0];
    return scope === undefined ? [] : [[name, tasksOf(scope)] as const];
  });
  const candidates = map.Items.map(({ key, number }) => [number, key] as const);
  return { candidates: new Map(candidates), stages: new Map(stages) };
}

/** Of states that call the same, the first gives the name: they differ in what a reader does not see. */
function tasksOf({ States: states }: Definition): Map<string, string> {
  const tasks = new Map<string, string>();
  for (const [name, { Type, Resource, Arguments }] of Object.entries(states)) {
    if (Type !== "Task" || Resource === undefined) continue;
    const called = callOf(Resource.split(":states:::")[1] ?? Resource, Arguments);
    if (!tasks.has(called)) tasks.set(called, name);
  }
  return tasks;
}

function callOf(integration: string, request: unknown): string {
  const name = (request as { FunctionName?: unknown } | undefined)?.FunctionName;
  return typeof name === "string" ? `${integration} ${name}` : integration;
}

/** A task that was scheduled and has not ended. */
interface Open {
  step: Step;
  integration: string;
  number: string | undefined;
}

/**
 * Tasks of a comparison, candidates' side by side: each with `part`, the candidate's key or the stage.
 *
 * A step is known by what it calls and for whom, and not by the events of the states around it: candidates' events come in
 * one row, and the local cloud writes none for states of inner scopes. The history has to come with its data.
 */
export function comparisonSteps(events: readonly HistoryEvent[], plan: ComparisonPlan): Step[] {
  const steps: Step[] = [];
  let open: Open[] = [];
  let stage = "";
  for (const event of events) {
    const at = event.timestamp ?? new Date(0);
    const entered = event.stateEnteredEventDetails?.name;
    if (entered !== undefined && plan.stages.has(entered)) stage = entered;
    const left = event.stateExitedEventDetails?.name;
    if (left !== undefined && left === stage) {
      for (const { step } of open) step.endedAt ??= at;
      open = [];
    }
    const scheduled = event.taskScheduledEventDetails;
    if (scheduled !== undefined) {
      const integration = `${scheduled.resourceType}:${scheduled.resource}`;
      const request = parsed(scheduled.parameters);
      const called = callOf(integration, request);
      const tasks = plan.stages.get(stage);
      const name = tasks?.get(called) ?? tasks?.get(integration) ?? integration;
      const number = candidateOf(request);
      const candidate = number === undefined ? undefined : plan.candidates.get(number);
      const whose = { part: candidate ?? stage, isCandidate: candidate !== undefined };
      const step = schedule(steps, name, whose, at);
      open = [
        ...open.filter((other) => other.step.part !== step.part),
        { step, integration, number },
      ];
    }
    const ended = endOf(event);
    const task = ended && openedBy(open, ended);
    if (ended === undefined || task === undefined) continue;
    task.step.failed = ended.failed;
    task.step.endedAt = at;
    open = open.filter((other) => other !== task);
  }
  return steps;
}

/** A task that is scheduled again, to look or to try once more, is the same step still going on. */
function schedule(
  steps: Step[],
  name: string,
  whose: Required<Pick<Step, "part" | "isCandidate">>,
  at: Date,
): Step {
  const last = steps.findLast(({ part }) => part === whose.part);
  if (last?.name === name) {
    last.entered += 1;
    last.endedAt = undefined;
    return last;
  }
  // what came before it has ended, whether or not its end was told apart from others'
  if (last !== undefined) last.endedAt ??= at;
  const step = { name, ...whose, startedAt: at, endedAt: undefined, failed: false, entered: 1 };
  steps.push(step);
  return step;
}

interface End {
  integration: string;
  /** What the task gave, or why it failed. */
  text: string;
  failed: boolean;
}

function endOf(event: HistoryEvent): End | undefined {
  const succeeded = event.taskSucceededEventDetails;
  if (succeeded !== undefined) {
    const { resourceType, resource, output = "" } = succeeded;
    return { integration: `${resourceType}:${resource}`, text: output, failed: false };
  }
  const failed =
    event.taskFailedEventDetails ??
    event.taskTimedOutEventDetails ??
    event.taskSubmitFailedEventDetails ??
    event.taskStartFailedEventDetails;
  if (failed === undefined) return undefined;
  const { resourceType, resource, cause = "" } = failed;
  return { integration: `${resourceType}:${resource}`, text: cause, failed: true };
}

/** The one whose candidate is named in what came back, or else the first that waits for such an answer. */
function openedBy(open: readonly Open[], { integration, text }: End): Open | undefined {
  const waiting = open.filter((task) => task.integration === integration);
  const named = waiting.find(({ number }) => {
    return number !== undefined && new RegExp(`[-"/]${number}(?![0-9a-z])`).test(text);
  });
  return named ?? waiting[0];
}

/** Number of the candidate that a request is for: at the end of each name that is made for one, or in the payload. */
function candidateOf(request: Record<string, unknown>): string | undefined {
  const payload = request["Payload"] as
    | { candidate?: { number?: unknown }; numbers?: unknown[]; candidates?: unknown }
    | undefined;
  const told = payload?.candidate?.number ?? payload?.numbers?.[0];
  if (typeof told === "string") return told;
  for (const [key, value] of Object.entries(request)) {
    if (!key.endsWith("Name") || typeof value !== "string") continue;
    const number = /-(c\d\d)(?:-a\d.*)?$/.exec(value)?.[1];
    if (number !== undefined) return number;
  }
  return undefined;
}

function parsed(text: string | undefined): Record<string, unknown> {
  try {
    return (JSON.parse(text ?? "{}") ?? {}) as Record<string, unknown>;
  } catch {
    return {}; // cut off: too long for the history
  }
}
