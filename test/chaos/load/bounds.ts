import type { MemoryWatch, WatchedKind } from "./memory-watch.ts";

/** Functions of a pipeline, each of which may have as many processes as may run at once. */
const functions = 12;
const functionsAtOnce = 4;

/** The most processes of each kind, whatever number of uploads comes. */
export const mostProcesses: Partial<Record<WatchedKind, number>> = {
  "this command": 1,
  ministack: 1 + functionsAtOnce, // with those that are about to become a function's
  function: functions * functionsAtOnce,
  spark: 2 * 2, // each with the process that runs the script
  "spark's Java": 2,
  training: 8 + 1, // one waits for the next job
  serving: 3, // the old one, the new one, and one that waits
};

/** All of them together. */
export const mostMegabytes = 6 * 1024;

/** Without these nothing was watched: bounds say nothing then. */
const alwaysThere: WatchedKind[] = ["this command", "ministack", "spark's Java", "serving"];

/** What was beyond a bound, or not seen at all. */
export function beyondBounds(memory: Pick<MemoryWatch, "peaks" | "totalMegabytes">): string[] {
  const peaks = memory.peaks();
  const unseen = alwaysThere
    .filter((kind) => !peaks.some(([seen]) => seen === kind))
    .map((kind) => `no process of ${kind} seen`);
  const beyond = peaks.flatMap(([kind, { processes }]) => {
    const most = mostProcesses[kind] ?? Number.POSITIVE_INFINITY;
    return processes > most ? [`${processes} processes of ${kind}, ${most} allowed`] : [];
  });
  const found = [...unseen, ...beyond];
  const total = Math.round(memory.totalMegabytes);
  return total > mostMegabytes ? [...found, `${total} MB, ${mostMegabytes} allowed`] : found;
}
