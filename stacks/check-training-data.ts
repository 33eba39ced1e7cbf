import { checkContentType } from "../components/algorithms/check-content-type.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import type { TrainingConfig } from "./config.ts";
import type { Problem } from "./config-error.ts";

type Data = Pick<TrainingConfig, "contentType"> & Partial<Pick<TrainingConfig, "inputMode">>;

/**
 * Whether the algorithm reads such data, in this way.
 *
 * @param path of the section `training`
 */
export function checkTrainingData(
  { catalogued }: AlgorithmChoice,
  { contentType, inputMode = "File" }: Data,
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
  }
}
