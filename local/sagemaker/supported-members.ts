import { AwsError } from "../cloud/aws-error.ts";

/** Members of a request that the local cloud acts on or truthfully echoes; `true` takes whatever is below. */
export interface SupportedMembers {
  readonly [name: string]: true | SupportedMembers;
}

/**
 * Refuses, by name, every member of a request that would silently have no effect here.
 * @throws AwsError that lists all of them
 */
export function refuseUnsupported(request: object, supported: SupportedMembers): void {
  const refused = unsupported(request, supported, "");
  if (refused.length === 0) return;
  throw notSupported(refused.join(", "));
}

/** The error for something that AWS would do and the local cloud does not. */
export function notSupported(what: string, remedy = ""): AwsError {
  return new AwsError(
    "ValidationException",
    `${what} is not supported by the local cloud${remedy === "" ? "" : `; ${remedy}`}`,
  );
}

function unsupported(value: unknown, supported: true | SupportedMembers, path: string): string[] {
  if (supported === true || typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => unsupported(item, supported, `${path}[${i}]`));
  }
  return Object.entries(value).flatMap(([name, item]) => {
    const below = supported[name];
    const itemPath = path === "" ? name : `${path}.${name}`;
    if (item === undefined || item === null) return [];
    return below === undefined ? [itemPath] : unsupported(item, below, itemPath);
  });
}
