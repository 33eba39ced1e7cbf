import {
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import type { Statement } from "../../../components/policies.ts";

/** The smallest thing that can be taken from a role: one action on one resource, in one statement of one policy. */
export interface Permission {
  /** What the program calls the role. */
  role: string;
  roleName: string;
  policyName: string;
  /** Index of the statement in its policy. */
  statement: number;
  action: string;
  resource: string;
  condition?: Statement["Condition"];
}

/** Everything that roles are allowed, as deployed. @param roles their names, by what the program calls them */
export async function permissionsOf(
  iam: IAMClient,
  roles: Readonly<Record<string, string>>,
): Promise<Permission[]> {
  const all: Permission[] = [];
  for (const [role, roleName] of Object.entries(roles)) {
    for (const policyName of await policiesOf(iam, roleName)) {
      const statements = await readStatements(iam, roleName, policyName);
      for (const [i, { Effect, Action, Resource = [], Condition }] of statements.entries()) {
        if (Effect !== "Allow")
          throw new Error(`${roleName} denies something: it is to be looked at`);
        all.push(
          ...Action.flatMap((action) =>
            Resource.map((resource) => ({
              role,
              roleName,
              policyName,
              statement: i,
              action,
              resource,
              ...(Condition && { condition: Condition }),
            })),
          ),
        );
      }
    }
  }
  return all;
}

async function policiesOf(iam: IAMClient, RoleName: string): Promise<string[]> {
  const { PolicyNames = [] } = await iam
    .send(new ListRolePoliciesCommand({ RoleName }))
    .catch((error: Error) => {
      if (error.name !== "NoSuchEntityException") throw error;
      return { PolicyNames: [] }; // a name that the program keeps for a role, and does not use
    });
  return PolicyNames;
}

/**
 * Has `work` done while the permissions are taken away; they are given back whatever happens.
 *
 * @throws Error for two of one statement: what one leaves of it has no place for the other
 */
export async function without<T>(
  iam: IAMClient,
  taken: readonly Permission[],
  work: () => Promise<T>,
): Promise<T> {
  const undo: (() => Promise<void>)[] = [];
  try {
    // The last statement first: what is left of one moves those after it.
    for (const permission of taken.toSorted((a, b) => b.statement - a.statement)) {
      const { roleName, policyName } = permission;
      const statements = await readStatements(iam, roleName, policyName);
      if (!allows(statements[permission.statement], permission)) {
        throw new Error(`${roleName} does not allow ${permission.action} where it did`);
      }
      undo.unshift(() => writeStatements(iam, roleName, policyName, statements));
      const left = statements.flatMap((statement, i) =>
        i === permission.statement ? split(statement, permission) : [statement],
      );
      await writeStatements(iam, roleName, policyName, left);
    }
    return await work();
  } finally {
    for (const giveBack of undo) await giveBack();
  }
}

function allows(statement: Statement | undefined, { action, resource }: Permission): boolean {
  return statement?.Action.includes(action) === true && !!statement.Resource?.includes(resource);
}

/** The statement without one action on one resource: the other actions keep it. */
export function split(
  statement: Statement,
  { action, resource }: Pick<Permission, "action" | "resource">,
): Statement[] {
  const actions = statement.Action.filter((other) => other !== action);
  const resources = (statement.Resource ?? []).filter((other) => other !== resource);
  return [
    ...(actions.length > 0 ? [{ ...statement, Action: actions }] : []),
    ...(resources.length > 0 ? [{ ...statement, Action: [action], Resource: resources }] : []),
  ];
}

async function readStatements(
  iam: IAMClient,
  RoleName: string,
  PolicyName: string,
): Promise<Statement[]> {
  const { PolicyDocument = "" } = await iam.send(
    new GetRolePolicyCommand({ RoleName, PolicyName }),
  );
  return JSON.parse(decodeURIComponent(PolicyDocument)).Statement as Statement[];
}

async function writeStatements(
  iam: IAMClient,
  RoleName: string,
  PolicyName: string,
  Statement: readonly Statement[],
): Promise<void> {
  if (Statement.length === 0) {
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    return;
  }
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
}
