import type { RequestChecks } from "./authorization/request-checks.ts";

/** One operation of a service. The request was already checked against AWS's own service model. */
export type Operation = (request: never) => Promise<object>;

/** One AWS service that the local cloud serves itself. */
export interface Service {
  /** Operations by name, `CreateTrainingJob` and so on. One that is not here answers UnknownOperationException. */
  operations: Readonly<Record<string, Operation>>;
  /** What IAM is asked before each of them; one that is not here is denied to everybody. */
  checks: Readonly<Record<string, RequestChecks>>;
  /** Ends every process and connection of the service. State on disk stays. */
  close(): Promise<void>;
}
