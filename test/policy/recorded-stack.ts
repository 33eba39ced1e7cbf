import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { Resource } from "../../policy/rule.ts";
import { parseStackConfig } from "../../stacks/config.ts";
import { retrainingStack } from "../../stacks/retraining-stack.ts";
import { record } from "../support/mocks.ts";
import { region } from "../support/pipeline.ts";

export const customerKey = `arn:aws:kms:${region}:123456789012:key/11111111-2222-3333-4444-555555555555`;

type Section = Record<string, unknown>;

/**
 * What the whole program creates for a stack file of this project, as policies see it.
 *
 * @param change what each pipeline has instead
 * @param network `retraining:network`
 * @param compare what each comparison has instead, which is deployed then; @default no comparisons
 */
export async function recordedStack(
  stack: string,
  change: (pipeline: Record<string, Section>) => Section = () => ({}),
  network?: object,
  compare?: (comparison: Record<string, Section>) => Section,
): Promise<Resource[]> {
  const projectRoot = fileURLToPath(new URL("../..", import.meta.url));
  const { config } = parse(readFileSync(`${projectRoot}/Pulumi.${stack}.yaml`, "utf8"));
  const pipelines = Object.entries<Record<string, Section>>(config["retraining:pipelines"]).map(
    ([name, pipeline]) => [name, { ...pipeline, ...change(pipeline) }],
  );
  const comparisons = Object.entries<Record<string, Section>>(
    compare ? config["retraining:comparisons"] : {},
  ).map(([name, comparison]) => [name, { ...comparison, enabled: true, ...compare?.(comparison) }]);
  const { resources } = await record(() =>
    retrainingStack(
      parseStackConfig({
        stack,
        region,
        pipelines: Object.fromEntries(pipelines),
        network,
        ...(compare && { comparisons: Object.fromEntries(comparisons) }),
        projectRoot,
      }),
    ),
  );
  return resources.map(({ type, name, inputs }) => ({
    type: mainPart[type] ?? type,
    name,
    urn: `urn:pulumi:${stack}::retraining::${type}::${name}`,
    props: inputs,
    references: {},
  }));
}

/** Mocks make no parts of components from awsx: their inputs stand for those of the part that has the same. */
const mainPart: Record<string, string> = {
  "awsx:ecr:Repository": "aws:ecr/repository:Repository",
  "awsx:ec2:Vpc": "aws:ec2/vpc:Vpc",
};
