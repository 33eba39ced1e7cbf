import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trust } from "./policies.ts";

export interface ServiceRoleArgs {
  /** Physical name of the role, which other policies name before it exists. */
  roleName: string;
  /** Principal that assumes it, `glue.amazonaws.com`. */
  service: string;
  /** The account on whose behalf alone the service may assume it. */
  accountId: string;
  /** All that the role may do: exact actions on exact ARNs. */
  statements: pulumi.Input<Statement[]>;
}

export interface ServiceRole {
  role: aws.iam.Role;
  /** What needs the permissions to be there, not just the role, depends on this. */
  policy: aws.iam.RolePolicy;
}

/** A role that one AWS service assumes, with one inline policy. */
export function createServiceRole(
  parent: pulumi.Resource,
  name: string,
  args: ServiceRoleArgs,
): ServiceRole {
  const role = new aws.iam.Role(
    `${name}-role`,
    {
      name: args.roleName,
      assumeRolePolicy: policyDocument([trust(args.service, args.accountId)]),
    },
    { parent },
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-policy`,
    { name: "permissions", role: role.name, policy: documentOf(args.statements) },
    { parent },
  );
  return { role, policy };
}

/** Plain where the statements are: an output costs every pipeline some time. */
function documentOf(statements: pulumi.Input<Statement[]>): pulumi.Input<string> {
  if (Array.isArray(statements)) return policyDocument(statements);
  return pulumi.output(statements).apply((known) => policyDocument(known as Statement[]));
}
