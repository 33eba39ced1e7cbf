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
