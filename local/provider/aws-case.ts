/** Names whose AWS spelling is more than the first letter made a capital: `{ kmsMasterKeyId: "KMSMasterKeyID" }`. */
export type Spellings = Readonly<Record<string, string>>;

/**
 * @pulumi/aws's `daysAfterInitiation` as the AWS APIs write it, `DaysAfterInitiation`, all the way down. Not for values
 * whose keys are the user's own, such as tags.
 */
export function toAws<T>(value: unknown, spellings: Spellings = {}): T {
  return renameKeys(
    value,
    (key) => spellings[key] ?? key.charAt(0).toUpperCase() + key.slice(1),
  ) as T;
}

/** The way back. */
export function fromAws(value: unknown, spellings: Spellings = {}): unknown {
  const back = Object.fromEntries(
    Object.entries(spellings).map(([ours, theirs]) => [theirs, ours]),
  );
  return renameKeys(value, (key) => back[key] ?? key.charAt(0).toLowerCase() + key.slice(1));
}

function renameKeys(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renameKeys(item, rename));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [rename(key), renameKeys(item, rename)]),
  );
}
