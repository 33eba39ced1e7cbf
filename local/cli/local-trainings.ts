import { prebuiltImage } from "../../components/algorithms/algorithm.ts";
import { algorithms } from "../../components/algorithms/index.ts";
import { pipelineNames } from "../../components/names.ts";
import type { ComparisonConfig } from "../../stacks/comparison-config.ts";
import { type PipelineConfig, parseStackConfig } from "../../stacks/config.ts";
import { describeProblem, type Problem } from "../../stacks/config-error.ts";
import { settingValue } from "../../stacks/setting-value.ts";
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

/** Each pipeline that config has right and that this machine cannot train. */
export class UnsupportedPipelinesError extends Error {
  override readonly name = "UnsupportedPipelinesError";
}

/**
 * Gets this machine ready for a stack before anything of it is deployed: libraries of its algorithms are installed.
 *
 * @throws ConfigError for config that is wrong, UnsupportedPipelinesError for what this machine cannot train
 */
export async function prepareTrainings(
  stack: string,
  settings: StackSettings,
): Promise<LocalTrainings> {
  const { pipelines, comparisons } = parseStackConfig({
    stack,
    region: settings["aws:region"],
    settings: Object.keys(settings),
    pipelines: settingValue(settings["retraining:pipelines"]),
    comparisons: settingValue(settings["retraining:comparisons"]),
    network: settingValue(settings["retraining:network"]),
    projectRoot,
  });
  const trainings = localTrainings(stack, pipelines, comparisons);
  await installEnvironments([...trainings.environments]);
  return trainings;
}

/** @throws UnsupportedPipelinesError that names each pipeline that this machine cannot train, and why */
export function localTrainings(
  stack: string,
  pipelines: readonly PipelineConfig[],
  comparisons: readonly ComparisonConfig[] = [],
): LocalTrainings {
  const imageAfterJob = new Map<string, string>();
  const environments = new Set<ContainerEnvironment>();
  const deployed = trainingsOf(pipelines, comparisons);
  for (const { name, algorithm } of deployed) {
    const image = builtinImage(algorithm);
    const container = image === undefined ? undefined : builtinContainerOf(image);
    if (image === undefined || container === undefined) continue;
    const { glueJob } = pipelineNames(stack, name);
    // of a comparison, the first candidate's: it is trained first
    if (!imageAfterJob.has(glueJob)) imageAfterJob.set(glueJob, image);
    environments.add(container.environment);
  }
  const refusals = deployed.map(refusalsOf).filter((problems) => problems.length > 0);
  if (refusals.length === 0) return { imageAfterJob, environments };
  const what = comparisons.some(({ enabled }) => enabled) ? "training" : "pipeline";
  const count = refusals.length === 1 ? `1 ${what}` : `${refusals.length} ${what}s`;
  const intro = `${count} of stack ${stack} cannot run on this machine. Nothing was deployed.`;
  throw new UnsupportedPipelinesError(
    [intro, ...refusals.flat().map(describeProblem)].join("\n\n"),
  );
}

/** A pipeline's training, or a candidate's. */
interface Training {
  /** Of the pipeline, or of the comparison: whose Glue job makes its data. */
  name: string;
  /** Where config has it. */
  path: string;
  /** What has the flag `enabled`. */
  owner: string;
  algorithm: PipelineConfig["algorithm"];
  training: Pick<PipelineConfig["training"], "instanceCount" | "inputMode">;
}

function trainingsOf(
  pipelines: readonly PipelineConfig[],
  comparisons: readonly ComparisonConfig[],
): Training[] {
  const ofPipelines = pipelines
    .filter(({ enabled }) => enabled)
    .map(({ name, algorithm, training }) => {
      return { name, path: `pipelines.${name}`, owner: name, algorithm, training };
    });
  const ofCandidates = comparisons
    .filter(({ enabled }) => enabled)
    .flatMap(({ name, candidates }) =>
      candidates.map(({ key, algorithm, training }) => {
        const path = `comparisons.${name}.candidates.${key}`;
        return { name, path, owner: name, algorithm, training };
      }),
    );
  return [...ofPipelines, ...ofCandidates];
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

/** `version: "3.0-5", or ` where this machine trains another version of the algorithm. */
function versionHere(algorithm: PipelineConfig["algorithm"]): string {
  if (!("name" in algorithm)) return "";
  const { name } = algorithm;
  const version = algorithms[name].versions
    .map((each) => each.name)
    .findLast(
      (each) => builtinContainerOf(builtinImage({ name, version: each }) ?? "") !== undefined,
    );
  return version === undefined ? "" : `version: "${version}" in this stack's file, or `;
}

/** What of a pipeline AWS does and this machine does not: better told now than by its first run. */
function refusalsOf({ path, owner, algorithm, training }: Training): Problem[] {
  const problems: Problem[] = [];
  const off = `enabled: false below ${owner} in this stack's file; on AWS it runs as it is`;
  const image = builtinImage(algorithm);
  if (image !== undefined && builtinContainerOf(image) === undefined) {
    const known = builtinContainers.flatMap(({ repository, tags }) =>
      tags.map((tag) => `${repository}:${tag}`),
    );
    problems.push({
      path: `${path}.algorithm`,
      received: algorithm,
      rule: `an image that a local program stands for: ${known.join(", ")}; or an own container`,
      remedy: `write ${versionHere(algorithm)}${off}`,
    });
  }
  if (training.instanceCount > 1) {
    problems.push({
      path: `${path}.training.instanceCount`,
      received: training.instanceCount,
      rule: "one training instance: this machine is no cluster",
      remedy: `write 1 in this stack's file, or ${off}`,
    });
  }
  if (training.inputMode === "Pipe") {
    problems.push({
      path: `${path}.training.inputMode`,
      received: training.inputMode,
      rule: "data in files: the local programs read no pipes",
      remedy: `write File in this stack's file, or ${off}`,
    });
  }
  return problems;
}
