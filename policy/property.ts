/** The value at `path` below `value`; undefined where a step is missing. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== "object" || current === null) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}

/** Whether the property is set, also where a preview does not know to what. */
export function has(props: Record<string, unknown>, name: string): boolean {
  return name in props;
}

/** A list as it is, one value as a list of one, nothing as none. */
export function list(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
