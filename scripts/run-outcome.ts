import type { RunReport } from "../handlers/record-run/report.ts";

/** What a run of a pipeline came to: why it failed, or its metric against the threshold, and what serves. */
export function runOutcomeLines(
  report: Pick<RunReport, "error" | "gate" | "endpoint" | "supersededBy">,
): string[] {
  const { error, gate, endpoint, supersededBy } = report;
  if (error !== undefined) return [`${error.name}: ${error.cause.split("\n", 1)[0]}`];
  const { enabled, metric, value, direction, threshold } = gate ?? {};
  const limit = `${direction === "min" ? "at most" : "at least"} ${threshold}`;
  return [
    ...(enabled ? [`${metric} ${value}, asked for ${limit}`] : []),
    ...(endpoint ? [`endpoint: ${endpoint.name}`] : []),
    ...(supersededBy ? [`run ${supersededBy.title} of a newer upload serves`] : []),
  ];
}
