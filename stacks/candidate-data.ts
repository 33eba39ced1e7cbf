import { mediaTypeOf } from "../components/algorithms/check-content-type.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import type { CandidateFormat, TrainingSplit } from "./comparison-config.ts";
import type { Problem } from "./config-error.ts";

/** Which of the formats that the same rows are written in a candidate reads; `undefined` where none, and reported. */
export function readFormat(
  { catalogued }: AlgorithmChoice,
  contentType: string,
  path: string,
  problems: Problem[],
): CandidateFormat | undefined {
  const mediaType = mediaTypeOf(contentType);
  if (/^(text\/)?csv$/.test(mediaType)) return "csv";
  if (/^(text\/(x-)?)?libsvm$/.test(mediaType)) return "libsvm";
  const known = catalogued?.algorithm.contentTypes ?? [];
  if (!known.includes(contentType)) return undefined; // reported as what the algorithm does not read
  const taken = ["text/csv", "text/libsvm"].filter((type) => known.includes(type));
  problems.push({
    path,
    received: contentType,
    rule: "text/csv or text/libsvm: the same rows are written in these formats for all candidates",
    remedy: `write ${taken.join(" or ")}`,
  });
  return undefined;
}

/** What feeds the channels of a candidate's training: never the test rows, whatever the algorithm calls its channels. */
export function candidateChannels({ catalogued }: AlgorithmChoice): Record<string, TrainingSplit> {
  const channel = catalogued?.algorithm.comparable?.validationChannel;
  return { train: "train", ...(channel === undefined ? {} : { [channel]: "validation" as const }) };
}
