import type { PipelineNames } from "../../../components/names.ts";
import { allPermissions, notMissed, type Subject } from "./missing-permission.ts";
import type { Permission } from "./permission.ts";
import { idleKeys, keyOf, type RoleUses } from "./use.ts";

export const allMissed = "every permission is missed when it is gone";

/** What is named differently in two entries of config that are otherwise alike. */
export interface Entry {
  names: PipelineNames;
  endpointName: string;
}

/** Takes every permission of a role away in turn. @returns {@link allMissed}, or what was not as it should be */
export async function everyPermissionOf<Shop>(
  subject: Subject<Shop>,
  role: string,
): Promise<string> {
  const all = (await allPermissions(subject)).filter((item) => item.role === role);
  if (all.length === 0) throw new Error(`the role ${role} may do nothing, or is not there`);
  return verdict(subject, all, { [role]: subject.uses[role] ?? {} });
}

/**
 * The same of all roles, but only with what an entry of config has and another one has not: what both have other rows show.
 * What the table names is looked at in any case.
 *
 * No list says which permissions those are: whatever differs in more than names is one, and an error where no table has it.
 */
export async function everyPermissionBeyond<Shop>(
  subject: Subject<Shop>,
  own: Entry,
  other: Entry & { roles: Readonly<Record<string, string>> },
): Promise<string> {
  const others = await allPermissions({ bench: subject.bench, roles: other.roles });
  if (others.length === 0) throw new Error(`${other.names.base} has no roles to compare with`);
  const known = new Set(others.map((item) => kindOf(item, other)));
  const further = (await allPermissions(subject)).filter(
    (item) => !known.has(kindOf(item, own)) || keyOf(subject.uses, item) !== undefined,
  );
  return verdict(subject, further, subject.uses);
}

/** A permission as it reads whatever its entry of config is called. */
export function kindOf(
  { role, action, resource, condition }: Permission,
  { names, endpointName }: Entry,
): string {
  return JSON.stringify({ role, action, resource, condition })
    .replaceAll(names.stateMachine, "<machine>")
    .replaceAll(names.base, "<base>")
    .replaceAll(names.tuningPrefix, "<tuning>")
    .replace(new RegExp(`(endpoint|Endpoints)/${endpointName}(?=[":])`, "g"), "$1/<endpoint>");
}

async function verdict<Shop>(
  subject: Subject<Shop>,
  permissions: readonly Permission[],
  uses: RoleUses,
): Promise<string> {
  const idle = idleKeys(uses, permissions).map((entry) => `${entry}: nothing grants it any more`);
  const wrong = [...idle, ...(await notMissed(subject, permissions))];
  return wrong.length === 0 ? allMissed : wrong.join("; ");
}
