import { pipelineNames } from "../../../components/names.ts";
import type { Experiment } from "../experiment.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { allMissed, everyPermissionOf } from "../least-privilege/every-permission.ts";
import {
  allPermissions,
  described,
  notMissed,
  type Subject,
} from "../least-privilege/missing-permission.ts";
import { paths } from "../least-privilege/paths.ts";
import type { Permission } from "../least-privilege/permission.ts";
import { otherAccount, otherService, trusting } from "../least-privilege/trust.ts";
import { useIn } from "../least-privilege/use.ts";
import { type RoleKey, uses } from "../least-privilege/uses.ts";
import { Workshop } from "../least-privilege/workshop.ts";

const roles = Object.keys(pipelineNames("local", "churn").roles) as RoleKey[];

/** One for each role, seen on a path that is short. */
const representatives = new Map<RoleKey, string>([
  ["etl", "s3:GetObject"],
  ["training", "s3:GetObject"],
  ["serving", "ecr:BatchGetImage"],
  ["stateMachine", "glue:StartJobRun"],
  ["startRetraining", "states:StartExecution"],
  ["resolveEndpoint", "sagemaker:DescribeEndpoint"],
  ["writeSchema", "s3:PutObject"],
  ["pruneVersions", "sagemaker:ListModels"],
  ["recordRun", "events:PutEvents"],
  ["cleanUpRuns", "states:ListExecutions"],
  ["closeRun", "states:GetExecutionHistory"],
]);

/** Roles of services that act in the background, and whom they trust instead. Glue does not say for whom it acts. */
const untrusted = [
  ["etl", otherService],
  ["training", otherAccount],
  ["serving", otherAccount],
  ["stateMachine", otherAccount],
] as const;

function churn(bench: ExperimentCloud): Subject<Workshop> {
  return { bench, roles: bench.names.roles, shop: new Workshop(bench), paths, uses };
}

/** IAM as it is enforced, and the policies that the program generated: nothing too little, nothing too much. */
export const leastPrivilege: Experiment[] = [
  {
    name: "least-privilege-each-role",
    promise: "least-privilege",
    expected: "without a permission of its own each role is denied: 11 of 11",
    quick: true,
    async run(bench) {
      const chosen = await representativesOf(bench);
      const wrong = await notMissed(churn(bench), chosen);
      const right = chosen.length - wrong.length;
      const count = `${right} of ${representatives.size}`;
      return [`without a permission of its own each role is denied: ${count}`, ...wrong].join("; ");
    },
  },
  {
    name: "least-privilege-trust",
    promise: "least-privilege",
    expected:
      "trusting others, etl: FAILED EtlFailed, training: FAILED TrainingFailed, serving: FAILED ModelCreationFailed, stateMachine: FAILED RecordFailed",
    quick: false,
    async run(bench) {
      const workshop = new Workshop(bench);
      const seen: string[] = [];
      for (const [role, change] of untrusted) {
        const { ended } = await trusting(bench, role, change, () => workshop.run());
        seen.push(`${role}: ${ended}`);
      }
      return `trusting others, ${seen.join(", ")}`;
    },
  },
  ...roles.map(
    (role): Experiment => ({
      name: `least-privilege-${role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      promise: "least-privilege",
      expected: allMissed,
      quick: false,
      run: (bench: ExperimentCloud) => everyPermissionOf(churn(bench), role),
    }),
  ),
];

async function representativesOf(bench: ExperimentCloud): Promise<Permission[]> {
  const all = await allPermissions(churn(bench));
  return [...representatives].map(([role, action]) => {
    const found = all.find((item) => {
      return item.role === role && item.action === action && "path" in useIn(uses, item);
    });
    if (!found)
      throw new Error(`${role} has no ${action}: it has ${all.map(described).join(", ")}`);
    return found;
  });
}
