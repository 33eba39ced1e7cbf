import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { prebuiltImage } from "../components/algorithms/algorithm.ts";
import { algorithms } from "../components/algorithms/index.ts";
import { BuiltinAlgorithmPipeline } from "../components/builtin-algorithm-pipeline.ts";
import type { Place } from "../components/names.ts";
import type { AlgorithmConfig, PipelineConfig, StackConfig } from "./config.ts";

/** What `pulumi stack output` shows, by pipeline. */
export interface RetrainingStackOutputs {
  pipelines: Record<string, BuiltinAlgorithmPipeline["outputs"]>;
}

/** All pipelines of a stack that are to be deployed. They share nothing. */
export async function retrainingStack(config: StackConfig): Promise<RetrainingStackOutputs> {
  for (const { path, message } of config.warnings) pulumi.log.warn(`${path}: ${message}`);
  const enabled = config.pipelines.filter((pipeline) => pipeline.enabled);
  const place = await currentPlace(config.region);
  const images = await resolveImages(enabled, config.region);
  const pipelines = enabled.map((pipeline) => {
    const image = images.get(imageKey(pipeline));
    if (image === undefined) throw new Error(`no image was found for pipeline ${pipeline.name}`);
    const { name, outputs } = build(pipeline, config.stack, place, image);
    return [name, outputs] as const;
  });
  return { pipelines: Object.fromEntries(pipelines) };
}

function build(config: PipelineConfig, stack: string, place: Place, image: string) {
  const pipeline = new BuiltinAlgorithmPipeline(config.name, { stack, config, place, image });
  return { name: config.name, outputs: pipeline.outputs };
}

/** Where the provider deploys: asked of it, because credentials decide account and partition. */
async function currentPlace(region: string): Promise<Place> {
  const [identity, partition, current] = await Promise.all([
    aws.getCallerIdentity(),
    aws.getPartition(),
    aws.getRegion(),
  ]);
  if (current.region !== region) {
    throw new pulumi.RunError(
      `config says region ${region}, the provider deploys to ${current.region}`,
    );
  }
  return { partition: partition.partition, region, accountId: identity.accountId };
}

/** One lookup for each image, however many pipelines use it. */
async function resolveImages(
  pipelines: readonly PipelineConfig[],
  region: string,
): Promise<Map<string, string>> {
  const wanted = new Map(pipelines.map((pipeline) => [imageKey(pipeline), pipeline]));
  return new Map(
    await Promise.all(
      [...wanted].map(
        async ([key, pipeline]) => [key, await resolveImage(pipeline, region)] as const,
      ),
    ),
  );
}

async function resolveImage({ algorithm }: PipelineConfig, region: string): Promise<string> {
  if ("image" in algorithm) return algorithm.image;
  const image = imageOf(algorithm);
  return (await aws.sagemaker.getPrebuiltEcrImage({ ...image, region })).registryPath;
}

function imageOf(algorithm: Exclude<AlgorithmConfig, { image: string }>) {
  const known = algorithms[algorithm.name];
  if ("version" in algorithm) return prebuiltImage(known, algorithm.version);
  return { repositoryName: known.imageRepository, imageTag: algorithm.uncheckedVersion };
}

function imageKey({ algorithm }: PipelineConfig): string {
  return JSON.stringify(algorithm);
}
