import type { Check } from "../../ministack/identity.ts";

/** What IAM is asked before an operation, from its request. The request was already checked against AWS's service model. */
export type RequestChecks = (request: never) => Check[];

/**
 * Handing a role to a service: AWS asks for it beside the operation's own action.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function passRole(roleArn: string | undefined, service: string): Check[] {
  if (roleArn === undefined) return [];
  const context = { "iam:PassedToService": service };
  return [{ action: "iam:PassRole", resource: roleArn, context }];
}

/** Tags that come with a request, as the condition keys know them. */
export function requestTags(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): Record<string, string | string[]> {
  if (tags === undefined || tags.length === 0) return {};
  return {
    ...Object.fromEntries(tags.map(({ Key, Value = "" }) => [`aws:RequestTag/${Key}`, Value])),
    "aws:TagKeys": tags.map(({ Key = "" }) => Key),
  };
}

/** SageMaker takes a grant on a customer's key in the caller's name, to encrypt the volumes of its instances. */
export function grantOnKey(key: string | undefined): Check[] {
  if (key === undefined) return [];
  const context = { "kms:GrantIsForAWSResource": "true" };
  return [{ action: "kms:CreateGrant", resource: key, context }];
}
