/**
 * A value of config as the container takes it: a string.
 *
 * Numbers are written out in full, since containers that parse integers refuse `1e+21` and `1e-7` reads badly in a
 * console; booleans are `true` and `false`; lists are joined by commas without spaces.
 *
 * @returns `undefined` for what has no such form: objects, null, NaN, infinities, lists of lists.
 */
export function wireValue(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const items = value.map((item) => (Array.isArray(item) ? undefined : wireValue(item)));
    return items.every((item) => item !== undefined) ? items.join(",") : undefined;
  }
  switch (typeof value) {
    case "string":
      return value;
    case "boolean":
      return String(value);
    case "number":
      return Number.isFinite(value) ? plainDecimal(value) : undefined;
    default:
      return undefined;
  }
}

/** The shortest decimal that reads back as `value`, without an exponent. */
function plainDecimal(value: number): string {
  const shortest = String(value);
  const [, sign = "", whole = "", fraction = "", exponent] =
    /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(shortest) ?? [];
  if (exponent === undefined) return shortest;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, "0")}`; // String() gives exponents >= 21 only: never a point within the digits
}
