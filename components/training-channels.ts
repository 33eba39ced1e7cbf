import type { PipelineConfig } from "../stacks/config.ts";
import { algorithms } from "./algorithms/index.ts";
import { bucketLayout } from "./bucket-layout.ts";
import type { TrainingChannel } from "./state-machine/train-model.ts";

/**
 * Channels of a pipeline's training job.
 *
 * The validation split is passed only where it is asked for: by the algorithm, by a gate on what it measures, or by early
 * stopping. A script that writes no such split can then still feed a pipeline without a gate.
 */
export function trainingChannels({
  algorithm,
  training,
  validation,
}: Pick<PipelineConfig, "algorithm" | "training" | "validation">): TrainingChannel[] {
  const known = "name" in algorithm ? algorithms[algorithm.name] : undefined;
  const takesValidation = known === undefined || known.channels["validation"] !== undefined;
  const needsValidation =
    validation.enabled ||
    known?.channels["validation"]?.required === true ||
    Object.keys(training.hyperparameters).some((name) => name.startsWith("early_stopping"));
  const { contentType } = training;
  const train: TrainingChannel = {
    name: "train",
    folder: bucketLayout.train,
    contentType,
    // each instance its own files, where the algorithm joins what they learn
    distribution:
      training.instanceCount > 1 && known?.instances.distributed === true
        ? "ShardedByS3Key"
        : "FullyReplicated",
  };
  if (!takesValidation || !needsValidation) return [train];
  return [
    train,
    {
      name: "validation",
      folder: bucketLayout.validate,
      contentType,
      distribution: "FullyReplicated",
    },
  ];
}
