import { statementsOf } from "../policy-document.ts";
import { list } from "../property.ts";
import type { Resource, Rule } from "../rule.ts";
import { wildcardExemptions } from "../wildcard-exemptions.ts";

const attachments = [
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/policyAttachment:PolicyAttachment",
];

export const noManagedPolicies: Rule = {
  name: "AwsSolutions-IAM4",
  description: "Roles have no policies that AWS manages: those grant more than one program needs.",
  scope: "resource",
  types: ["aws:iam/role:Role", ...attachments],
  check: ({ props }) =>
    [...list(props["managedPolicyArns"]), ...list(props["policyArn"])]
      .filter((arn) => /^arn:[\w-]+:iam::aws:policy\//.test(String(arn)))
      .map((arn) => `${String(arn)} is managed by AWS`),
};

export const noWildcards: Rule = {
  name: "AwsSolutions-IAM5",
  description: "Policies allow exact actions on exact resources; every wildcard has a reason.",
  scope: "resource",
  types: ["aws:iam/role:Role", "aws:iam/rolePolicy:RolePolicy", "aws:iam/policy:Policy"],
  check: (resource) =>
    documentsOf(resource)
      .flatMap(statementsOf)
      .filter(({ effect }) => effect === "Allow")
      .flatMap((statement) => {
        if (statement.inverted) return ["NotAction or NotResource allows all but what it names"];
        return unexplained(statement.actions.map(String), statement.resources.map(String), {
          condition: statement.condition,
        });
      }),
};

function documentsOf({ type, props }: Resource): unknown[] {
  if (type !== "aws:iam/role:Role") return [props["policy"]];
  return list(props["inlinePolicies"]).map((each) => (each as { policy?: unknown }).policy);
}

function unexplained(
  actions: string[],
  resources: string[],
  { condition }: { condition: unknown },
): string[] {
  return actions.flatMap((action) => {
    if (action.includes("*")) return [`action ${action} has no exemption`];
    return resources
      .filter((resource) => resource.includes("*"))
      .filter(
        (resource) =>
          !wildcardExemptions.some(
            (each) =>
              each.actions.includes(action) &&
              each.resource.test(resource) &&
              (each.condition === undefined ||
                JSON.stringify(condition ?? {}).includes(`"${each.condition}"`)),
          ),
      )
      .map((resource) => `${action} on ${resource} has no exemption`);
  });
}
