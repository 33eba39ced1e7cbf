import type { Version } from "../run-versions.ts";

export interface PruneRule {
  /** Versions kept, the serving one included; at least 1. */
  keep: number;
  /** Names in use: what the endpoint serves or is changing to, and what runs in progress have made. */
  inUse: ReadonlySet<string>;
  /** Names of what failed runs left: of no use to anyone, and none of the last few. */
  failed: ReadonlySet<string>;
}

/**
 * Which versions go. The newest `keep` that did not fail stay, and each that is in use, however old.
 *
 * Names settle equal times, so that two calls at one moment agree.
 */
export function versionsToDelete(
  versions: readonly Version[],
  { keep, inUse, failed }: PruneRule,
): Version[] {
  const newestFirst = [...versions].sort(
    (one, other) =>
      other.createdAt.getTime() - one.createdAt.getTime() || other.name.localeCompare(one.name),
  );
  const good = newestFirst.filter(({ name }) => !failed.has(name));
  const kept = new Set([...good.slice(0, keep).map(({ name }) => name), ...inUse]);
  return newestFirst.filter(({ name }) => !kept.has(name));
}
