import { globSync } from "node:fs";
import { join } from "node:path";
import type { Experiment } from "./experiment.ts";

/** Experiments of every file in experiments/, files in alphabetical order. */
export async function allExperiments(): Promise<Experiment[]> {
  const files = globSync("experiments/*.ts", { cwd: import.meta.dirname }).sort();
  const modules = await Promise.all(files.map((file) => import(join(import.meta.dirname, file))));
  const experiments = modules.flatMap((module: Record<string, Experiment[]>) =>
    Object.values(module).filter(Array.isArray).flat(),
  );
  const names = experiments.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`two experiments are called ${twice}`);
  return experiments;
}
