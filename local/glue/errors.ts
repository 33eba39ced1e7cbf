import { AwsError } from "../cloud/aws-error.ts";
import type { Glue, JobRecord, JobRunRecord, SecurityConfigurationRecord } from "./glue.ts";

export function invalidInput(message: string): AwsError {
  return new AwsError("InvalidInputException", message);
}

/** For what AWS would do and the local cloud does not. */
export function notSupported(what: string, remedy = ""): AwsError {
  return invalidInput(
    `${what} is not supported by the local cloud${remedy === "" ? "" : `; ${remedy}`}`,
  );
}

export function entityNotFound(message: string): AwsError {
  return new AwsError("EntityNotFoundException", message);
}

/** @throws AwsError EntityNotFoundException when there is none */
export function jobNamed(glue: Glue, name: string): JobRecord {
  const job = glue.jobs.get(name);
  if (!job) throw entityNotFound(`Job with name: ${name} not found.`);
  return job;
}

/** @throws AwsError EntityNotFoundException when the job has none with this id */
export function runOf(glue: Glue, jobName: string, id: string): JobRunRecord {
  const run = glue.runs.get(id);
  if (run?.JobName !== jobName) {
    throw entityNotFound(`Job run with id: ${id} of job ${jobName} not found.`);
  }
  return run;
}

/** @throws AwsError EntityNotFoundException when there is none */
export function securityConfigurationNamed(glue: Glue, name: string): SecurityConfigurationRecord {
  const found = glue.securityConfigurations.get(name);
  if (!found) throw entityNotFound(`Security configuration ${name} not found.`);
  return found;
}
