import { comparisonMetrics } from "../../components/comparison-metrics.ts";
import { escapeHtml, shortNumber } from "../report-page/svg.ts";
import { promotionWords } from "./promotion-words.ts";
import type { ComparisonReport } from "./report.ts";

/** Longest text of an error that the page repeats; all of it is in the report. */
const shownCause = 2000;
/** Names of features that are told one by one. */
const namedFeatures = 12;

/** The top of the page: what came of the comparison, why, and of what it was made. */
export function summary(report: ComparisonReport): string {
  const { status, error, reason } = report;
  const facts: [string, string][] = [
    promotionFact(report),
    ["run", report.title],
    ["time", timeText(report)],
    ["input", `${report.input.key} (version ${report.input.versionId})`],
    ...dataFacts(report),
    [
      "decided by",
      `${comparisonMetrics[report.rules.metric].title}, margin ${report.rules.margin}`,
    ],
    [
      "intervals",
      `${shortNumber(100 * report.rules.confidence)} %, ${report.rules.resamples} resamples of the test rows`,
    ],
  ];
  const why = reason === null || reason === error?.cause ? "" : `<p>${escapeHtml(reason)}.</p>\n`;
  const failure = error
    ? `<p class="error"><strong>${escapeHtml(error.name)}</strong>: ${escapeHtml(error.cause.slice(0, shownCause))}</p>\n`
    : "";
  const rows = facts.map(
    ([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `<section><h2>${escapeHtml(headline(report))}
<span class="status ${status === "Succeeded" ? "good" : "bad"}">${status}</span></h2>
${failure}${why}<table>${rows.join("")}
<tr><th>all of it</th><td><a href="report.json">report.json</a> beside this page</td></tr></table></section>`;
}

function headline({ outcome, winner, verdict, candidates }: ComparisonReport): string {
  if (winner !== null) {
    const scored = candidates.filter(({ status }) => status === "Scored").length;
    return `${winner} wins${scored < candidates.length ? ` among the ${scored} that were scored` : ""}`;
  }
  if (verdict) return `No clear winner; the cheapest of the best is ${verdict.cheapest}`;
  return outcome === null ? "Nothing was compared" : "Too few results to compare";
}

function promotionFact(report: ComparisonReport): [string, string] {
  const { promoted, text } = promotionWords(report);
  return [promoted ? "now serves" : "not promoted", text];
}

function timeText({ execution }: ComparisonReport): string {
  const { startedAt, finishedAt } = execution;
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  const took = seconds < 120 ? `${seconds.toFixed(1)} s` : `${(seconds / 60).toFixed(1)} min`;
  return `${startedAt.slice(0, 19).replace("T", " ")} UTC, for ${took}`;
}

/** What the ETL script says of the data, where it is one that says such things. */
interface EtlFacts {
  rows?: Record<string, number>;
  /** Name of the label's column; null where columns have no names. */
  label?: string | null;
  /** Names of label and features, in this order. */
  columns?: string[] | null;
  features?: number;
}

function dataFacts({ etl, testRows }: ComparisonReport): [string, string][] {
  const { rows, label, columns, features } = (etl?.report ?? {}) as EtlFacts;
  const facts: [string, string][] = [];
  if (label !== undefined) {
    facts.push(["label", label ?? "the first entry of each row, which has no name"]);
  }
  if (features !== undefined) facts.push(["features", featuresText(features, columns ?? [])]);
  const counts =
    rows &&
    `${rows["train"]} train, ${rows["validation"]} validation, ${rows["test"]} test (${testRows ?? 0} predicted)`;
  return [...facts, ["rows", counts ?? "unknown"]];
}

function featuresText(count: number, [, ...names]: string[]): string {
  if (names.length === 0) return String(count);
  const more = names.length > namedFeatures ? ", ..." : "";
  return `${count}: ${names.slice(0, namedFeatures).join(", ")}${more}`;
}
