import { checkContentType, mediaTypeOf } from "../components/algorithms/check-content-type.ts";
import { nearestName } from "../components/nearest-name.ts";
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
      remedy: `write ${nearestName(inputMode, inputModes) ?? "File"}, or leave it out for File`,
    });
  }
  const wrong = checkContentType(algorithm, contentType, inputMode);
  if (wrong !== undefined) {
    problems.push({ path: `${path}.contentType`, received: contentType, ...wrong });
  } else if (hyperparameters["csv_weights"] === "1" && !isCsv(contentType)) {
    problems.push({
      path: `${path}.hyperparameters.csv_weights`,
      received: "1",
      rule: `only for text/csv, whose second column then holds the weights; contentType is ${contentType}`,
      remedy: "remove it, or write training.contentType: text/csv",
    });
  }
}

function isCsv(contentType: string): boolean {
  return /^(text\/)?csv$/.test(mediaTypeOf(contentType));
}
