import { until } from "../until.ts";

/** A machine that does much else may take long: a bound, not what is expected. */
const patienceSeconds = 240;

export function patientUntil<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  return until(what, look, patienceSeconds);
}
