import {
  comparisonContext,
  type KnownComparisonContext,
} from "../../components/comparison-context.ts";
import { projectRoot } from "../../local/setup/node-packages.mjs";
import { readStackFile } from "../../local/stack-file.ts";
import type { CandidateConfig, ComparisonConfig } from "../../stacks/comparison-config.ts";
import { parseStackConfig } from "../../stacks/config.ts";
import { image, place } from "./pipeline.ts";

const { "retraining:comparisons": ofFile = "" } = await readStackFile(projectRoot, "dev");

/** The example of the stacks, as config parsing gives it, `changes` applied to whole sections. */
export function abalone(changes: Partial<ComparisonConfig> = {}): ComparisonConfig {
  const { comparisons } = parseStackConfig({
    stack: "dev",
    region: place.region,
    pipelines: undefined,
    comparisons: JSON.parse(ofFile),
    projectRoot,
  });
  const [first] = comparisons;
  if (first === undefined) throw new Error("Pulumi.dev.yaml has no comparison");
  return { ...first, ...changes };
}

export function abaloneContext(changes: Partial<ComparisonConfig> = {}): KnownComparisonContext {
  const config = abalone(changes);
  const images = new Map(config.candidates.map(({ key }) => [key, image]));
  return { ...comparisonContext("dev", config, place, images, undefined), network: undefined };
}

/** So many candidates, all like the first of the example. */
export function candidates(count: number): CandidateConfig[] {
  const [first] = abalone().candidates;
  if (first === undefined) throw new Error("the example has no candidate");
  return Array.from({ length: count }, (_, index) => {
    const number = `c${String(index + 1).padStart(2, "0")}`;
    return { ...first, key: `candidate-${index + 1}`, number };
  });
}
