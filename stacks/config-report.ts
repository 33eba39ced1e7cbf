import type { Problem } from "./config-error.ts";

/** Something in config that holds and may still not be what was meant. */
export interface Warning {
  /** Keys joined by dots, `pipelines.churn.training.instanceType`. */
  path: string;
  /** One sentence: what, and what to do about it. */
  message: string;
}

/** What reading config finds, collected so that one look tells all. */
export interface Report {
  problems: Problem[];
  warnings: Warning[];
}
