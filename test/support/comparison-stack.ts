import type { ComparisonConfig } from "../../stacks/comparison-config.ts";
import type { PipelineConfig } from "../../stacks/config.ts";
import { retrainingStack } from "../../stacks/retraining-stack.ts";
import { abalone } from "./comparison.ts";
import { type Recorded, type Recording, record } from "./mocks.ts";
import { region } from "./pipeline.ts";

/** The example as it is deployed, under mocks of Pulumi. */
export function abaloneStack(changes: Partial<ComparisonConfig> = {}): Promise<Recording> {
  return stackOf([abalone({ enabled: true, ...changes })]);
}

export function stackOf(
  comparisons: ComparisonConfig[],
  pipelines: PipelineConfig[] = [],
): Promise<Recording> {
  return record(() =>
    retrainingStack({
      stack: "dev",
      region,
      pipelines,
      comparisons,
      network: undefined,
      warnings: [],
    }),
  );
}

export function promoted(): Pick<ComparisonConfig, "promotion"> {
  return { promotion: { ...abalone().promotion, enabled: true } };
}

export function byBatch(): Pick<ComparisonConfig, "evaluation"> {
  return { evaluation: { ...abalone().evaluation, by: "batch" } };
}

/** `iam/role x`, for each resource, as tests read them. */
export function inShort(resources: readonly Recorded[]): string[] {
  return resources.map(({ type, name }) => `${type.replace(/^aws:|:\w+$/g, "")} ${name}`);
}
