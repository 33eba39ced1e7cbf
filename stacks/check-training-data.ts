import { checkContentType, mediaTypeOf } from "../components/algorithms/check-content-type.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import type { TrainingConfig } from "./config.ts";
import type { Problem } from "./config-error.ts";

type Data = Pick<TrainingConfig, "contentType" | "hyperparameters"> &
  Partial<Pick<TrainingConfig, "inputMode">>;

/**
 * Whether the algorithm reads such data, in this way.
 *
 * @param path of the section `training`
 */
export function checkTrainingData(
  { catalogued }: AlgorithmChoice,
  { contentType, inputMode = "File", hyperparameters }: Data,
  path: string,
  problems: Problem[],
) {
  if (catalogued === undefined) return;
  const { algorithm } = catalogued;
  if (!algorithm.inputModes.includes(inputMode)) {
    const { title, inputModes } = algorithm;
    problems.push({
      path: `${path}.inputMode`,
      received: inputMode,
      rule: `an input mode that ${title} is documented to read: ${inputModes.join(", ")}`,
      remedy: "leave it out for File",
    });
  }
  const wrong = checkContentType(algorithm, contentType, inputMode);
  if (wrong !== undefined) {
    problems.push({ path: `${path}.contentType`, received: contentType, ...wrong });
    return;
  }
  for (const { hyperparameter, value, ...found } of hyperparameterRules) {
    if (hyperparameters[hyperparameter] !== value || found.holds(contentType, inputMode)) continue;
    problems.push({
      path: `${path}.hyperparameters.${hyperparameter}`,
      received: value,
      rule: `${found.rule}; contentType is ${contentType}, inputMode ${inputMode}`,
      remedy: found.remedy,
    });
  }
}

/** Hyperparameters of XGBoost that not all data go with: the container refuses one of them, and ignores the other. */
const hyperparameterRules = [
  {
    hyperparameter: "csv_weights",
    value: "1",
    holds: isCsv,
    rule: "only for text/csv, whose second column then holds the weights",
    remedy: "remove it, or write training.contentType: text/csv",
  },
  {
    hyperparameter: "use_dask_gpu_training",
    value: "true",
    holds: (contentType: string, inputMode: string) =>
      inputMode === "File" && (isCsv(contentType) || isParquet(contentType)),
    rule: "only for CSV or Parquet in input mode File",
    remedy: "remove it, or write training.contentType: text/csv and leave inputMode out",
  },
] as const;

function isCsv(contentType: string): boolean {
  return /^(text\/)?csv$/.test(mediaTypeOf(contentType));
}

function isParquet(contentType: string): boolean {
  return /^(application\/x-)?parquet$/.test(contentType);
}
