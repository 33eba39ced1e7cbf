import type { Version } from "../run-versions.ts";

export interface PruneRule {
  /** Versions kept, the serving one included; at least 1. */
  keep: number;
  /** Name of what was just deployed: the first of those that are kept, however old. */
  deployed: string;
  /** Names in use: what the endpoint serves or is changing to, and what runs in progress have made. */
  inUse: ReadonlySet<string>;
  /** Names of what failed runs left: of no use to anyone, and none of the last few. */
  failed: ReadonlySet<string>;
}

/**
 * Which versions go. `keep` that did not fail stay, what was deployed and then the newest; so does each that is in use.
 *
 * What was deployed may be older than versions of other runs: a run makes its version before it waits for its turn to deploy.
 * Names settle equal times, so that two calls at one moment agree.
 */
export function versionsToDelete(
  versions: readonly Version[],
  { keep, deployed, inUse, failed }: PruneRule,
): Version[] {
  const newestFirst = [...versions].sort(
    (one, other) =>
      other.createdAt.getTime() - one.createdAt.getTime() || other.name.localeCompare(one.name),
  );
  const good = newestFirst.filter(({ name }) => !failed.has(name));
  const deployedFirst = good.toSorted(
    (one, other) => Number(other.name === deployed) - Number(one.name === deployed),
  );
  const kept = new Set([...deployedFirst.slice(0, keep).map(({ name }) => name), ...inUse]);
  return newestFirst.filter(({ name }) => !kept.has(name));
}
