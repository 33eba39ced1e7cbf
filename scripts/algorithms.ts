import { writeFile } from "node:fs/promises";
import { algorithms, isAlgorithmName } from "../components/algorithms/index.ts";
import { nearestName } from "../components/nearest-name.ts";
import { algorithmSheet } from "./algorithms/algorithm-sheet.ts";
import { overviewTable } from "./algorithms/overview-table.ts";
import { catalogueMarkdown } from "./algorithms/render-markdown.ts";
import { renderPart, renderSheet } from "./algorithms/render-terminal.ts";
import { runCommand, UsageError } from "./command-line.ts";

const usage = `npm run algorithms [-- NAME | --markdown FILE]

Lists the built-in algorithms that config can name. NAME: everything that is known of one, with YAML to start from.
--markdown FILE: writes docs/algorithms.md, or another file.`;

await runCommand(
  usage,
  ["markdown"],
  async ({ options, positionals }) => {
    const { markdown } = options;
    const [name] = positionals;
    if (markdown !== undefined) {
      if (name !== undefined) throw new UsageError("either a name or --markdown");
      await writeFile(markdown, catalogueMarkdown(Object.values(algorithms)));
      console.log(`${markdown} is written.`);
    } else if (name === undefined) {
      console.log(renderPart(overviewTable(Object.values(algorithms))));
      console.log("\n  More of one, with YAML to start from: npm run algorithms -- NAME");
    } else {
      console.log(renderSheet(algorithmSheet(algorithmOf(name))));
    }
  },
  { most: 1 },
);

function algorithmOf(name: string) {
  if (isAlgorithmName(name)) return algorithms[name];
  const known = Object.keys(algorithms);
  const nearest = nearestName(name, known);
  throw new Error(
    nearest === undefined
      ? `There is no algorithm ${name}. Known are ${known.join(", ")}.`
      : `There is no algorithm ${name}. Is it ${nearest}? npm run algorithms -- ${nearest}`,
  );
}
