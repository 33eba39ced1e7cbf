import { comparisonNames } from "../../../components/comparison-names.ts";
import type { CloudSetup, Experiment } from "../experiment.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import {
  besideShells,
  shells,
  shellsByBatch,
  tunedShells,
} from "../least-privilege/compared-shells.ts";
import { comparisonPaths } from "../least-privilege/comparison-paths.ts";
import { comparisonUses, sharedUses } from "../least-privilege/comparison-uses.ts";
import { ComparisonWorkshop } from "../least-privilege/comparison-workshop.ts";
import {
  allMissed,
  everyPermissionBeyond,
  everyPermissionOf,
} from "../least-privilege/every-permission.ts";
import { batchUses, tunedCandidateUses } from "../least-privilege/further-uses.ts";
import type { Subject } from "../least-privilege/missing-permission.ts";
import type { RoleUses } from "../least-privilege/use.ts";

const names = comparisonNames("local", "shells");
const { etl, training, serving, stateMachine, ...shared } = names.roles;
/** Those that a pipeline does not have, or not with these permissions: the others are as the pipeline's. */
const ownRoles = { etl, training, serving, stateMachine, ...names.candidateRoles };
const allRoles = { ...names.roles, ...names.candidateRoles };

const others = comparisonNames("local", "plain");

/** The roles of a comparison that asks endpoints and promotes its winner: nothing too little, nothing too much. */
export const leastPrivilegeOfComparisons: Experiment[] = Object.keys(ownRoles).map((role) => ({
  name: `least-privilege-comparison-${role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  promise: "least-privilege",
  expected: allMissed,
  quick: false,
  ownCloud: { comparisons: { shells } },
  run: (bench) => everyPermissionOf(subjectOf(bench, ownRoles, comparisonUses), role),
}));

export const leastPrivilegeOfFurtherComparisons: Experiment[] = [
  {
    ...row("least-privilege-comparison-beyond-pipeline", { shells }),
    run: (bench) =>
      everyPermissionBeyond(
        subjectOf(bench, shared, sharedUses),
        { names, endpointName: shells.promotion.endpoint.name },
        { names: bench.names, endpointName: bench.churn.endpointName, roles: bench.names.roles },
      ),
  },
  {
    ...row("least-privilege-of-batch", { shells: shellsByBatch, plain: besideShells }),
    run: (bench) => beyondPlain(bench, batchUses),
  },
  {
    ...row("least-privilege-of-tuned-candidates", { shells: tunedShells, plain: besideShells }),
    run: (bench) => beyondPlain(bench, tunedCandidateUses),
  },
];

function row(name: string, comparisons: CloudSetup["comparisons"] & object) {
  const ownCloud = { comparisons };
  return { name, promise: "least-privilege", expected: allMissed, quick: false, ownCloud } as const;
}

/** Shells against the comparison whose roles the other rows show. */
function beyondPlain(bench: ExperimentCloud, uses: RoleUses): Promise<string> {
  return everyPermissionBeyond(
    subjectOf(bench, allRoles, uses),
    { names, endpointName: shells.promotion.endpoint.name },
    {
      names: others,
      endpointName: besideShells.promotion.endpoint.name,
      roles: { ...others.roles, ...others.candidateRoles },
    },
  );
}

function subjectOf(
  bench: ExperimentCloud,
  roles: Readonly<Record<string, string>>,
  uses: RoleUses,
): Subject<ComparisonWorkshop> {
  return { bench, roles, shop: new ComparisonWorkshop(bench), paths: comparisonPaths, uses };
}
