import type { Permission } from "./permission.ts";

/** Where a permission is seen to be needed. */
export interface Seen<PathName extends string> {
  path: PathName;
  /** Why a run ends well without it all the same. @default it does not: the path fails */
  endured?: string;
}

/** Why nothing in the local cloud asks for a permission that AWS asks for. */
export interface Unseen {
  unseen: string;
}

/** Rows of what config adds to roles, each with a table of its own. */
export type FurtherRow =
  | "least-privilege-of-batch"
  | "least-privilege-of-checkpoints-and-channels"
  | "least-privilege-of-tuned-candidates"
  | "least-privilege-of-tuning";

/** Seen where config has it used: in the table of that row, under the same key. */
export interface SeenInRow {
  row: FurtherRow;
}

export type Use<PathName extends string = string> = Seen<PathName> | Unseen | SeenInRow;

/** Of a role: by action, or by action and a part of the resource's ARN, which goes first. */
export type Uses<PathName extends string = string> = Readonly<Record<string, Use<PathName>>>;

/** Of roles, by what the program calls them. */
export type RoleUses<PathName extends string = string> = Readonly<Record<string, Uses<PathName>>>;

/**
 * Where a permission is seen to be needed, or why it cannot be.
 * @throws Error for one that nobody has said it of: then it is to be taken out of the program, or put into the table
 */
export function useIn(uses: RoleUses, permission: Permission): Use {
  const { role, action, resource } = permission;
  const key = keyOf(uses, permission);
  if (key === undefined)
    throw new Error(`nobody says where ${role} needs ${action} on ${resource}`);
  return uses[role]?.[key] as Use;
}

/** Entries that are about no permission: what the program does not grant any more. */
export function idleKeys(uses: RoleUses, permissions: readonly Permission[]): string[] {
  const met = new Set(permissions.map((item) => `${item.role}: ${keyOf(uses, item)}`));
  return Object.entries(uses)
    .flatMap(([role, ofRole]) => Object.keys(ofRole).map((key) => `${role}: ${key}`))
    .filter((entry) => !met.has(entry));
}

export function keyOf(uses: RoleUses, { role, action, resource }: Permission): string | undefined {
  const keys = Object.keys(uses[role] ?? {});
  const special = keys.find((key) => {
    const [name, part] = key.split(" ");
    return name === action && part !== undefined && resource.includes(part);
  });
  return special ?? keys.find((key) => key === action);
}
