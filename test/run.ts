// Every test of the project: mocha for TypeScript, pytest for each Python environment. Ends with one line of counts.
import { runCommand } from "../scripts/command-line.ts";
import { runMocha } from "./mocha-suite.ts";
import { runPythonSuites } from "./pytest-suites.ts";

async function main(patterns: string[]) {
  const runs = [await runMocha(patterns.length > 0 ? patterns : ["test/**/*.test.ts"])];
  if (patterns.length === 0) runs.push(...(await runPythonSuites()));
  const passed = runs.reduce((sum, run) => sum + run.passed, 0);
  const failed = runs.reduce((sum, run) => sum + run.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

const usage = `npm test [-- PATTERN ...]

Every test, or those of the files that the patterns name: test/scripts/*.test.ts`;

await runCommand(usage, [], ({ positionals }) => main(positionals), {
  most: Number.POSITIVE_INFINITY,
});
