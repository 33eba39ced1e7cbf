import { writesCheckpoints } from "../components/algorithms/algorithm.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import type { TrainingConfig } from "./config.ts";
import type { Problem } from "./config-error.ts";
import { spotSection } from "./pipeline-sections.ts";
import { readSection } from "./section.ts";

/** Minutes that SageMaker lets a spot job without checkpoints wait at most. */
const maxWaitWithoutCheckpoints = 60;

interface Read {
  spot?: unknown;
  checkpoints?: boolean | undefined;
  maxRuntimeMinutes?: number;
}

/**
 * Managed spot training, and checkpoints, which it has of itself where the algorithm writes any.
 *
 * @param path of the section `training`
 * @param keepsCheckpoints whether there is a place for them: candidates have none
 */
export function readSpot(
  { catalogued }: AlgorithmChoice,
  read: Read,
  path: string,
  problems: Problem[],
  keepsCheckpoints = true,
): Pick<TrainingConfig, "spot" | "checkpoints"> {
  const writes =
    keepsCheckpoints &&
    (catalogued === undefined || writesCheckpoints(catalogued.algorithm, catalogued.version));
  if (read.checkpoints === true && !writes) {
    problems.push({
      path: `${path}.checkpoints`,
      received: true,
      rule: `${catalogued?.algorithm.title} ${catalogued?.version} writes no checkpoints`,
      remedy: "remove it: a job that is interrupted starts anew",
    });
  }
  const isOn = read.spot !== undefined && read.spot !== null && read.spot !== false;
  const checkpoints = read.checkpoints ?? (isOn && writes);
  const spotPath = `${path}.spot`;
  const { maxWaitMinutes } = isOn ? readSection(spotSection, read.spot, spotPath, problems) : {};
  if (maxWaitMinutes === undefined) return { spot: undefined, checkpoints };
  const wrong =
    checkRuntime(maxWaitMinutes, read.maxRuntimeMinutes) ??
    (checkpoints || catalogued === undefined
      ? undefined
      : checkLimit(maxWaitMinutes, read.maxRuntimeMinutes, writes));
  if (wrong !== undefined) {
    problems.push({ path: `${spotPath}.maxWaitMinutes`, received: maxWaitMinutes, ...wrong });
  }
  return { spot: { maxWaitMinutes }, checkpoints };
}

function checkRuntime(maxWaitMinutes: number, maxRuntimeMinutes: number | undefined) {
  if (maxRuntimeMinutes === undefined || maxWaitMinutes >= maxRuntimeMinutes) return undefined;
  return {
    rule: `at least training.maxRuntimeMinutes (${maxRuntimeMinutes}): it counts waiting and training together`,
    remedy: `raise it to ${maxRuntimeMinutes} at least, or lower training.maxRuntimeMinutes`,
  };
}

function checkLimit(
  maxWaitMinutes: number,
  maxRuntimeMinutes: number | undefined,
  writes: boolean,
) {
  const limit = maxWaitWithoutCheckpoints;
  if (maxWaitMinutes <= limit) return undefined;
  const runtime = (maxRuntimeMinutes ?? 0) > limit ? ", and training.maxRuntimeMinutes too" : "";
  return {
    rule: `at most ${limit} without checkpoints: SageMaker takes no more for a built-in algorithm`,
    remedy: `lower it to ${limit}${runtime}, or ${writes ? "remove checkpoints: false" : "train without spot"}`,
  };
}
