import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { kindOf, type ProcessKind, processesOf, type RunningProcess } from "../processes.ts";

export type WatchedKind = ProcessKind | "this command" | "other";

/** The most that was seen at one look. */
export interface Peak {
  processes: number;
  megabytes: number;
}

export type Footprint = Record<WatchedKind, Peak>;

const kinds: WatchedKind[] = [
  "this command",
  "ministack",
  "function",
  "spark",
  "spark's Java",
  "training",
  "serving",
  "other",
];

/**
 * Looks again and again at the processes of a local cloud that this process started: how many there are of each kind and what
 * they hold in memory (resident set size; what forked processes share counts for each, so the figures are upper bounds).
 */
export class MemoryWatch {
  readonly #stateDir: string;
  readonly #timer: NodeJS.Timeout;
  readonly #peaks = new Map<WatchedKind, Peak>();
  #total = 0;

  constructor(stateDir: string, everyMs = 500) {
    this.#stateDir = stateDir;
    this.#look();
    this.#timer = setInterval(() => this.#look(), everyMs);
  }

  /** Peak of each kind that was seen, in the order of a table. */
  peaks(): [WatchedKind, Peak][] {
    return kinds.flatMap((kind) => {
      const peak = this.#peaks.get(kind);
      return peak ? [[kind, peak] as [WatchedKind, Peak]] : [];
    });
  }

  /** Peak of all at one look. */
  get totalMegabytes(): number {
    return this.#total;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = footprint(this.#stateDir);
    for (const [kind, { processes, megabytes }] of Object.entries(now) as [WatchedKind, Peak][]) {
      const before = this.#peaks.get(kind) ?? { processes: 0, megabytes: 0 };
      if (processes === 0) continue;
      this.#peaks.set(kind, {
        processes: Math.max(before.processes, processes),
        megabytes: Math.max(before.megabytes, megabytes),
      });
    }
    this.#total = Math.max(this.#total, totalMegabytes(now));
  }
}

/** Processes and resident megabytes of each kind at this moment. */
export function footprint(stateDir: string): Footprint {
  const found = Object.fromEntries(
    kinds.map((kind) => [kind, { processes: 0, megabytes: 0 }]),
  ) as Footprint;
  const own = { pid: process.pid, kind: "this command" as WatchedKind };
  const running = processesOf(stateDir);
  const java = new Set(running.filter(isJava).map(({ pid }) => pid));
  const others = running
    // Java's child is Java's own memory once more until it becomes the command that it was started for
    .filter((item) => !(isJava(item) && java.has(item.parent)))
    .map((item) => ({ pid: item.pid, kind: (kindOf(item) ?? "other") as WatchedKind }));
  for (const { pid, kind } of [own, ...others]) {
    const megabytes = residentMegabytes(pid);
    if (megabytes === undefined) continue; // it ended meanwhile
    found[kind].processes += 1;
    found[kind].megabytes += megabytes;
  }
  return found;
}

function isJava(item: RunningProcess): boolean {
  return kindOf(item) === "spark's Java";
}

export function totalMegabytes(found: Footprint): number {
  return Object.values(found).reduce((sum, { megabytes }) => sum + megabytes, 0);
}

function residentMegabytes(pid: number): number | undefined {
  try {
    if (process.platform !== "linux") {
      return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)])) / 1024;
    }
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return line ? Number(line[1]) / 1024 : undefined;
  } catch {
    return undefined;
  }
}
