import { fileURLToPath } from "node:url";
import type { MetricDefinition } from "@aws-sdk/client-sagemaker";
import type { Interpreters } from "../cloud/context.ts";
import { notSupported } from "./supported-members.ts";
import { xgboostMetrics } from "./xgboost-metrics.ts";

/** What stands on a laptop for one built-in algorithm's container. */
export interface Runner {
  /** Repository of the image, without registry. */
  repository: string;
  /** Tags of that repository that the runner behaves as. */
  tags: readonly string[];
  interpreter: keyof Interpreters;
  /** Folder that holds the Python package. */
  packageFolder: string;
  /** Modules run with `python -m`. */
  trainModule: string;
  serveModule: string;
  /** What SageMaker scrapes from the logs of this algorithm's training jobs. */
  metricDefinitions: readonly MetricDefinition[];
}

const containers = fileURLToPath(new URL("../containers/", import.meta.url));

export const builtinRunners: readonly Runner[] = [
  {
    repository: "sagemaker-xgboost",
    tags: ["3.0-5"],
    interpreter: "xgboost",
    packageFolder: `${containers}xgboost`,
    trainModule: "xgboost_container.train",
    serveModule: "xgboost_container.serve",
    metricDefinitions: xgboostMetrics,
  },
];

/**
 * The runner of an image.
 * @param image registry path, `<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`
 * @throws AwsError that names the images which have one
 */
export function runnerOf(image: string, runners: readonly Runner[]): Runner {
  const { repository, tag } = parseImage(image);
  const runner = runners.find((item) => item.repository === repository && item.tags.includes(tag));
  if (runner) return runner;
  const known = runners.flatMap((item) => item.tags.map((name) => `${item.repository}:${name}`));
  throw notSupported(`The image ${image}`, `images with a local runner: ${known.join(", ")}`);
}

function parseImage(image: string): { repository: string; tag: string } {
  const path = image.slice(image.indexOf("/") + 1);
  const colon = path.lastIndexOf(":");
  if (colon === -1) return { repository: path, tag: "latest" };
  return { repository: path.slice(0, colon), tag: path.slice(colon + 1) };
}
