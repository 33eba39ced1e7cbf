import { allEnded } from "./all-ended.ts";

/**
 * Works on items in their order, up to `concurrency` of them at a time. After a failure no further item is begun.
 *
 * @throws what failed first, once nothing is at work any more: what the caller then takes away nobody still uses
 */
export async function forEachConcurrently<T>(
  concurrency: number,
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const source = numbered(items);
  let failed = false;
  const worker = async (): Promise<void> => {
    for await (const [index, item] of source) {
      if (failed) return; // It waited for this item when another one failed.
      await work(item, index).catch((error) => {
        failed = true;
        throw error;
      });
    }
  };
  await allEnded(Array.from({ length: concurrency }, worker));
}

/** Shared by workers: each takes the next one. A generator answers one call after the other. */
async function* numbered<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<[number, T]> {
  let index = 0;
  for await (const item of items) yield [index++, item] as [number, T];
}
