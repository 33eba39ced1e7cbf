import type { ComparisonTask } from "../components/comparison-metrics.ts";
import type { Problem } from "./config-error.ts";
import type { ReadCandidate } from "./read-candidates.ts";

/**
 * How many classes the candidates are told of, the same for all of them; `undefined` where none has to be told.
 *
 * @param path of the section `candidates`
 */
export function readCandidateClasses(
  task: ComparisonTask | undefined,
  candidates: readonly ReadCandidate[],
  path: string,
  problems: Problem[],
): number | undefined {
  if (task === "binary") return 2;
  if (task !== "multiclass") return undefined;
  let first: { key: string; classes: number } | undefined;
  for (const { key, choice, config } of candidates) {
    const name = choice.catalogued?.algorithm.comparable?.classCount;
    const written = name === undefined ? undefined : config.training.hyperparameters[name];
    const classes = Number(written);
    if (written === undefined || !Number.isInteger(classes)) continue; // reported, where it is required
    if (first === undefined) first = { key, classes };
    else if (first.classes !== classes) {
      problems.push({
        path: `${path}.${key}.training.hyperparameters.${name}`,
        received: written,
        rule: `the same number of classes for all candidates: ${first.key} has ${first.classes}`,
        remedy: `write ${first.classes}, or correct ${first.key}`,
      });
    }
  }
  return first?.classes;
}
