/** A request or response as the JSON protocol carries it: timestamps are epoch seconds. */
export type Wire<T> = T extends Date
  ? number
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Name in keyof T]: Wire<T[Name]> }
      : T;

/** Now, as epoch seconds with milliseconds. */
export function now(): number {
  return Date.now() / 1000;
}
