import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import Mocha from "mocha";
import { projectRoot } from "../local/setup/node-packages.mjs";
import type { Counts } from "./pytest-suites.ts";

/** Runs the files that the patterns name, as many at a time as there are cores; each one's output is shown when it has ended. */
export async function runMocha(patterns: string[]): Promise<Counts> {
  const jobs = availableParallelism();
  process.execArgv = []; // the lifeline that run.mjs preloads is this process's: those of Mocha end with it anyway
  const mocha = new Mocha({
    timeout: 120_000, // for what hangs: how fast a machine is says nothing about the project
    color: process.stdout.isTTY,
    parallel: jobs > 1,
    jobs,
  });
  for (const file of patterns.flatMap((pattern) =>
    globSync(pattern, { cwd: projectRoot }).sort(),
  )) {
    mocha.addFile(join(projectRoot, file));
  }
  if (jobs === 1) await mocha.loadFilesAsync();
  return await new Promise((resolve) => {
    const runner = mocha.run(() => {
      // A failed before-hook counts as a failure, and so do the tests that it kept from running.
      const { passes = 0, failures = 0 } = runner.stats ?? {};
      resolve({ passed: passes, failed: failures });
    });
  });
}
