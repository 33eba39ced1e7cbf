import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trust } from "./policies.ts";

export interface ServiceRoleArgs {
  /** Physical name of the role, which other policies name before it exists. */
  roleName: string;
  /** Principal that assumes it, `glue.amazonaws.com`. */
  service: string;
  /** The account on whose behalf alone the service may assume it. */
  accountId: string;
  /** All that the role may do: exact actions on exact ARNs. */
  statements: Statement[];
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
    { name: "permissions", role: role.name, policy: policyDocument(args.statements) },
    { parent },
  );
  return { role, policy };
}
