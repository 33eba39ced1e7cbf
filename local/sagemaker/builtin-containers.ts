import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MetricDefinition } from "@aws-sdk/client-sagemaker";
import type { ContainerEnvironment } from "../cloud/context.ts";
import { cacheDir } from "../setup/python-environments.mjs";
import {
  kmeansMetrics,
  knnMetrics,
  linearLearnerMetrics,
  object2vecMetrics,
} from "./metric-definitions.ts";
import { xgboostMetrics } from "./xgboost-metrics.ts";

/** What stands for one built-in algorithm's container: a Python package. */
export interface BuiltinContainer {
  /** Repository of the image, without registry. */
  repository: string;
  /** Tags of that repository that it behaves as. */
  tags: readonly string[];
  environment: ContainerEnvironment;
  /** Folder that holds the Python package. */
  packageFolder: string;
  /** Modules run with `python -m`. */
  trainModule: string;
  serveModule: string;
  /** What SageMaker scrapes from the logs of this algorithm's training jobs. */
  metricDefinitions: readonly MetricDefinition[];
}

const folder = fileURLToPath(new URL("../containers/", import.meta.url));

/** What all of them share: the container contract. */
export const contractFolder = `${folder}contract`;

export const builtinContainers: readonly BuiltinContainer[] = [
  container("sagemaker-xgboost", ["3.0-5"], "xgboost", "xgboost", xgboostMetrics),
  container("linear-learner", ["1"], "linear_learner", "learners", linearLearnerMetrics),
  container("kmeans", ["1"], "kmeans", "learners", kmeansMetrics),
  container("pca", ["1"], "pca", "learners", []),
  container("knn", ["1"], "knn", "learners", knnMetrics),
  container("object2vec", ["1"], "object2vec", "learners", object2vecMetrics),
];

/** What the processes of an environment are told beside their job. */
export const environmentVariables: Readonly<
  Record<ContainerEnvironment, Readonly<Record<string, string>>>
> = {
  xgboost: {},
  // What XLA compiled for a network is found again by the next job with data of the same shape: half of a small job's time.
  learners: {
    JAX_COMPILATION_CACHE_DIR: join(cacheDir, "jax"),
    JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS: "0",
    JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES: "-1",
  },
};

/** @param name folder, and start of its package's name */
function container(
  repository: string,
  tags: readonly string[],
  name: string,
  environment: ContainerEnvironment,
  metricDefinitions: readonly MetricDefinition[],
): BuiltinContainer {
  return {
    repository,
    tags,
    environment,
    packageFolder: `${folder}${name}`,
    trainModule: `${name}_container.train`,
    serveModule: `${name}_container.serve`,
    metricDefinitions,
  };
}

/** The container of an image, if there is one: `<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`. */
export function builtinContainerOf(
  image: string,
  containers: readonly BuiltinContainer[] = builtinContainers,
): BuiltinContainer | undefined {
  const { repository, tag } = parseImage(image);
  return containers.find((item) => item.repository === repository && item.tags.includes(tag));
}

function parseImage(image: string): { repository: string; tag: string } {
  const path = image.slice(image.indexOf("/") + 1);
  const colon = path.lastIndexOf(":");
  if (colon === -1) return { repository: path, tag: "latest" };
  return { repository: path.slice(0, colon), tag: path.slice(colon + 1) };
}
