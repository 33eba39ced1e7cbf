import type { RawStackConfig } from "./config.ts";
import type { Problem } from "./config-error.ts";
import { isMapping } from "./section.ts";

type Entries = [name: string, raw: unknown][];

/** Pipelines and comparisons by name; a stack has one of either at least, and no two of a name. */
export function readEntries(
  { pipelines, comparisons }: Pick<RawStackConfig, "pipelines" | "comparisons">,
  problems: Problem[],
): { pipelines: Entries; comparisons: Entries } {
  if (comparisons === undefined || comparisons === null) {
    return { pipelines: readPipelines(pipelines, problems), comparisons: [] };
  }
  const compared = readComparisons(comparisons, problems);
  const isAlone = pipelines === undefined || pipelines === null;
  const piped = isAlone ? [] : readPipelines(pipelines, problems);
  for (const [name] of compared) {
    if (!piped.some(([other]) => other === name)) continue;
    problems.push({
      path: `comparisons.${name}`,
      received: name,
      rule: "a pipeline of the stack has this name: what AWS is given is named after both alike",
      remedy: `name it ${name}-comparison, or otherwise`,
    });
  }
  return { pipelines: piped, comparisons: compared };
}

function readPipelines(raw: unknown, problems: Problem[]): Entries {
  if (isMapping(raw) && Object.keys(raw).length > 0) return Object.entries(raw);
  problems.push({
    path: "pipelines",
    received: raw ?? undefined,
    rule: "required: a mapping of one pipeline at least, by name",
    remedy: "add retraining:pipelines with a name and its sections below, as in Pulumi.dev.yaml",
  });
  return [];
}

function readComparisons(raw: unknown, problems: Problem[]): Entries {
  if (isMapping(raw) && Object.keys(raw).length > 0) return Object.entries(raw);
  problems.push({
    path: "comparisons",
    received: raw,
    rule: "a mapping of one comparison at least, by name",
    remedy:
      "write a name and its sections below, as in Pulumi.dev.yaml, or remove retraining:comparisons",
  });
  return [];
}
