import type { Job, JobRun, SecurityConfiguration } from "@aws-sdk/client-glue";
import type { Collection } from "../cloud/collection.ts";
import type { CloudContext } from "../cloud/context.ts";
import type { Wire } from "../cloud/wire.ts";
import type { JobRuns } from "./job-runs.ts";

export type JobRecord = Wire<Job>;
export type JobRunRecord = Wire<JobRun> & { Id: string; JobName: string };
export type SecurityConfigurationRecord = Wire<SecurityConfiguration>;

/** What the operations of Glue work on. */
export interface Glue {
  context: CloudContext;
  /** By name. */
  jobs: Collection<JobRecord>;
  /** By id. */
  runs: Collection<JobRunRecord>;
  /** By name. */
  securityConfigurations: Collection<SecurityConfigurationRecord>;
  /** By ARN. */
  tags: Collection<{ tags: Record<string, string> }>;
  jobRuns: JobRuns;
}

/** States that a run does not leave any more. */
const finalStates: readonly (string | undefined)[] = ["SUCCEEDED", "FAILED", "TIMEOUT", "STOPPED"];

export function isActive(run: JobRunRecord): boolean {
  return !finalStates.includes(run.JobRunState);
}

export function runsOf(glue: Glue, jobName: string): JobRunRecord[] {
  return glue.runs.values().filter((run) => run.JobName === jobName);
}

export function jobArn(glue: Glue, name: string): string {
  const { region, accountId } = glue.context;
  const partition = region.startsWith("cn-")
    ? "aws-cn"
    : region.startsWith("us-gov-")
      ? "aws-us-gov"
      : "aws";
  return `arn:${partition}:glue:${region}:${accountId}:job/${name}`;
}
