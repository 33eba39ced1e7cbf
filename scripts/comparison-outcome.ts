import { basename } from "node:path";
import type { ComparisonReport } from "../handlers/record-comparison/report.ts";

/** What of an ETL report says what was learnt from: a script of the user's may leave any of it out. */
interface EtlFacts {
  /** Name of the label's column; null where the input names none. */
  label?: string | null;
  features?: number;
  inputFormat?: string;
  files?: unknown[];
}

/**
 * What a comparison came to, line by line: who failed, who wins, and what serves.
 *
 * @param told name of the error that the reader has seen with its cause: it is not told again
 */
export function outcomeLines(report: ComparisonReport, told?: string): string[] {
  const { winner, reason, outcome, verdict } = report;
  const error = told === report.error?.name ? undefined : report.error;
  const isReason = outcome !== null && report.error?.cause === reason;
  const cheapest =
    verdict && winner === null ? `; the cheapest of the best is ${verdict.cheapest}` : "";
  return [
    ...labelLines(report),
    ...failureLines(report),
    ...(winner !== null ? [`winner: ${winner}: ${reason}`] : []),
    ...(winner === null && outcome !== null && !(isReason && error === undefined)
      ? [`${outcome}: ${oneLine(reason ?? "")}${cheapest}`]
      : []),
    ...(error !== undefined && !isReason ? [`${error.name}: ${oneLine(error.cause)}`] : []),
    ...promotionLines(report),
  ];
}

/** Which candidates failed, and why. */
export function failureLines({ candidates }: ComparisonReport): string[] {
  return candidates
    .filter(({ status }) => status === "Failed")
    .map(({ key, error }) => `${key} failed: ${error?.name}: ${oneLine(error?.cause ?? "")}`);
}

/** Which column was the label, of how many features: a mistake there makes every score worthless. */
export function labelLines({ etl, input }: Pick<ComparisonReport, "etl" | "input">): string[] {
  const facts = etl?.report as EtlFacts | null | undefined;
  if (facts === null || facts === undefined) return [];
  const { label, features, inputFormat, files = [] } = facts;
  if (inputFormat === undefined && label === undefined) return [];
  const others = files.length > 1 ? ` and ${files.length - 1} more` : "";
  const file = `${basename(input.key)}${others}`;
  const what =
    typeof label === "string"
      ? `column '${label}' of ${file}`
      : inputFormat === "libsvm"
        ? `what each row of ${file} starts with (libsvm)`
        : `the first column of ${file}, which has no header`;
  return [`label: ${what}${features === undefined ? "" : `; ${features} features`}`];
}

/** Nothing of a comparison that failed before anything could have been promoted. */
function promotionLines({ promotion, winner, rules, error }: ComparisonReport): string[] {
  if (promotion?.promoted) return [`promotion: ${winner} serves ${promotion.endpoint?.name}`];
  if (promotion?.supersededBy) {
    return [`promotion: none, run ${promotion.supersededBy.title} of a newer upload serves`];
  }
  if (error !== undefined) return promotion && winner !== null ? ["promotion: failed"] : [];
  if (promotion === null) return ["promotion: off in config (promotion.enabled)"];
  if (winner === null) return ["promotion: none, for there is no clear winner"];
  return [
    `promotion: none, ${winner} does not reach promotion.threshold ${rules.promotion.threshold}`,
  ];
}

function oneLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
