import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { accountId, type TestCloud } from "./test-cloud.ts";

export interface Statement {
  Effect: "Allow" | "Deny";
  Action: string | string[];
  Resource: string | string[];
  Condition?: object;
}

/** Statement that lets a service assume a role, and only for this account. */
export const trusting = (service: string, condition?: object) => ({
  Effect: "Allow",
  Principal: { Service: service },
  Action: "sts:AssumeRole",
  Condition: condition ?? { StringEquals: { "aws:SourceAccount": accountId } },
});

export const allowing = (
  Action: string | string[],
  Resource: string | string[],
  Condition?: object,
): Statement => ({ Effect: "Allow", Action, Resource, ...(Condition && { Condition }) });

const document = (statements: object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** Creates a role that `service` may assume. */
export async function createRole(
  { clients }: TestCloud,
  name: string,
  service: string,
  statements: Statement[],
  condition?: object,
): Promise<string> {
  const { Role } = await clients.iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: document([trusting(service, condition)]),
    }),
  );
  await setPolicy({ clients } as TestCloud, name, statements);
  return Role?.Arn as string;
}

export async function deleteRole(cloud: TestCloud, RoleName: string): Promise<void> {
  await setPolicy(cloud, RoleName, []);
  await cloud.clients.iam.send(new DeleteRoleCommand({ RoleName }));
}

/** Replaces all that a role may do. */
export async function setPolicy(
  { clients }: TestCloud,
  RoleName: string,
  statements: Statement[],
): Promise<void> {
  const PolicyName = "permissions";
  if (statements.length === 0) {
    await clients.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    return;
  }
  await clients.iam.send(
    new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: document(statements) }),
  );
}

/** Asks one of the launcher's own routes. */
export async function askRoute(
  { ministack }: TestCloud,
  route: string,
  body: object,
  secret = ministack.secret,
): Promise<{ status: number; body: Record<string, string> }> {
  const response = await fetch(`${ministack.url}/_local/${route}`, {
    method: "POST",
    headers: { "x-local-secret": secret },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}
