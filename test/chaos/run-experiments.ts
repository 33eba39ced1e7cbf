// npm run chaos: every experiment, then one table: experiment, expected, seen. Exit code 1 when any differs.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import colors from "picocolors";
import { projectRoot } from "../../local/setup/node-packages.mjs";
import { allExperiments } from "./all-experiments.ts";
import { Bench, inOrder, type Outcome } from "./bench.ts";
import type { Experiment } from "./experiment.ts";
import { outcomeTable } from "./outcome-table.ts";
import { reliabilityPage } from "./reliability-page.ts";

const usage = `npm run chaos -- [--only NAME]... [--quick] [--list | --document]

  --only NAME   this experiment, or all whose names start so
  --quick       those that npm test runs too
  --list        their names, and what is expected of each
  --document    writes docs/reliability.md`;

/** Characters of what was seen that are printed: an error may have a log in it. */
const longestSeen = 2000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      quick: { type: "boolean" },
      list: { type: "boolean" },
      document: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return console.log(usage);
  const all = await allExperiments();
  if (values.document) {
    return writeFile(join(projectRoot, "docs", "reliability.md"), reliabilityPage(all));
  }
  const chosen = choose(all, values);
  if (values.list) {
    for (const { name, promise, expected } of chosen)
      console.log(`${name}  (${promise})\n    ${expected}`);
    return;
  }
  const outcomes = await performAll(chosen);
  console.log(`\n${outcomeTable(outcomes)}`);
  process.exitCode = outcomes.every(({ holds }) => holds) ? 0 : 1;
}

function choose(all: Experiment[], { only, quick }: { only?: string[]; quick?: boolean }) {
  const unknown = only?.find((start) => !all.some(({ name }) => name.startsWith(start)));
  if (unknown !== undefined) {
    throw new Error(
      `no experiment ${unknown}: there are ${all.map(({ name }) => name).join(", ")}`,
    );
  }
  return inOrder(all).filter(
    (item) =>
      (only?.some((start) => item.name.startsWith(start)) ?? true) && (!quick || item.quick),
  );
}

async function performAll(experiments: Experiment[]): Promise<Outcome[]> {
  const bench = new Bench();
  const outcomes: Outcome[] = [];
  try {
    for (const [i, experiment] of experiments.entries()) {
      const outcome = await bench.perform(experiment);
      outcomes.push(outcome);
      const mark = outcome.holds ? colors.green("✔") : colors.red("✘");
      const place = `${i + 1}/${experiments.length}`;
      console.log(`${mark} ${place} ${experiment.name}  ${outcome.seconds.toFixed(1)} s`);
      if (!outcome.holds)
        console.log(
          `    expected ${experiment.expected}\n    seen     ${(outcome.error?.stack ?? outcome.seen).slice(0, longestSeen)}`,
        );
    }
  } finally {
    await bench.stop();
  }
  return outcomes;
}

await main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
process.exit(); // Idle connections would keep the process for seconds.
