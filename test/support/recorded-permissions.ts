import { expect } from "chai";
import type { Statement } from "../../components/policies.ts";
import type { Recorded, Recording } from "./mocks.ts";
import { place } from "./pipeline.ts";

/** The inline policies of all roles. */
export function policiesOf({ resources }: Recording): Recorded[] {
  return resources.filter(({ type }) => type.endsWith(":RolePolicy"));
}

/** Patterns of the resources that a policy lets its role reach. */
export function patternsOf(policy: Recorded): string[] {
  return statementsOf(policy).flatMap(({ Resource: on }) => on ?? []);
}

/** Whether an ARN pattern of IAM covers a resource of that service, `model/x`. */
export function covers(pattern: string, resource: string): boolean {
  const [own = ""] = pattern.split(":").slice(5);
  const expression = own.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${expression.join(".*")}$`).test(resource);
}

/** Expects one service a role, trusted on behalf of the account only. */
export function expectNarrowTrusts({ resources }: Recording, etlRole: string): void {
  for (const { name, inputs } of resources.filter(({ type }) => type.endsWith(":Role"))) {
    const [statement, ...more] = JSON.parse(inputs["assumeRolePolicy"]).Statement;
    expect(more, name).to.deep.equal([]);
    expect(statement.Principal.Service, name).to.match(/^[a-z]+\.amazonaws\.com$/);
    const operator = name === etlRole ? "StringEqualsIfExists" : "StringEquals";
    expect(statement.Condition, name).to.deep.equal({
      [operator]: { "aws:SourceAccount": place.accountId },
    });
  }
}

/** Expects exact actions everywhere; gives those that some role is allowed on any resource. */
export function openActions(recording: Recording): string[] {
  const open = new Set<string>();
  for (const policy of policiesOf(recording)) {
    for (const { Action: actions, Resource: on, Condition: condition } of statementsOf(policy)) {
      for (const action of actions) expect(action, policy.name).not.to.contain("*");
      if (!on?.includes("*")) continue;
      for (const action of actions) open.add(condition ? `${action} under a condition` : action);
    }
  }
  return [...open].sort();
}

function statementsOf({ inputs }: Recorded): Statement[] {
  return JSON.parse(inputs["policy"]).Statement;
}
