import type { TrainingRun } from "../components/algorithms/algorithm.ts";
import {
  checkHyperparameters,
  checkUnknownHyperparameters,
} from "../components/algorithms/check-hyperparameters.ts";
import { checkInstanceType } from "../components/aws-instance-types.ts";
import { nearestName } from "../components/nearest-name.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import type { TrainingConfig } from "./config.ts";
import type { Problem } from "./config-error.ts";
import { spotSection, trainingSection } from "./pipeline-sections.ts";
import { instanceTypeField, isMapping, readSection, untouched } from "./section.ts";

interface ReadTraining {
  config: Partial<TrainingConfig>;
  /** What metrics can be asked about; absent for an image, and while hyperparameters that they follow are wrong. */
  run: TrainingRun | undefined;
}

export function readTraining(
  choice: AlgorithmChoice,
  raw: unknown,
  path: string,
  problems: Problem[],
): ReadTraining {
  const shape = {
    ...trainingSection,
    instanceType: instanceTypeField(
      (value) => checkInstanceType(value, "training"),
      "ml.m5.xlarge",
    ),
    hyperparameters: untouched,
    spot: untouched,
  };
  const read = readSection(shape, raw, path, problems);
  const { algorithm } = choice.catalogued ?? {};
  const { hyperparameters, run } = readHyperparameters(
    choice,
    read.hyperparameters,
    `${path}.hyperparameters`,
    problems,
  );
  const contentType = read.contentType ?? algorithm?.defaultContentType ?? "text/csv";
  if (algorithm !== undefined && !algorithm.contentTypes.includes(contentType)) {
    const { title, contentTypes, defaultContentType } = algorithm;
    problems.push({
      path: `${path}.contentType`,
      received: contentType,
      rule: `a content type that ${title} trains from, letter for letter: ${contentTypes.join(", ")}`,
      remedy: `write ${nearestName(contentType.replace(/;.*$/, ""), contentTypes) ?? defaultContentType}`,
    });
  }
  if (algorithm?.instances.distributed === false && (read.instanceCount ?? 1) > 1) {
    const rule = `${algorithm.title} trains on one instance`;
    problems.push({
      path: `${path}.instanceCount`,
      received: read.instanceCount,
      rule,
      remedy: "write 1",
    });
  }
  const spot = readSpot(read.spot, read.maxRuntimeMinutes, `${path}.spot`, problems);
  return { config: { ...read, contentType, hyperparameters, spot }, run };
}

function readHyperparameters(
  { config, catalogued }: AlgorithmChoice,
  raw: unknown,
  path: string,
  problems: Problem[],
): { hyperparameters: Record<string, string>; run: TrainingRun | undefined } {
  const given = raw ?? {};
  if (!isMapping(given)) {
    problems.push({
      path,
      received: raw,
      rule: "a mapping of names to values",
      remedy: "write name: value below it",
    });
    return { hyperparameters: {}, run: undefined };
  }
  if (catalogued === undefined && config === undefined)
    return { hyperparameters: {}, run: undefined }; // which ones hold is not known
  const checked =
    catalogued === undefined
      ? checkUnknownHyperparameters(given)
      : checkHyperparameters(catalogued.algorithm, catalogued.version, given);
  for (const { hyperparameter, ...problem } of checked.problems) {
    problems.push({ path: hyperparameter === "" ? path : `${path}.${hyperparameter}`, ...problem });
  }
  const { hyperparameters } = checked;
  const isOpen = checked.problems.some(({ about }) =>
    catalogued?.algorithm.metricsFollow.includes(about),
  );
  return {
    hyperparameters,
    run: catalogued === undefined || isOpen ? undefined : { ...catalogued, hyperparameters },
  };
}

function readSpot(
  raw: unknown,
  maxRuntimeMinutes: number | undefined,
  path: string,
  problems: Problem[],
) {
  if (raw === undefined || raw === null || raw === false) return undefined;
  const { maxWaitMinutes } = readSection(spotSection, raw, path, problems);
  if (maxWaitMinutes === undefined) return undefined;
  if (maxRuntimeMinutes !== undefined && maxWaitMinutes < maxRuntimeMinutes) {
    problems.push({
      path: `${path}.maxWaitMinutes`,
      received: maxWaitMinutes,
      rule: `at least training.maxRuntimeMinutes (${maxRuntimeMinutes}): it counts waiting and training together`,
      remedy: `raise it to ${maxRuntimeMinutes} at least, or lower training.maxRuntimeMinutes`,
    });
  }
  return { maxWaitMinutes };
}
