import type { MemoryWatch } from "../test/chaos/load/memory-watch.ts";

/** One line of figures: what, the figures, what they are compared with. */
export function printFigure(what: string, figure: string, beside = ""): void {
  console.log(`  ${what.padEnd(52)} ${figure.padStart(14)}${beside ? `   ${beside}` : ""}`);
}

export function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

/** Our seconds, and those of the same work by hand. */
export function printRatio(what: string, ours: number, raw: number): void {
  printFigure(what, seconds(ours), `by hand ${seconds(raw)}, ratio ${(ours / raw).toFixed(2)}`);
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) throw new RangeError("no values");
  const [low, high] = sorted.length % 2 === 1 ? [middle, middle] : [middle - 1, middle];
  return ((sorted[low] as number) + (sorted[high] as number)) / 2;
}

export function megabytes(value: number): string {
  return `${value.toFixed(0)} MB`;
}

/** The most memory that processes of each kind held, and how many there were. */
export function printPeaks(memory: MemoryWatch): void {
  for (const [kind, peak] of memory.peaks()) {
    printFigure(`peak of ${kind}`, megabytes(peak.megabytes), `${peak.processes} processes`);
  }
  printFigure("peak of all at one moment", megabytes(memory.totalMegabytes));
}
