import { isCsv } from "../is-csv.ts";
import { nearestName } from "../nearest-name.ts";
import type { Algorithm, Finding, InputMode } from "./algorithm.ts";

type Verdict = Omit<Finding, "hyperparameter"> | undefined;

const labelSize = /;label_size=(?<columns>[^;]*)/;

/**
 * Why the containers cannot train from data of this content type; `undefined` where they can.
 *
 * Parameters count: a CSV channel of an algorithm without labels needs `label_size=0`, since containers else take the
 * first column for the label and miss a feature.
 */
export function checkContentType(
  algorithm: Algorithm,
  contentType: string,
  inputMode: InputMode,
): Verdict {
  const given = withoutSpaces(contentType);
  if (!takes(algorithm.contentTypes, given)) return explain(algorithm, contentType, given);
  const piped = algorithm.pipeContentTypes;
  if (inputMode !== "Pipe" || piped === undefined || takes(piped, given)) return undefined;
  return {
    rule: `in input mode Pipe ${algorithm.title} reads only ${piped.join(", ")}`,
    remedy: "write one of these, or training.inputMode: File",
  };
}

/** The type without parameters: `text/csv` of `text/csv;label_size=0`. */
export function mediaTypeOf(contentType: string): string {
  return withoutSpaces(contentType).replace(/;.*$/, "");
}

function takes(known: readonly string[], given: string): boolean {
  if (known.includes(given)) return true;
  // one label column is what CSV has where nothing is said
  return isCsv(given) && given.endsWith(";label_size=1") && known.includes(mediaTypeOf(given));
}

function explain(
  { title, contentTypes, defaultContentType }: Algorithm,
  raw: string,
  given: string,
) {
  const mediaType = mediaTypeOf(given);
  const unlabelled = contentTypes.find((known) => known === `${mediaType};label_size=0`);
  if (unlabelled !== undefined) {
    return {
      rule: `${title} learns without labels: ${unlabelled}; the container else takes the first column for a label`,
      remedy: `write "${unlabelled}"`,
    };
  }
  const columns = labelSize.exec(given)?.groups?.["columns"];
  if (columns !== undefined && contentTypes.includes(mediaType)) {
    return isCsv(given)
      ? { rule: `${title} takes one label, the first column`, remedy: `write ${mediaType}` }
      : { rule: "label_size belongs to text/csv alone", remedy: `write ${mediaType}` };
  }
  const nearest = nearestName(raw.replace(/;.*$/, ""), contentTypes);
  return {
    rule: `a content type that ${title} trains from, letter for letter: ${contentTypes.join(", ")}`,
    remedy: `write ${nearest ?? defaultContentType}`,
  };
}

function withoutSpaces(contentType: string): string {
  return contentType.replace(/\s*;\s*/g, ";");
}
