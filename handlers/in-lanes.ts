/**
 * Works on items in their order, so many at a time. After a failure no further item is begun.
 *
 * @throws what failed first, once nothing is at work any more: what the caller then takes away nobody still uses
 */
export async function inLanes<T>(
  lanes: number,
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const source = numbered(items);
  const lane = async (): Promise<void> => {
    // A lane that fails ends the source for the others, too.
    for await (const [index, item] of source) await work(item, index);
  };
  await allEnded(Array.from({ length: lanes }, lane));
}

/**
 * The results of all promises, as by `Promise.all`.
 *
 * @throws what failed first, once all have ended
 */
export async function allEnded<T extends readonly unknown[] | []>(
  promises: T,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
  const all = Promise.all(promises);
  all.catch(() => {}); // Thrown below: until then nobody has seen it, which would end the process.
  await Promise.allSettled(promises);
  return all;
}

/** Shared by lanes: each takes the next one. A generator answers one call after the other. */
async function* numbered<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<[number, T]> {
  let index = 0;
  for await (const item of items) yield [index++, item] as [number, T];
}
