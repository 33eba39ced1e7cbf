import type { PipelineConfig } from "../stacks/config.ts";
import { bucketName, type PipelineNames, type Place, pipelineNames } from "./names.ts";

/** What every part of a pipeline needs to know: its config, its names and where it lives. Plain facts, no resources. */
export interface PipelineContext {
  stack: string;
  config: PipelineConfig;
  place: Place;
  names: PipelineNames;
  bucket: string;
  /** Full registry path of the image that trains and serves. */
  image: string;
}

export function pipelineContext(
  stack: string,
  config: PipelineConfig,
  place: Place,
  image: string,
): PipelineContext {
  const names = pipelineNames(stack, config.name);
  return { stack, config, place, names, bucket: bucketName(names.base, place), image };
}
