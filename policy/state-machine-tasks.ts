import { at } from "./property.ts";

/** A call that a state machine makes. */
export interface TaskCall {
  state: string;
  arguments: unknown;
}

/** Calls of one API in a definition in the Amazon States Language, those in Map and Parallel states too. */
export function callsOf(definition: unknown, api: string): TaskCall[] {
  const machine: unknown = typeof definition === "string" ? JSON.parse(definition) : definition;
  const states = Object.entries((at(machine, "States") ?? {}) as Record<string, unknown>);
  return states.flatMap(([state, value]) => {
    const branches = [...((at(value, "Branches") ?? []) as unknown[]), at(value, "ItemProcessor")];
    const inner = branches.flatMap((branch) => callsOf(branch, api));
    const integration = String(at(value, "Resource")).split(":::")[1] ?? "";
    if (integration.replace(/^aws-sdk:/, "").replace(/\..*$/, "") !== api) return inner;
    return [{ state, arguments: at(value, "Arguments") ?? at(value, "Parameters") }, ...inner];
  });
}
