import type { State } from "../../components/state-machine/state.ts";
import { Scope, Variables } from "./execution-scope.ts";

/** What a fake task throws: an error as Step Functions names it. */
export class TaskError extends Error {
  override readonly name: string;

  constructor(error: string, cause: string | object = "") {
    super(typeof cause === "string" ? cause : JSON.stringify(cause));
    this.name = error;
  }
}

/** Answers a Task: its evaluated arguments, and how often it was called before. */
export type FakeTask = (args: never, calls: number) => unknown;

export interface Execution {
  status: "SUCCEEDED" | "FAILED";
  error?: string;
  cause?: string;
  /** States in the order in which they were entered. */
  path: string[];
  /** Evaluated arguments of each call of a Task, retries included. */
  calls: Record<string, unknown[]>;
  /** Seconds of each Wait. */
  waits: number[];
}

interface Definition {
  StartAt: string;
  States: Record<string, State>;
}

// biome-ignore lint/suspicious/noExplicitAny: states of any type, read by the interpreter below
type Any = any;

const maxSteps = 500;

/**
 * Runs a JSONata state machine with fake tasks, without waiting: each expression is evaluated by the reference
 * implementation, as strictly as Step Functions does it, where an undefined result is an error. Branches of a Parallel and
 * items of a Map come one after the other.
 */
export async function execute(
  definition: Definition,
  input: unknown,
  tasks: Record<string, FakeTask>,
  name = (input as { title: string }).title,
): Promise<Execution> {
  const run: Execution = { status: "FAILED", path: [], calls: {}, waits: [] };
  const end = await runScope(definition, input, {
    name,
    variables: new Variables(),
    tasks,
    run,
  });
  if (!("error" in end)) return { ...run, status: "SUCCEEDED" };
  return { ...run, error: end.error, cause: end.cause };
}

/** What a scope, the machine or a branch of it, runs in. */
interface Surroundings {
  /** Of the execution. */
  name: string;
  variables: Variables;
  tasks: Record<string, FakeTask>;
  run: Execution;
}

type End = { output: unknown } | { error: string; cause: string };

async function runScope(
  { StartAt, States }: Definition,
  input: unknown,
  around: Surroundings,
): Promise<End> {
  const { variables, tasks, run } = around;
  let name = StartAt;
  let data = input;
  for (let step = 0; step < maxSteps; step++) {
    const state: Any = States[name];
    if (state === undefined) throw new Error(`no state is called ${name}`);
    run.path.push(name);
    const scope = new Scope(variables, name, data, around.name);
    let next: string = state.Next;
    switch (state.Type) {
      case "Succeed":
        return { output: data };
      case "Fail":
        return {
          error: (await scope.fill(state.Error)) as string,
          cause: (await scope.fill(state.Cause)) as string,
        };
      case "Wait":
        run.waits.push((await scope.fill(state.Seconds)) as number);
        await scope.leave(state);
        break;
      case "Pass":
        data = await scope.leave(state);
        break;
      case "Choice": {
        const rule = await scope.choose(state.Choices);
        data = await scope.leave(rule ?? state);
        next = rule?.Next ?? state.Default;
        break;
      }
      case "Task": {
        const left = await runTask(scope, state, name, tasks, run);
        data = left.output;
        next = left.next;
        break;
      }
      case "Parallel":
      case "Map":
        scope.result = await runBranches(await branchesOf(scope, state, data), around);
        data = await scope.leave(state, scope.result);
        break;
      default:
        throw new Error(`${state.Type} is not interpreted`);
    }
    if (state.End === true) return { output: data };
    name = next;
  }
  throw new Error(`no end after ${maxSteps} states: ${run.path.slice(-8).join(", ")}`);
}

interface Branch {
  definition: Definition;
  input: unknown;
}

async function branchesOf(scope: Scope, state: Any, data: unknown): Promise<Branch[]> {
  if (state.Type === "Parallel") {
    return state.Branches.map((definition: Definition) => ({ definition, input: data }));
  }
  const items = (await scope.fill(state.Items)) as unknown[];
  return items.map((input) => ({ definition: state.ItemProcessor, input }));
}

/** Outputs of all branches, each with variables of its own. */
async function runBranches(branches: Branch[], around: Surroundings): Promise<unknown[]> {
  const outputs: unknown[] = [];
  for (const { definition, input } of branches) {
    const variables = new Variables(around.variables);
    const end = await runScope(definition, input, { ...around, variables });
    if ("error" in end) throw new Error(`a branch that fails is not interpreted: ${end.error}`);
    outputs.push(end.output);
  }
  return outputs;
}

async function runTask(
  scope: Scope,
  state: Any,
  name: string,
  tasks: Record<string, FakeTask>,
  run: Execution,
) {
  const fake = tasks[name];
  if (fake === undefined) throw new Error(`no fake answers ${name}`);
  run.calls[name] ??= [];
  const calls = run.calls[name];
  const retries = new Map<unknown, number>();
  for (;;) {
    scope.retryCount = [...retries.values()].reduce((sum, count) => sum + count, 0);
    try {
      const args = await scope.fill(state.Arguments);
      calls.push(args);
      scope.result = fake(args as never, calls.length - 1);
      return { output: await scope.leave(state, scope.result), next: state.Next as string };
    } catch (error) {
      if (!(error instanceof TaskError)) throw error;
      const retrier = state.Retry.find((each: Any) => matches(each, error));
      const count = retries.get(retrier) ?? 0;
      if (retrier !== undefined && count < retrier.MaxAttempts) {
        retries.set(retrier, count + 1);
        continue;
      }
      const catcher = state.Catch.find((each: Any) => matches(each, error));
      if (catcher === undefined) throw new Error(`${name} lets ${error.name} through`);
      scope.errorOutput = { Error: error.name, Cause: error.message };
      return {
        output: await scope.leave(catcher, scope.errorOutput),
        next: catcher.Next as string,
      };
    }
  }
}

function matches({ ErrorEquals: errors }: { ErrorEquals: string[] }, error: TaskError): boolean {
  return errors.includes("States.ALL") || errors.includes(error.name);
}
