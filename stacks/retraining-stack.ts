import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AlgorithmComparison } from "../components/algorithm-comparison.ts";
import { prebuiltImage } from "../components/algorithms/algorithm.ts";
import { algorithms } from "../components/algorithms/index.ts";
import {
  BuiltinAlgorithmPipeline,
  type BuiltinAlgorithmPipelineArgs,
} from "../components/builtin-algorithm-pipeline.ts";
import type { Place } from "../components/names.ts";
import type { NetworkPlace } from "../components/pipeline-context.ts";
import { PrivateNetwork } from "../components/private-network.ts";
import type { AlgorithmConfig, StackConfig } from "./config.ts";

/** What `pulumi stack output` shows, by pipeline and by comparison. */
export interface RetrainingStackOutputs {
  pipelines: Record<string, BuiltinAlgorithmPipeline["outputs"]>;
  comparisons: Record<string, AlgorithmComparison["outputs"]>;
}

/** All pipelines and comparisons of a stack that are to be deployed. They share nothing. */
export async function retrainingStack(config: StackConfig): Promise<RetrainingStackOutputs> {
  for (const { path, message } of config.warnings) void pulumi.log.warn(`${path}: ${message}`);
  const enabled = config.pipelines.filter((pipeline) => pipeline.enabled);
  const compared = config.comparisons.filter((comparison) => comparison.enabled);
  const place = await currentPlace(config.region);
  const used = [...enabled, ...compared.flatMap(({ candidates }) => candidates)];
  const images = await resolveImages(used, config.region);
  const network = networkOf(config, [...enabled, ...compared], place);
  const pipelines = enabled.map((pipeline) => {
    const image = images.get(imageKey(pipeline));
    const { stack } = config;
    const { name, outputs } = build({ stack, config: pipeline, place, image, network });
    return [name, outputs] as const;
  });
  const comparisons = compared.map((comparison) => {
    const { name, candidates } = comparison;
    const ofCandidates = new Map(
      candidates.map((candidate) => [candidate.key, images.get(imageKey(candidate)) ?? ""]),
    );
    const { stack } = config;
    const args = { stack, config: comparison, place, images: ofCandidates, network };
    return [name, new AlgorithmComparison(name, args).outputs] as const;
  });
  return {
    pipelines: Object.fromEntries(pipelines),
    comparisons: Object.fromEntries(comparisons),
  };
}

function build(args: BuiltinAlgorithmPipelineArgs) {
  const { name } = args.config;
  return { name, outputs: new BuiltinAlgorithmPipeline(name, args).outputs };
}

/** The one network of the stack, for those that use it: gateways and endpoints cost by the hour. */
function networkOf(
  { network }: StackConfig,
  users: readonly { kmsKeyArn: string | undefined }[],
  place: Place,
): NetworkPlace | undefined {
  if (network === undefined || users.length === 0) return undefined;
  if (!("create" in network)) return network;
  const usesKmsKeys = users.some(({ kmsKeyArn }) => kmsKeyArn !== undefined);
  return new PrivateNetwork("network", { place, ...network.create, usesKmsKeys });
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

/** One lookup for each image, however many pipelines and candidates use it; none for those that are built. */
async function resolveImages(
  users: readonly { algorithm: AlgorithmConfig }[],
  region: string,
): Promise<Map<string, string>> {
  const wanted = new Map(users.map((user) => [imageKey(user), user.algorithm] as const));
  const images = new Map<string, string>();
  await Promise.all(
    [...wanted].map(async ([key, algorithm]) => {
      if (!("container" in algorithm)) images.set(key, await resolveImage(algorithm, region));
    }),
  );
  return images;
}

type FoundAlgorithm = Exclude<AlgorithmConfig, { container: string }>;

async function resolveImage(algorithm: FoundAlgorithm, region: string): Promise<string> {
  if ("image" in algorithm) return algorithm.image;
  const image = imageOf(algorithm);
  return (await aws.sagemaker.getPrebuiltEcrImage({ ...image, region })).registryPath;
}

function imageOf(algorithm: Exclude<FoundAlgorithm, { image: string }>) {
  const known = algorithms[algorithm.name];
  if ("version" in algorithm) return prebuiltImage(known, algorithm.version);
  return { repositoryName: known.imageRepository, imageTag: algorithm.uncheckedVersion };
}

function imageKey({ algorithm }: { algorithm: AlgorithmConfig }): string {
  return JSON.stringify(algorithm);
}
