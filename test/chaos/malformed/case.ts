/** One malformed input, or one that only looks so. */
export interface MalformedCase {
  /** Unique within its table. */
  name: string;
  /** What is said of it, the whole text; or what comes of it where it is good after all. */
  expected: string;
  /** What the program says, or does. Throws only what is no clear error. */
  seen(): string | Promise<string>;
}

/** `42 of 42 as expected`, or the first that is not. */
export async function tally(cases: readonly MalformedCase[]): Promise<string> {
  const differing: string[] = [];
  for (const { name, expected, seen } of cases) {
    const outcome = await Promise.resolve()
      .then(seen)
      .catch((error: Error) => `not a clear error: ${error.stack}`);
    if (outcome !== expected) differing.push(`${name}: ${outcome}, not ${expected}`);
  }
  const count = `${cases.length - differing.length} of ${cases.length} as expected`;
  return [count, ...differing.slice(0, 3)].join("; ");
}
