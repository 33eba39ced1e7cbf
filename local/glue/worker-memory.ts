import { totalmem } from "node:os";

/** Memory of one worker in gigabytes: https://docs.aws.amazon.com/glue/latest/dg/worker-types.html */
const gigabytesOf: Readonly<Record<string, number>> = {
  "G.025X": 4,
  "G.1X": 16,
  "G.2X": 32,
  "G.4X": 64,
  "G.8X": 128,
  "G.12X": 192,
  "G.16X": 256,
  "R.1X": 32,
  "R.2X": 64,
  "R.4X": 128,
  "R.8X": 256,
};

/** What a job has that names no type. */
const standardGigabytes = 16;

/** Of a worker's memory on AWS so much is Spark's heap here: 2 GB for G.1X, 4 GB for G.2X. */
export const defaultMemoryShare = 1 / 8;

/** Of this machine's memory so much may be the heap of one Spark process, whatever the type. */
const largestPartOfMachine = 1 / 3;

/**
 * Heap of the one Spark process that stands for all workers of a run, in megabytes.
 * @param machineBytes memory of this machine
 */
export function heapMegabytes(
  workerType: string | undefined,
  share = defaultMemoryShare,
  machineBytes = totalmem(),
): number {
  const gigabytes = gigabytesOf[workerType ?? ""] ?? standardGigabytes;
  const most = (machineBytes / 2 ** 20) * largestPartOfMachine;
  return Math.floor(Math.min(gigabytes * 1024 * share, most));
}
