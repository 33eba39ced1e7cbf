import { maxBaseLength, namePattern, pipelineBase } from "../components/names.ts";
import type { Problem } from "./config-error.ts";

/** What a stack has by name. */
export type EntryKind = "pipeline" | "comparison";

interface Entry {
  kind: EntryKind;
  stack: string;
  name: string;
}

/** Whether AWS takes what is named after the stack and its entry. */
export function checkEntryName({ kind, stack, name }: Entry, path: string, problems: Problem[]) {
  if (!namePattern.test(name)) {
    problems.push({
      path,
      received: name,
      rule: "a name of lower-case letters, digits and single hyphens, a letter first",
      remedy: `name it ${legalName(name) ?? (kind === "pipeline" ? "churn, say" : "abalone, say")}`,
    });
    return;
  }
  const base = pipelineBase(stack, name);
  if (base.length <= maxBaseLength) return;
  problems.push({
    path,
    received: name,
    rule: `${base} (stack and ${kind}) has ${base.length} characters: ${maxBaseLength} at most, for AWS's limits on what is named after it`,
    remedy: `shorten the ${kind}'s name by ${base.length - maxBaseLength}`,
  });
}

/** The nearest name that would do; `undefined` where nothing is left of it. */
export function legalName(name: string): string | undefined {
  const legal = name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  return legal === "" ? undefined : legal;
}
