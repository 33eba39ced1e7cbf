import { filled, itemVariables } from "./item-expressions.ts";
import { at } from "./property.ts";

/** A call that a state machine makes. */
export interface TaskCall {
  /** Of a Map over items that the definition lists, with the item's number. */
  state: string;
  arguments: unknown;
}

/**
 * Calls of one API in a definition in the Amazon States Language, those in Map and Parallel states too: of a Map once for
 * each item that the definition lists, with what the item says in the arguments.
 */
export function callsOf(definition: unknown, api: string): TaskCall[] {
  const machine: unknown = typeof definition === "string" ? JSON.parse(definition) : definition;
  const states = Object.entries((at(machine, "States") ?? {}) as Record<string, unknown>);
  return states.flatMap(([state, value]) => {
    const branches = (at(value, "Branches") ?? []) as unknown[];
    const inner = [...branches.flatMap((branch) => callsOf(branch, api)), ...itemCalls(value, api)];
    const integration = String(at(value, "Resource")).split(":::")[1] ?? "";
    if (integration.replace(/^aws-sdk:/, "").replace(/\..*$/, "") !== api) return inner;
    return [{ state, arguments: at(value, "Arguments") ?? at(value, "Parameters") }, ...inner];
  });
}

function itemCalls(map: unknown, api: string): TaskCall[] {
  const processor = at(map, "ItemProcessor");
  const items = at(map, "Items");
  const calls = callsOf(processor, api);
  if (!Array.isArray(items)) return calls;
  const variables = itemVariables(processor);
  return items.flatMap((value, index) =>
    calls.map((call) => ({
      state: `${call.state} (item ${index + 1})`,
      arguments: filled(call.arguments, { value, variables }),
    })),
  );
}
