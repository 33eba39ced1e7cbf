import { checkInstances } from "../components/algorithms/check-instances.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import type { Report } from "./config-report.ts";

interface Instances {
  use: "training" | "endpoint";
  /** `undefined` where it is wrong by itself, and reported. */
  instanceType?: string;
  instanceCount?: number;
}

/** Whether the algorithm runs on these instances, and whether AWS advises against them. */
export function checkInstanceChoice(
  { catalogued }: AlgorithmChoice,
  hyperparameters: Readonly<Record<string, string>>,
  { use, instanceType, instanceCount }: Instances,
  path: string,
  { problems, warnings }: Report,
) {
  if (catalogued === undefined || instanceType === undefined || instanceCount === undefined) return;
  const received = { instanceType, instanceCount };
  const found = checkInstances({ ...catalogued, hyperparameters }, { use, ...received });
  for (const { about, rule, remedy } of found.problems) {
    problems.push({ path: `${path}.${about}`, received: received[about], rule, remedy });
  }
  for (const message of found.warnings) warnings.push({ path: `${path}.instanceType`, message });
}
