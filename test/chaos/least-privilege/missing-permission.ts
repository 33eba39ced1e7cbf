import type { ExperimentCloud } from "../experiment-cloud.ts";
import { until } from "../until.ts";
import { Denials, isFor } from "./denials.ts";
import { type Path, paths } from "./paths.ts";
import { type Permission, permissionsOf, without } from "./permission.ts";
import { useOf } from "./uses.ts";
import { Workshop } from "./workshop.ts";

/** How long a denial may come after a path's end: log lines are sent a moment later. */
const lateSeconds = 3;

/** Everything that the roles of the pipeline are allowed. */
export function allPermissions({ clients, names }: ExperimentCloud): Promise<Permission[]> {
  return permissionsOf(clients.iam, names.roles);
}

export function described({ role, action, resource }: Permission): string {
  return `${role}: ${action} on ${resource}`;
}

/**
 * Takes permissions away, each alone, and goes the path on which it is needed.
 * @returns what was not as it should be, a sentence each: none where every permission was missed, with IAM's denial of just that
 */
export async function notMissed(
  bench: ExperimentCloud,
  permissions: readonly Permission[],
): Promise<string[]> {
  const workshop = new Workshop(bench);
  const found: string[] = [];
  for (const permission of permissions) {
    const use = useOf(permission);
    if ("unseen" in use) continue;
    const path: Path = paths[use.path];
    const fault = await tryWithout(workshop, path, permission, use.endured !== undefined).catch(
      (error: Error) => error.message,
    );
    if (fault !== undefined) found.push(`${described(permission)}, path ${use.path}: ${fault}`);
  }
  return found;
}

async function tryWithout(
  workshop: Workshop,
  path: Path,
  permission: Permission,
  endured: boolean,
): Promise<string | undefined> {
  const { bench } = workshop;
  await path.prepare?.(workshop);
  const denials = await Denials.from(bench.stateDir);
  const taken = [permission, ...(await brokenBy(bench, path))];
  return without(bench.clients.iam, taken, async () => {
    const well = await path.take(workshop, denials);
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

async function brokenBy(bench: ExperimentCloud, { broken }: Path): Promise<Permission[]> {
  if (broken === undefined) return [];
  const { role, action } = broken;
  return (await allPermissions(bench)).filter(
    (item) => item.role === role && item.action === action,
  );
}
