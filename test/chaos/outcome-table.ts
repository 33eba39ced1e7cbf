import type { Outcome } from "./bench.ts";

/** Longest text of a cell; what was seen stands whole in the line of the experiment. */
const maxCell = 120;

const headings = ["experiment", "expected", "seen", "s"];

/** `experiment | expected | seen | s`, one line each, and the totals. */
export function outcomeTable(outcomes: Outcome[]): string {
  const rows = outcomes.map(({ experiment, seen, holds, seconds }) =>
    [
      `${holds ? "✔" : "✘"} ${experiment.name}`,
      experiment.expected,
      holds ? "as expected" : seen,
      seconds.toFixed(1),
    ].map(cell),
  );
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(" | ")
      .trimEnd();
  const held = outcomes.filter(({ holds }) => holds).length;
  const total = outcomes.reduce((sum, { seconds }) => sum + seconds, 0);
  return [
    line(headings),
    widths.map((width) => "-".repeat(width)).join("-|-"),
    ...rows.map(line),
    "",
    `${outcomes.length === 1 ? "1 experiment" : `${outcomes.length} experiments`}: ${held} as expected, ${outcomes.length - held} not; ${total.toFixed(0)} s`,
  ].join("\n");
}

function cell(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > maxCell ? `${line.slice(0, maxCell - 1)}…` : line;
}
