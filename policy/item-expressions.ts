import { at } from "./property.ts";

/** What one item of a Map is, and the names of the variables that hold it. */
export interface MapItem {
  value: unknown;
  variables: readonly string[];
}

/** Names that a Map's first state gives to the item at hand: of `{"candidate": "{% $states.input %}"}` it is `candidate`. */
export function itemVariables(processor: unknown): string[] {
  const first = at(processor, "States", String(at(processor, "StartAt")));
  return Object.entries((at(first, "Assign") ?? {}) as Record<string, unknown>)
    .filter(([, value]) => codeOf(value) === "$states.input")
    .map(([name]) => name);
}

/**
 * `template` with what it takes from the item in place of the expressions for it: `$candidate.job.ResourceConfig`, and
 * `$candidate.job.ResourceConfig.InstanceCount > 1`. What only a run can know stays an expression.
 */
export function filled(template: unknown, item: MapItem): unknown {
  if (Array.isArray(template)) return template.map((each) => filled(each, item));
  if (typeof template === "object" && template !== null) {
    const entries = Object.entries(template).map(([key, value]) => [key, filled(value, item)]);
    return Object.fromEntries(entries);
  }
  const code = codeOf(template);
  const [, name = "", path = "", more] =
    /^\$(\w+)((?:\.\w+)*)(?: > (\d+))?$/.exec(code ?? "") ?? [];
  if (!item.variables.includes(name)) return template;
  const value = at(item.value, ...path.split(".").slice(1));
  return more === undefined ? value : Number(value) > Number(more);
}

/** JSONata between `{%` and `%}`; undefined of anything else. */
function codeOf(value: unknown): string | undefined {
  return typeof value === "string" ? /^\{%(.*)%\}$/s.exec(value)?.[1]?.trim() : undefined;
}
