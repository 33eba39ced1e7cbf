import type { Algorithm } from "../../components/algorithms/algorithm.ts";
import { algorithmSheet, type Sheet, type SheetPart, type SheetTable } from "./algorithm-sheet.ts";
import { overviewTable } from "./overview-table.ts";

const introduction = `# Algorithms

Every built-in algorithm that config can name under \`algorithm: { name: ... }\`. \`npm run algorithms\` prints this table,
\`npm run algorithms -- NAME\` one of the pages below. What config says is checked against them before anything is created.

*gate*: whether training reports a metric that a model can be held against; without one, write
\`validation: { enabled: false }\`. *laptop*: whether the local cloud trains and serves it; AWS does in either case.

This page is generated: change the catalogue in \`components/algorithms/\`, then run
\`npm run algorithms -- --markdown docs/algorithms.md\`. What to do about an algorithm that is not here:
[adding-an-algorithm.md](adding-an-algorithm.md).`;

/** The whole catalogue as one page. */
export function catalogueMarkdown(algorithms: readonly Algorithm[]): string {
  const table = overviewTable(algorithms);
  const linked = {
    ...table,
    rows: table.rows.map(([name = "", ...cells]) => [
      `[${name}](#${name})`,
      ...cells.map(escapeCell),
    ]),
  };
  const sheets = algorithms.map((algorithm) => renderSheet(algorithmSheet(algorithm)));
  return `${[introduction, renderTable(linked), ...sheets].join("\n\n")}\n`;
}

/** The heading is the name alone, for links. */
function renderSheet({ name, title, summary, sections }: Sheet): string {
  const blocks = sections.map(
    (section) => `### ${section.title}\n\n${section.parts.map(renderPart).join("\n\n")}`,
  );
  return [`## ${name}`, `**${title}.** ${summary}.`, ...blocks].join("\n\n");
}

function renderPart(part: SheetPart): string {
  switch (part.kind) {
    case "facts":
      return part.rows.map(([key, value]) => `- ${key}: ${escapeText(value)}`).join("\n");
    case "table":
      return renderTable({ ...part, rows: part.rows.map(codeFirst) });
    case "list":
      return part.items.map((item) => `- ${escapeText(item)}`).join("\n");
    case "text":
      return escapeText(part.text);
    case "code":
      return `\`\`\`${part.language}\n${part.text.trimEnd()}\n\`\`\``;
  }
}

function renderTable({ head, rows }: SheetTable): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function codeFirst([name = "", ...cells]: readonly string[]): string[] {
  return [`\`${name}\``, ...cells.map(escapeCell)];
}

function escapeCell(text: string): string {
  return escapeText(text).replaceAll("|", "\\|");
}

/** What Markdown would take for markup. */
function escapeText(text: string): string {
  return text.replace(/[<*_[\]]/g, (mark) => `\\${mark}`);
}
