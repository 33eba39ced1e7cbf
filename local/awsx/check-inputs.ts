/**
 * Refuses what a local component would leave out.
 *
 * @throws Error that names the component, and the inputs that it does not know or that are missing
 */
export function checkInputs(
  type: string,
  inputs: object,
  known: readonly string[],
  required: readonly string[] = [],
): void {
  const given = Object.entries(inputs).filter(([, value]) => value !== undefined && value !== null);
  const names = given.map(([name]) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `${type}: the local cloud does not support ${unknown.join(", ")}; it knows ${known.join(", ")}`,
    );
  }
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`${type}: ${missing.join(", ")} must be given`);
}
