import type { SoakSample } from "./soak.ts";

/** One figure at the begin and at the end of many runs, and the most that it may be at the end. */
export interface Trend {
  what: string;
  first: number;
  last: number;
  most: number;
}

/** Runs at the begin in which everything still starts. */
export const warmUpRuns = 8;

/**
 * Medians of the first and the last quarter of the runs, warm-up left out, held against what is allowed: a quarter more of
 * time and memory, for a machine that does other things too; records of runs that ended, which stay for as long as config says.
 */
export function trends(samples: SoakSample[]): Trend[] {
  const warm = samples.slice(warmUpRuns);
  const length = Math.floor(warm.length / 4);
  const [first, last] = [warm.slice(0, length), warm.slice(-length)];
  const apart = warm.length - length; // runs between the middles of both quarters
  const trend = (
    what: string,
    of: (sample: SoakSample) => number,
    most: (first: number) => number,
  ): Trend => {
    const [begin, end] = [middle(first.map(of)), middle(last.map(of))];
    return { what, first: begin, last: end, most: most(begin) };
  };
  return [
    trend(
      "seconds of a run",
      ({ seconds }) => seconds,
      (begin) => begin * timeFactor,
    ),
    trend(
      "MB of ministack",
      ({ megabytes }) => megabytes.ministack,
      (begin) => begin + apart * recordMegabytes + memorySlack,
    ),
    trend(
      "MB of the command",
      ({ megabytes }) => megabytes.command,
      (begin) => begin * memoryFactor + memorySlack,
    ),
    trend(
      "MB of all processes",
      ({ megabytes }) => megabytes.all,
      (begin) => begin * memoryFactor + memorySlack,
    ),
    trend(
      "processes",
      ({ processes }) => processes,
      (begin) => begin + 2,
    ),
    trend(
      "MB on disk",
      ({ diskMegabytes }) => diskMegabytes,
      (begin) => begin + apart * diskMegabytesOfRun,
    ),
    trend(
      "models",
      ({ models }) => models,
      (begin) => begin,
    ),
    trend(
      "endpoint configs",
      ({ configs }) => configs,
      (begin) => begin,
    ),
  ];
}

/** Runs vary with what else the machine does. */
const timeFactor = 1.5;
const memoryFactor = 1.25;
const memorySlack = 60;

/** What Step Functions remembers of an execution, as AWS does for 90 days: its history. */
const recordMegabytes = 0.3;

/** Input with its copy, splits, logs, history: what stays for `data.runRetentionDays`. */
const diskMegabytesOfRun = 2;

function middle(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}
