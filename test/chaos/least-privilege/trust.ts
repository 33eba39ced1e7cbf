import { GetRoleCommand, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import type { Statement } from "../../../components/policies.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import type { RoleKey } from "./uses.ts";

type Trust = Statement & { Principal: { Service: string } };

/** For another account: what a service says of whom it acts for does not fit any more. */
export const otherAccount = (trust: Trust): Trust => ({
  ...trust,
  Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
});

export const otherService = (trust: Trust): Trust => ({
  ...trust,
  Principal: { Service: "ec2.amazonaws.com" },
});

/** Has `work` done while a role trusts somebody else. */
export async function trusting<T>(
  { clients: { iam }, names }: ExperimentCloud,
  role: RoleKey,
  change: (trust: Trust) => Trust,
  work: () => Promise<T>,
): Promise<T> {
  const RoleName = names.roles[role];
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const before = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "");
  const document = JSON.parse(before) as { Version: string; Statement: Trust[] };
  const write = (PolicyDocument: string) =>
    iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
  await write(JSON.stringify({ ...document, Statement: document.Statement.map(change) }));
  try {
    return await work();
  } finally {
    await write(before);
  }
}
