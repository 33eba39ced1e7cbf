import type { Version } from "../run-versions.ts";

export interface PruneRule {
  /** Versions kept, the serving one included; at least 1. */
  keep: number;
  /** Names in use: what the endpoint serves or is changing to, and what runs in progress have made. */
  inUse: ReadonlySet<string>;
}

/**
 * Which versions go. The newest `keep` stay, and each that is in use, however old.
 *
 * Names settle equal times, so that two calls at one moment agree.
 */
export function versionsToDelete(
  versions: readonly Version[],
  { keep, inUse }: PruneRule,
): Version[] {
  const newestFirst = [...versions].sort(
    (one, other) =>
      other.createdAt.getTime() - one.createdAt.getTime() || other.name.localeCompare(one.name),
  );
  return newestFirst.slice(keep).filter(({ name }) => !inUse.has(name));
}
