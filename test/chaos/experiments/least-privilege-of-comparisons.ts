import { comparisonNames } from "../../../components/comparison-names.ts";
import type { Experiment } from "../experiment.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { shells } from "../least-privilege/compared-shells.ts";
import { comparisonPaths } from "../least-privilege/comparison-paths.ts";
import { useInComparison } from "../least-privilege/comparison-uses.ts";
import { ComparisonWorkshop } from "../least-privilege/comparison-workshop.ts";
import { allPermissions, notMissed } from "../least-privilege/missing-permission.ts";

const names = comparisonNames("local", "shells");
const { etl, training, serving, stateMachine } = names.roles;

/** Those that a pipeline does not have, or not with these permissions: the others are as the pipeline's. */
const roles: Readonly<Record<string, string>> = {
  etl,
  training,
  serving,
  stateMachine,
  ...names.candidateRoles,
};

/** The roles of a comparison that asks endpoints and promotes its winner: nothing too little, nothing too much. */
export const leastPrivilegeOfComparisons: Experiment[] = Object.keys(roles).map((role) => ({
  name: `least-privilege-comparison-${role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  promise: "least-privilege",
  expected: "every permission is missed when it is gone",
  quick: false,
  ownCloud: { comparisons: { shells } },
  run: (bench) => everyPermissionOf(bench, role),
}));

async function everyPermissionOf(bench: ExperimentCloud, role: string): Promise<string> {
  const subject = {
    bench,
    roles,
    shop: new ComparisonWorkshop(bench),
    paths: comparisonPaths,
    useOf: useInComparison,
  };
  const all = (await allPermissions(subject)).filter((item) => item.role === role);
  if (all.length === 0) throw new Error(`the role ${role} may do nothing, or is not there`);
  const wrong = await notMissed(subject, all);
  return wrong.length === 0 ? "every permission is missed when it is gone" : wrong.join("; ");
}
