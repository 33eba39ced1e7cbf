import { entryOf, type FaultName, faultMenu, menuLines } from "./menu.ts";

/** A fault that was asked for. It strikes at counted calls, never by time or chance. */
export interface Fault {
  name: FaultName;
  /** What it aims at; "" where its menu entry has no target. */
  target: string;
  /** The first call that it strikes, from 1. */
  first: number;
  /** Calls in a row that it strikes. */
  times: number;
}

const syntax = /^(?<name>[a-z0-9-]+)(?:=(?<target>[^:@]*))?(?::(?<times>\d+))?(?:@(?<first>\d+))?$/;

/**
 * Reads `name[=target][:times][@first]`: `glue-fails`, `function-throws=start-retraining:3`, `training-stopped@2`.
 *
 * @throws Error that says what is wrong, and lists the menu for an unknown name
 */
export function parseFault(text: string): Fault {
  const parts = syntax.exec(text)?.groups;
  if (parts === undefined) {
    throw new Error(`--fault ${text}: write name[=target][:times][@first], as in glue-fails:2`);
  }
  const { name = "", target, times = "1", first = "1" } = parts;
  if (!isFaultName(name)) {
    throw new Error(`--fault ${text}: there is no such fault. The menu:\n\n${indented()}`);
  }
  if (Number(times) < 1 || Number(first) < 1) {
    throw new Error(`--fault ${text}: both :times and @first count from 1`);
  }
  const aimed = targetOf(name, target, text);
  return { name, target: aimed, times: Number(times), first: Number(first) };
}

function targetOf(name: FaultName, given: string | undefined, text: string): string {
  const { target } = entryOf(name);
  if (target === undefined) {
    if (given === undefined) return "";
    throw new Error(`--fault ${text}: ${name} takes no target`);
  }
  if (given === undefined || given === "") {
    if (target.otherwise !== "required") return target.otherwise;
    throw new Error(`--fault ${text}: name a target, as in ${name}=start-retraining`);
  }
  if (target.placeholder === "N" && !/^[1-9]\d{0,3}$/.test(given)) {
    throw new Error(`--fault ${text}: ${given} is no number of events from 1 to 9999`);
  }
  return given;
}

function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faultMenu, name);
}

function indented(): string {
  return menuLines()
    .map((line) => `  ${line}`)
    .join("\n");
}
