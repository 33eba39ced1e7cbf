import type { ExperimentCloud } from "../experiment-cloud.ts";
import { until } from "../until.ts";
import { Denials, isFor } from "./denials.ts";
import type { Path } from "./path.ts";
import { type Permission, permissionsOf, without } from "./permission.ts";
import { type RoleUses, useIn } from "./use.ts";

/** How long a denial may come after a path's end: log lines are sent a moment later. */
const lateSeconds = 3;

/** What was deployed, whose roles are looked at. */
export interface Subject<Shop> {
  bench: ExperimentCloud;
  /** Names of its roles, by what the program calls them. */
  roles: Readonly<Record<string, string>>;
  shop: Shop;
  paths: Readonly<Record<string, Path<Shop>>>;
  uses: RoleUses;
}

/** Everything that the roles are allowed. */
export function allPermissions({
  bench,
  roles,
}: Pick<Subject<unknown>, "bench" | "roles">): Promise<Permission[]> {
  return permissionsOf(bench.clients.iam, roles);
}

export function described({ role, action, resource }: Permission): string {
  return `${role}: ${action} on ${resource}`;
}

/**
 * Takes permissions away, each alone, and goes the path on which it is needed.
 * @returns what was not as it should be, a sentence each: none where every permission was missed, with IAM's denial of just that
 */
export async function notMissed<Shop>(
  subject: Subject<Shop>,
  permissions: readonly Permission[],
): Promise<string[]> {
  const found: string[] = [];
  for (const permission of permissions) {
    const use = useIn(subject.uses, permission);
    if (!("path" in use)) continue;
    const path = subject.paths[use.path];
    if (path === undefined) throw new Error(`there is no path ${use.path}`);
    const fault = await tryWithout(subject, path, permission, use.endured !== undefined).catch(
      (error: Error) => error.message,
    );
    if (fault !== undefined) found.push(`${described(permission)}, path ${use.path}: ${fault}`);
  }
  return found;
}

async function tryWithout<Shop>(
  subject: Subject<Shop>,
  path: Path<Shop>,
  permission: Permission,
  endured: boolean,
): Promise<string | undefined> {
  const { bench, shop } = subject;
  await path.prepare?.(shop);
  const denials = await Denials.from(bench.stateDir);
  const taken = [permission, ...(await brokenBy(subject, path))];
  return without(bench.clients.iam, taken, async () => {
    const well = await path.take(shop, denials);
    const denied = await until(
      "a denial",
      async () => (await denials.seen()).some((denial) => isFor(denial, permission)) || undefined,
      lateSeconds,
    ).catch(() => false);
    if (!denied) return "nothing was denied";
    if (well && !endured) return "all went well without it";
    if (!well && endured) return "it failed, though it should endure that";
    return undefined;
  });
}

async function brokenBy<Shop>(
  subject: Subject<Shop>,
  { broken }: Path<Shop>,
): Promise<Permission[]> {
  if (broken === undefined) return [];
  const { role, action } = broken;
  return (await allPermissions(subject)).filter(
    (item) => item.role === role && item.action === action,
  );
}
