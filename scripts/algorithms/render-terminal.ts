import colors from "picocolors";
import type { Sheet, SheetPart, SheetTable } from "./algorithm-sheet.ts";

/** Columns of a narrow terminal. */
const width = 100;
const gap = 2;
const indent = 2;
/** No column of text gets narrower. */
const narrowest = 12;

export function renderSheet({ name, title, summary, sections }: Sheet): string {
  const heading = `${colors.bold(title)} (${name})\n${summary}.`;
  const blocks = sections.map(
    (section) =>
      `${colors.bold(section.title)}\n\n${section.parts.map((part) => renderPart(part)).join("\n\n")}`,
  );
  return `${[heading, ...blocks].join("\n\n")}\n`;
}

export function renderPart(part: SheetPart): string {
  switch (part.kind) {
    case "facts":
      return renderRows(part.rows);
    case "table":
      return part.explains ? renderExplained(part) : renderRows(part.rows, part.head);
    case "list":
      return part.items.map((item) => hang("- ", wrap(item, width - indent - 2))).join("\n");
    case "text":
      return hang("", wrap(part.text, width - indent));
    case "code":
      return part.text.trimEnd().split("\n").flatMap(codeLines(part.language)).join("\n");
  }
}

/** Config is pasted: it stays as it is. A long answer is shown over several lines. */
function codeLines(language: string) {
  const lead = " ".repeat(2 * indent);
  return (line: string) =>
    language === "yaml"
      ? [lead + line]
      : wrap(line, width - lead.length).map((piece) => lead + piece);
}

/** The last cell of a row below the others: there is no room for four columns. */
function renderExplained({ head, rows }: SheetTable): string {
  const table = [head, ...rows].map((cells) => cells.slice(0, -1));
  const widths = columnWidths(table);
  return rows
    .map((cells, place) => {
      const values = renderCells(table[place + 1] ?? [], widths);
      const explanation = hang("  ", wrap(cells.at(-1) ?? "", width - indent - 2));
      return `${values}\n${colors.dim(explanation)}`;
    })
    .join("\n");
}

/** Columns as wide as what they hold; the last one, and any that is too wide, runs over several lines. */
function renderRows(rows: readonly (readonly string[])[], head?: readonly string[]): string {
  const all = head === undefined ? rows : [head, ...rows];
  const widths = columnWidths(all);
  return all
    .map((cells, place) => {
      const lines = renderCells(cells, widths);
      return head !== undefined && place === 0 ? colors.dim(lines) : lines;
    })
    .join("\n");
}

/** As wide as their cells while there is room for two fifths for the last one; else the widest in the middle gives way. */
function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const count = Math.max(...rows.map((cells) => cells.length));
  const room = width - indent - gap * (count - 1);
  const natural = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const last = Math.min(natural.at(-1) ?? 0, Math.floor(room * 0.4));
  const widths = [...natural.slice(0, -1), last];
  const excess = widths.reduce((sum, one) => sum + one, 0) - room;
  if (excess > 0) {
    const widest = widths.lastIndexOf(Math.max(...widths.slice(1, -1)), count - 2);
    const wanted = widths[widest] ?? 0;
    widths[widest] = Math.max(Math.min(wanted, narrowest), wanted - excess);
  }
  const used = widths.slice(0, -1).reduce((sum, one) => sum + one, 0);
  return [...widths.slice(0, -1), Math.max(narrowest, room - used)];
}

function renderCells(cells: readonly string[], widths: readonly number[]): string {
  const wrapped = cells.map((cell, column) => wrap(cell, widths[column] ?? width));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    `${" ".repeat(indent)}${wrapped
      .map((lines, column) => (lines[line] ?? "").padEnd(widths[column] ?? 0))
      .join(" ".repeat(gap))}`.trimEnd(),
  ).join("\n");
}

function hang(mark: string, lines: readonly string[]): string {
  return lines
    .map(
      (line, place) =>
        `${" ".repeat(indent)}${place === 0 ? mark : " ".repeat(mark.length)}${line}`,
    )
    .join("\n");
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((long) => pieces(long, columns))) {
    const next = line === "" ? word : `${line} ${word}`;
    if (next.length <= columns) line = next;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** A word that is longer than a line, cut. */
function pieces(word: string, columns: number): string[] {
  const found = [];
  for (let start = 0; start < word.length || start === 0; start += columns)
    found.push(word.slice(start, start + columns));
  return found;
}
