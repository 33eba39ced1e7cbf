/** One mistake in config: where, what was there, what holds and what to write instead. */
export interface Problem {
  /** Keys joined by dots, `pipelines.churn.training.instanceType`. */
  path: string;
  /** What was there; `undefined` for nothing. */
  received: unknown;
  /** What holds there. */
  rule: string;
  /** What to write instead. */
  remedy: string;
}

const longestReceived = 100;

/** Everything that is wrong in a stack's config, in one error: a user corrects it in one go. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly Problem[];

  constructor(stack: string, problems: readonly Problem[]) {
    const count = problems.length === 1 ? "1 mistake" : `${problems.length} mistakes`;
    const intro = `${count} in the config of stack ${stack} (Pulumi.${stack}.yaml). Nothing was deployed.`;
    super([intro, ...problems.map(describeProblem)].join("\n\n"));
    this.problems = problems;
  }
}

/** A mistake as the report shows it: where, what was there, the rule, and what to write instead. */
export function describeProblem({ path, received, rule, remedy }: Problem): string {
  return [
    `  ${path}`,
    `    got   ${show(received)}`,
    `    rule  ${rule}`,
    `    fix   ${remedy}`,
  ].join("\n");
}

function show(received: unknown): string {
  if (received === undefined) return "nothing";
  // JSON has no NaN
  const text = typeof received === "number" ? String(received) : JSON.stringify(shallow(received));
  return text.length <= longestReceived ? text : `${text.slice(0, longestReceived - 3)}...`;
}

/** No deeper than can be shown: what YAML's aliases nest may be too deep for a stack of calls. */
function shallow(value: unknown, depth = longestReceived): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return "...";
  if (Array.isArray(value)) return value.map((element) => shallow(element, depth - 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, element]) => [key, shallow(element, depth - 1)]),
  );
}
