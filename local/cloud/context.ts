import type { S3Client } from "@aws-sdk/client-s3";
import type { FaultPlan } from "../faults/fault-plan.ts";
import type { Identity } from "../ministack/identity.ts";

/** Python interpreters of what runs for as long as the cloud does: kept apart, see docs/local-cloud.md. */
export interface Interpreters {
  /** ministack and botocore. */
  cloud: string;
  /** PySpark as in Glue 5.0, with a Java runtime of its own. */
  spark: string;
}

/** Python environments of built-in algorithms' containers: XGBoost in its container's version, and the libraries of all others. */
export type ContainerEnvironment = "xgboost" | "learners";

/** What each service of the local cloud is given: who it is, where it keeps things, whom it may call. */
export interface CloudContext {
  region: string;
  /** Twelve digits. */
  accountId: string;
  /** Folder that outlives the process; each service keeps a folder of its own below it. */
  stateDir: string;
  /** Base URL of the generic AWS services (S3, Logs, ...), on 127.0.0.1. */
  endpointUrl: string;
  interpreters: Interpreters;
  /** Interpreter of an environment, installed at the first call if it is not there yet: most stacks need one of them. */
  containerPython(environment: ContainerEnvironment): Promise<string>;
  /** Who calls, and what they may do. */
  identity: Identity;
  /** The local cloud's own access, for what AWS does in nobody's name; jobs and endpoints have a RoleSession each. */
  s3: S3Client;
  /** Faults that were asked for: see docs/faults.md. */
  faults: FaultPlan;
  /** One line for the log file that the user is pointed to when something fails. */
  log(line: string): void;
}
