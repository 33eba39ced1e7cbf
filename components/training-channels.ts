import type { PipelineConfig } from "../stacks/config.ts";
import type { Algorithm, ChannelSpec } from "./algorithms/algorithm.ts";
import { mediaTypeOf } from "./algorithms/check-content-type.ts";
import { algorithms } from "./algorithms/index.ts";
import { etlChannel } from "./etl-channel.ts";
import type { TrainingChannel } from "./state-machine/training-job.ts";

/**
 * Channels of a pipeline's training job, as the catalogue wants them: with the content type that a channel has of its own,
 * and shared between instances as the algorithm learns from them. A channel of an image goes whole to every instance.
 */
export function trainingChannels({
  algorithm,
  training,
}: Pick<PipelineConfig, "algorithm" | "training">): TrainingChannel[] {
  const known = "name" in algorithm ? algorithms[algorithm.name] : undefined;
  return Object.entries(training.channels).map(([name, source]) => ({
    name,
    source: source === "etl" ? { folder: etlChannel(name).folder } : { uri: source },
    contentType: contentTypeOf(known?.channels[name], training.contentType),
    distribution: distributionOf(known, name, training),
  }));
}

/** A type with parameters says how its own kind is read, `text/csv;label_size=1`: of another kind it says nothing. */
function contentTypeOf(channel: ChannelSpec | undefined, training: string): string {
  const own = channel?.contentType;
  if (own === undefined) return training;
  const isFurther = own.includes(";") && mediaTypeOf(own) !== mediaTypeOf(training);
  return isFurther ? training : own;
}

function distributionOf(
  known: Algorithm | undefined,
  channel: string,
  { hyperparameters }: PipelineConfig["training"],
) {
  // each GPU of the cluster picks its rows itself there: the container refuses channels that are shared already
  if (hyperparameters["use_dask_gpu_training"] === "true") return "FullyReplicated";
  return known?.channels[channel]?.distribution ?? "FullyReplicated";
}
