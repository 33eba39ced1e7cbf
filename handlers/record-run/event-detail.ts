import type { RunReport } from "./report.ts";

/** EventBridge takes 256 KB an entry, its other fields included. */
const maxBytes = 250_000;

/**
 * The report as an event's detail, small enough for EventBridge: what can be long and is found in the report itself goes
 * first, what receivers decide by stays.
 */
export function eventDetail(report: RunReport): string {
  const cuts: ((cut: RunReport) => RunReport)[] = [
    (cut) => cut,
    (cut) => ({ ...cut, etl: cut.etl && { ...cut.etl, report: null } }),
    (cut) => ({ ...cut, stages: [], versions: null }),
    (cut) => ({ ...cut, training: cut.training && { ...cut.training, hyperparameters: null } }),
    (cut) => ({ ...cut, training: null }),
  ];
  let shorter = report;
  for (const cut of cuts) {
    shorter = cut(shorter);
    const detail = JSON.stringify(shorter);
    if (Buffer.byteLength(detail) <= maxBytes) return detail;
  }
  throw new Error(
    `the event of run ${report.title} is over ${maxBytes} bytes even without details`,
  );
}
