import { createHash } from "node:crypto";
import jsonata from "jsonata";

// biome-ignore lint/suspicious/noExplicitAny: parts of states of any type
type Any = any;

/** Step Functions' own addition to JSONata: the digest of a text, in hexadecimal digits. */
function hash(text: string, algorithm: string): string {
  return createHash(algorithm.replace("-", "")).update(text).digest("hex");
}

/** Variables of a machine, or of a branch of it, which sees those around it and may set none of them. */
export class Variables {
  readonly #around: Variables | undefined;
  readonly #own: Record<string, unknown> = {};

  constructor(around?: Variables) {
    this.#around = around;
  }

  get all(): Record<string, unknown> {
    return { ...this.#around?.all, ...this.#own };
  }

  set(assigned: Record<string, unknown>): void {
    for (const name of Object.keys(assigned)) {
      if (name in (this.#around?.all ?? {}))
        throw new Error(`${name} is a variable of a scope around`);
    }
    Object.assign(this.#own, structuredClone(assigned));
  }
}

/** What expressions of one state see. */
export class Scope {
  readonly #variables: Variables;
  readonly #name: string;
  readonly #executionName: string;
  readonly #input: unknown;
  readonly #entered = new Date().toISOString();
  retryCount = 0;
  result: unknown;
  errorOutput: unknown;

  constructor(variables: Variables, name: string, input: unknown, executionName: string) {
    this.#executionName = executionName;
    this.#variables = variables;
    this.#name = name;
    this.#input = input;
  }

  /** Sets the variables and gives the output, both from what was known before. */
  async leave(part: Any, defaultOutput: unknown = this.#input): Promise<unknown> {
    const assigned = (await this.fill(part.Assign ?? {})) as Record<string, unknown>;
    const output = part.Output === undefined ? defaultOutput : await this.fill(part.Output);
    this.#variables.set(assigned);
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
          Name: this.#executionName,
          StartTime: "2026-05-01T10:00:00.000Z",
        },
        State: { Name: this.#name, EnteredTime: this.#entered, RetryCount: this.retryCount },
      },
    };
    const compiled = jsonata(code);
    compiled.registerFunction("hash", hash, "<ss:s>");
    const value = await compiled.evaluate(undefined, { ...this.#variables.all, states });
    if (value === undefined) throw new Error(`${this.#name}: ${code} is undefined`);
    return JSON.parse(JSON.stringify(value));
  }
}
