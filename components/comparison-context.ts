import * as pulumi from "@pulumi/pulumi";
import type { ComparisonRules } from "../handlers/compare-candidates/logic.ts";
import type { ComparisonConfig } from "../stacks/comparison-config.ts";
import { comparisonLayout } from "./comparison-layout.ts";
import {
  type ComparisonNames,
  comparisonNames,
  maxComparisonTitleLength,
} from "./comparison-names.ts";
import { imageRepositoryArn } from "./image-repository.ts";
import { maxComparedRows } from "./max-predicted-rows.ts";
import { bucketName, type Place } from "./names.ts";
import {
  type KnownContext,
  type NetworkPlace,
  type RunContext,
  snapshotKeys,
} from "./pipeline-context.ts";

/** What every part of a comparison needs to know. */
export interface ComparisonContext extends RunContext {
  names: ComparisonNames;
  comparison: ComparisonConfig;
  /** Full registry path of each candidate's image, by its key. */
  images: ReadonlyMap<string, string>;
  imageRepositoryArns: string[];
}

/** A context of which everything is known. */
export interface KnownComparisonContext extends ComparisonContext {
  network: KnownContext["network"];
}

export function comparisonContext(
  stack: string,
  comparison: ComparisonConfig,
  place: Place,
  images: ReadonlyMap<string, string>,
  network: NetworkPlace | undefined,
): ComparisonContext {
  const { name, etl, data, logs, kmsKeyArn, promotion, evaluation } = comparison;
  const names = comparisonNames(stack, name);
  const inputExtensions = [".csv", ".libsvm", ".svm"];
  const formats = new Set(comparison.candidates.map(({ format }) => format));
  return {
    stack,
    place,
    names,
    comparison,
    images,
    imageRepositoryArns: [
      ...new Set([...images.values()].map((image) => imageRepositoryArn(place.partition, image))),
    ],
    bucket: bucketName(names.base, place),
    inputExtensions,
    etlInputs: comparison.accumulate
      ? [`${comparisonLayout.inputs("*")}*`]
      : snapshotKeys(inputExtensions),
    maxTitleLength: maxComparisonTitleLength,
    network,
    config: {
      name,
      data,
      logs,
      kmsKeyArn,
      endpoint: promotion.endpoint,
      etl: {
        ...etl,
        arguments: {
          ...etl.arguments,
          FORMATS: [...formats].sort().join(","),
          TASK: comparison.task,
          // told before anything is trained, not when the first candidate is asked
          ...(evaluation.samples === "all" && {
            MAX_TEST_ROWS: String(
              maxComparedRows(comparison.candidates.length, evaluation.resamples),
            ),
          }),
        },
      },
    },
  };
}

/** How candidates are compared, as handlers take it. */
export function comparisonRules({ comparison }: ComparisonContext): ComparisonRules {
  const { task, metric, margin, evaluation, promotion } = comparison;
  const { resamples, confidence, seed } = evaluation;
  const { enabled, threshold = null } = promotion;
  return { task, metric, margin, resamples, confidence, seed, promotion: { enabled, threshold } };
}

/** What `use` makes of the context once the network is known: at once where it is. */
export function whenNetworkKnown<T>(
  context: ComparisonContext,
  use: (context: KnownComparisonContext) => T,
): pulumi.Input<T> {
  const { network } = context;
  if (network === undefined) return use({ ...context, network });
  return pulumi
    .all([network.subnetIds, network.securityGroupIds] as const)
    .apply(([subnetIds, securityGroupIds]) =>
      use({ ...context, network: { subnetIds, securityGroupIds } }),
    ) as pulumi.Output<T>;
}
