import { prebuiltImage } from "../../components/algorithms/algorithm.ts";
import { algorithms } from "../../components/algorithms/index.ts";
import { pipelineNames } from "../../components/names.ts";
import { type PipelineConfig, parseStackConfig } from "../../stacks/config.ts";
import { describeProblem } from "../../stacks/config-error.ts";
import type { ContainerEnvironment } from "../cloud/context.ts";
import { builtinContainerOf, builtinContainers } from "../sagemaker/builtin-containers.ts";
import { projectRoot } from "../setup/node-packages.mjs";
import { installEnvironments } from "../setup/python-environments.mjs";
import type { StackSettings } from "../stack-file.ts";

/** What this machine trains for a stack. */
export interface LocalTrainings {
  /** Image of a built-in algorithm by the name of the Glue job whose data it is trained on. */
  imageAfterJob: ReadonlyMap<string, string>;
  /** Python environments of those images' containers. */
  environments: ReadonlySet<ContainerEnvironment>;
}

/**
 * Gets this machine ready for a stack before anything of it is deployed: libraries of its algorithms are installed.
 *
 * @throws ConfigError for config that is wrong, and an Error that names each pipeline whose algorithm nothing here stands for
 */
export async function prepareTrainings(
  stack: string,
  settings: StackSettings,
): Promise<LocalTrainings> {
  const { pipelines } = parseStackConfig({
    stack,
    region: settings["aws:region"],
    settings: Object.keys(settings),
    pipelines: JSON.parse(settings["retraining:pipelines"] ?? "null"),
    network: JSON.parse(settings["retraining:network"] ?? "null"),
    projectRoot,
  });
  const trainings = localTrainings(stack, pipelines);
  await installEnvironments([...trainings.environments]);
  return trainings;
}

/** @throws an Error that names each pipeline whose algorithm nothing here stands for */
export function localTrainings(
  stack: string,
  pipelines: readonly PipelineConfig[],
): LocalTrainings {
  const imageAfterJob = new Map<string, string>();
  const environments = new Set<ContainerEnvironment>();
  const refused: string[] = [];
  for (const { name, enabled, algorithm } of pipelines) {
    const image = builtinImage(algorithm);
    if (!enabled || image === undefined) continue;
    const container = builtinContainerOf(image);
    if (container === undefined) refused.push(refusal(name, algorithm));
    else {
      imageAfterJob.set(pipelineNames(stack, name).glueJob, image);
      environments.add(container.environment);
    }
  }
  if (refused.length === 0) return { imageAfterJob, environments };
  const count = refused.length === 1 ? "1 pipeline" : `${refused.length} pipelines`;
  const intro = `${count} of stack ${stack} cannot run on this machine. Nothing was deployed.`;
  throw new Error([intro, ...refused].join("\n\n"));
}

/** Repository and tag of an image that is not built here; `undefined` for one that is, from its folder. */
function builtinImage(algorithm: PipelineConfig["algorithm"]): string | undefined {
  if ("image" in algorithm) return algorithm.image;
  if (!("name" in algorithm)) return undefined;
  if ("uncheckedVersion" in algorithm) {
    return `${algorithms[algorithm.name].imageRepository}:${algorithm.uncheckedVersion}`;
  }
  const { repositoryName, imageTag } = prebuiltImage(algorithms[algorithm.name], algorithm.version);
  return `${repositoryName}:${imageTag}`;
}

function refusal(pipeline: string, algorithm: PipelineConfig["algorithm"]): string {
  const known = builtinContainers.flatMap(({ repository, tags }) =>
    tags.map((tag) => `${repository}:${tag}`),
  );
  return describeProblem({
    path: `pipelines.${pipeline}.algorithm`,
    received: algorithm,
    rule: `an image that a local program stands for: ${known.join(", ")}; or an own container`,
    remedy: `write enabled: false below ${pipeline} in this stack's file; on AWS it runs as it is`,
  });
}
