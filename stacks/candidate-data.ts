import { mediaTypeOf } from "../components/algorithms/check-content-type.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import type { CandidateFormat, TrainingSplit } from "./comparison-config.ts";
import type { Problem } from "./config-error.ts";

/** Format of a content type that a candidate of this algorithm may have; `undefined` for every other. */
export function candidateFormat(
  choice: AlgorithmChoice,
  contentType: string,
): CandidateFormat | undefined {
  const mediaType = mediaTypeOf(contentType);
  const formats = { csv: /^(text\/)?csv$/, libsvm: /^(text\/(x-)?)?libsvm$/ };
  return (["csv", "libsvm"] as const).find(
    (format) => formats[format].test(mediaType) && takenBy(choice).includes(`text/${format}`),
  );
}

/** Which of the formats that the same rows are written in a candidate reads; `undefined` where none, and reported. */
export function readFormat(
  choice: AlgorithmChoice,
  contentType: string,
  path: string,
  problems: Problem[],
): CandidateFormat | undefined {
  const format = candidateFormat(choice, contentType);
  if (format !== undefined) return format;
  problems.push({
    path,
    received: contentType,
    rule: "text/csv or text/libsvm: the same rows are written in these formats for all candidates",
    remedy: `write ${takenBy(choice).join(" or ")}`,
  });
  return undefined;
}

function takenBy({ catalogued }: AlgorithmChoice): string[] {
  const known = catalogued?.algorithm.contentTypes ?? [];
  return ["text/csv", "text/libsvm"].filter((type) => known.includes(type));
}

/** What feeds the channels of a candidate's training: never the test rows, whatever the algorithm calls its channels. */
export function candidateChannels({ catalogued }: AlgorithmChoice): Record<string, TrainingSplit> {
  const channel = catalogued?.algorithm.comparable?.validationChannel;
  return { train: "train", ...(channel === undefined ? {} : { [channel]: "validation" as const }) };
}
