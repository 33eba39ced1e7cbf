import { createHash } from "node:crypto";
import jsonata from "jsonata";
import type { State } from "../../components/state-machine/state.ts";

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
 * implementation, as strictly as Step Functions does it, where an undefined result is an error.
 */
export async function execute(
  definition: Definition,
  input: unknown,
  tasks: Record<string, FakeTask>,
): Promise<Execution> {
  const run: Execution = { status: "FAILED", path: [], calls: {}, waits: [] };
  const variables: Record<string, unknown> = {};
  let name = definition.StartAt;
  let data = input;
  for (let step = 0; step < maxSteps; step++) {
    const state: Any = definition.States[name];
    if (state === undefined) throw new Error(`no state is called ${name}`);
    run.path.push(name);
    const scope = new Scope(variables, name, data);
    switch (state.Type) {
      case "Succeed":
        return { ...run, status: "SUCCEEDED" };
      case "Fail":
        return {
          ...run,
          error: (await scope.fill(state.Error)) as string,
          cause: (await scope.fill(state.Cause)) as string,
        };
      case "Wait":
        run.waits.push((await scope.fill(state.Seconds)) as number);
        await scope.leave(state);
        name = state.Next;
        break;
      case "Pass":
        data = await scope.leave(state);
        name = state.Next;
        break;
      case "Choice": {
        const rule = await scope.choose(state.Choices);
        data = await scope.leave(rule ?? state);
        name = rule?.Next ?? state.Default;
        break;
      }
      case "Task": {
        const left = await runTask(scope, state, name, tasks, run);
        data = left.output;
        name = left.next;
        break;
      }
      default:
        throw new Error(`${state.Type} is not interpreted`);
    }
  }
  throw new Error(`no end after ${maxSteps} states: ${run.path.slice(-8).join(", ")}`);
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

/** Step Functions' own addition to JSONata: the digest of a text, in hexadecimal digits. */
function hash(text: string, algorithm: string): string {
  return createHash(algorithm.replace("-", "")).update(text).digest("hex");
}

/** What expressions of one state see. */
class Scope {
  readonly #variables: Record<string, unknown>;
  readonly #name: string;
  readonly #input: unknown;
  readonly #entered = new Date().toISOString();
  retryCount = 0;
  result: unknown;
  errorOutput: unknown;

  constructor(variables: Record<string, unknown>, name: string, input: unknown) {
    this.#variables = variables;
    this.#name = name;
    this.#input = input;
  }

  /** Sets the variables and gives the output, both from what was known before. */
  async leave(part: Any, defaultOutput: unknown = this.#input): Promise<unknown> {
    const assigned = (await this.fill(part.Assign ?? {})) as Record<string, unknown>;
    const output = part.Output === undefined ? defaultOutput : await this.fill(part.Output);
    Object.assign(this.#variables, structuredClone(assigned));
    return output;
  }

  async choose(rules: Any[]): Promise<Any | undefined> {
    for (const rule of rules) {
      const holds = await this.fill(rule.Condition);
      if (typeof holds !== "boolean") throw new Error(`${rule.Condition} is ${holds}, no boolean`);
      if (holds) return rule;
    }
    return undefined;
  }

  /** `template` with its expressions evaluated. */
  async fill(template: unknown): Promise<unknown> {
    if (typeof template === "string") {
      const code = /^\{%(.*)%\}$/s.exec(template)?.[1];
      return code === undefined ? template : this.#evaluate(code);
    }
    if (Array.isArray(template)) return Promise.all(template.map((each) => this.fill(each)));
    if (typeof template !== "object" || template === null) return template;
    const entries = Object.entries(template).map(
      async ([key, value]) => [key, await this.fill(value)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }

  async #evaluate(code: string): Promise<unknown> {
    const states = {
      input: this.#input,
      result: this.result,
      errorOutput: this.errorOutput,
      context: {
        Execution: {
          Id: "arn:aws:states:eu-west-1:123456789012:execution:dev-churn-retraining:request-01",
          StartTime: "2026-05-01T10:00:00.000Z",
        },
        State: { Name: this.#name, EnteredTime: this.#entered, RetryCount: this.retryCount },
      },
    };
    const compiled = jsonata(code);
    compiled.registerFunction("hash", hash, "<ss:s>");
    const value = await compiled.evaluate(undefined, { ...this.#variables, states });
    if (value === undefined) throw new Error(`${this.#name}: ${code} is undefined`);
    return JSON.parse(JSON.stringify(value));
  }
}
