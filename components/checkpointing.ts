import { type Algorithm, isInVersions } from "./algorithms/algorithm.ts";
import type { VersionRange } from "./algorithms/hyperparameter-spec.ts";

/**
 * Algorithms whose containers write checkpoints and go on from them, and since which version.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-checkpoints.html
 */
const checkpointing: Readonly<Record<string, VersionRange>> = {
  xgboost: { since: "0.90-1" },
  "image-classification": {},
  "object-detection": {},
  "semantic-segmentation": {},
};

/** Minutes that SageMaker lets a spot job without checkpoints wait at most. */
export const maxWaitWithoutCheckpoints = 60;

/** Whether a job of this algorithm that is interrupted can go on where it was. */
export function writesCheckpoints(algorithm: Algorithm, version: string): boolean {
  const range = checkpointing[algorithm.name];
  return range !== undefined && isInVersions(algorithm, version, range);
}
