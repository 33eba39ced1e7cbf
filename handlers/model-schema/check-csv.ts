import { checkNumber } from "./check-number.ts";
import type { FeatureRows, TextRows } from "./model-schema.ts";
import { RequestRefused } from "./request-refused.ts";

/** Lines of a request, without the line ending of the last. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** @throws RequestRefused unless each line of `text` has the model's features, as numbers between commas */
export function checkCsv(text: string, rows: FeatureRows): void {
  linesOf(text).forEach((line, i) => {
    const row = i + 1;
    const cells = line.split(",");
    if (row === 1) refuseHeader(cells, rows);
    checkCount(line, cells.length, row, rows);
    cells.forEach((cell, j) => {
      checkNumber(cell, rows.missing, { row, column: j + 1, name: rows.names?.[j] });
    });
  });
}

/** @throws RequestRefused unless each line has as many texts, none of them empty */
export function checkTextCsv(text: string, { count }: TextRows): void {
  linesOf(text).forEach((line, i) => {
    const cells = line.split(",");
    if (cells.length === count && cells.every((cell) => cell.trim() !== "")) return;
    throw new RequestRefused({
      row: i + 1,
      value: line,
      problem: `not ${count} texts`,
      remedy: `Write ${count} columns with a comma between them`,
    });
  });
}

function refuseHeader(cells: string[], { names }: FeatureRows): void {
  const isHeader = cells.some((cell) => cell.trim() !== "" && names?.includes(cell.trim()));
  if (!isHeader) return;
  throw new RequestRefused({
    row: 1,
    value: cells.join(","),
    problem: "a header, and the model would take it for a row",
    remedy: "Leave the line with the names out",
  });
}

function checkCount(line: string, found: number, row: number, { counts, names }: FeatureRows) {
  if (counts.includes(found) && line.trim() !== "") return;
  if (line.trim() === "") {
    throw new RequestRefused({ row, problem: "an empty line", remedy: "Leave it out" });
  }
  const wanted = Math.max(...counts);
  const remedy =
    found === 1 && /[;\t|]/.test(line)
      ? "Separate columns by commas"
      : found === wanted + 1
        ? "If the first column is the label, leave it out: a request has features alone"
        : found > wanted
          ? `Leave ${found - wanted} columns out`
          : `Add ${wanted - found}${names ? `: ${namesFrom(names, found)}, if those at the end are missing` : ""}`;
  throw new RequestRefused({
    row,
    value: line,
    problem: `${found} columns, and the model was trained on ${counts.join(" or ")}`,
    remedy,
  });
}

/** The first few of the names from `first` on. */
function namesFrom(names: string[], first: number): string {
  const rest = names.slice(first);
  return rest.length > 5 ? `${rest.slice(0, 5).join(", ")}, …` : rest.join(", ");
}
