import type { ComparisonConfig } from "../stacks/comparison-config.ts";

/** Whether any candidate has a tuning job: only then do a comparison's parts know of tuning jobs. */
export function isTuned({ candidates }: Pick<ComparisonConfig, "candidates">): boolean {
  return candidates.some(({ tuning }) => tuning !== undefined);
}
