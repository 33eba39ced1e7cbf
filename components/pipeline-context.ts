import * as pulumi from "@pulumi/pulumi";
import type { PipelineConfig } from "../stacks/config.ts";
import { bucketLayout } from "./bucket-layout.ts";
import { imageRepositoryArn } from "./image-repository.ts";
import {
  arnsIn,
  bucketName,
  maxTitleLength,
  type PipelineNames,
  type Place,
  pipelineNames,
} from "./names.ts";

/** What every part needs to know that pipelines and comparisons have alike. Plain facts, but for the network. */
export interface RunContext {
  stack: string;
  config: Pick<PipelineConfig, "name" | "etl" | "endpoint" | "data" | "logs" | "kmsKeyArn">;
  place: Place;
  names: PipelineNames;
  bucket: string;
  /** Ends of the keys that start a run, `.csv`. */
  inputExtensions: readonly string[];
  /** Keys that ETL reads its input from; patterns of IAM. */
  etlInputs: readonly string[];
  /** Longest title of a run. */
  maxTitleLength: number;
  /** What jobs and endpoints run in; `undefined`: no network of the account's. */
  network: NetworkPlace | undefined;
}

/** What every part of a pipeline needs to know: its config, its names and where it lives. Plain facts, but for what is built with it. */
export interface PipelineContext extends RunContext {
  config: PipelineConfig;
  /** Full registry path of the image that trains and serves: plain, unless the stack builds it. */
  image: pulumi.Input<string>;
  /** ARN of the repository that holds the image. */
  imageRepositoryArn: string;
}

/** Subnets and security groups of a private network: plain where config gives them, outputs where the stack makes them. */
export interface NetworkPlace {
  subnetIds: pulumi.Input<string[]>;
  securityGroupIds: pulumi.Input<string[]>;
}

/** A context of which everything is known. */
export interface KnownContext extends PipelineContext {
  image: string;
  network: { subnetIds: string[]; securityGroupIds: string[] } | undefined;
}

export function pipelineContext(
  stack: string,
  config: PipelineConfig,
  place: Place,
  image: string,
): KnownContext;
export function pipelineContext(
  stack: string,
  config: PipelineConfig,
  place: Place,
  image: pulumi.Input<string>,
  network?: NetworkPlace,
): PipelineContext;
export function pipelineContext(
  stack: string,
  config: PipelineConfig,
  place: Place,
  image: pulumi.Input<string>,
  network?: NetworkPlace,
): PipelineContext {
  const names = pipelineNames(stack, config.name);
  const bucket = bucketName(names.base, place);
  const inputExtensions = [".csv"];
  const repository =
    typeof image === "string" && !("container" in config.algorithm)
      ? imageRepositoryArn(place.partition, image)
      : arnsIn(place).imageRepository(names.containerRepository);
  return {
    stack,
    config,
    place,
    names,
    bucket,
    inputExtensions,
    etlInputs: snapshotKeys(inputExtensions),
    maxTitleLength,
    image,
    imageRepositoryArn: repository,
    network,
  };
}

/** The copies of the very versions that started runs: patterns of IAM. */
export function snapshotKeys(inputExtensions: readonly string[]): string[] {
  return inputExtensions.map((extension) => bucketLayout.snapshot("*", extension));
}

/** What `use` makes of the context once all of it is known: at once where it is, which spares every pipeline without outputs. */
export function whenKnown<T>(
  context: PipelineContext,
  use: (context: KnownContext) => T,
): pulumi.Input<T> {
  if (isKnown(context)) return use(context);
  const { image, network } = context;
  return pulumi
    .all([image, network?.subnetIds, network?.securityGroupIds] as const)
    .apply(([known, subnetIds, securityGroupIds]) =>
      use({
        ...context,
        image: known,
        network: network && {
          subnetIds: subnetIds ?? [],
          securityGroupIds: securityGroupIds ?? [],
        },
      }),
    ) as pulumi.Output<T>;
}

function isKnown(context: PipelineContext): context is KnownContext {
  const { image, network } = context;
  const lists = network === undefined ? [] : [network.subnetIds, network.securityGroupIds];
  return typeof image === "string" && lists.every((list) => isPlainList(list));
}

function isPlainList(list: pulumi.Input<string[]>): boolean {
  return Array.isArray(list) && list.every((item) => typeof item === "string");
}
