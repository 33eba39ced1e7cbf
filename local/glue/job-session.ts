import { RoleSession } from "../cloud/authorization/role-session.ts";
import { partitionOf } from "../provider/partition.ts";
import { invalidInput } from "./errors.ts";
import type { Glue, JobRecord } from "./glue.ts";

/**
 * Glue acting as a job's role. It says nothing of whom it acts for: AWS documents no `aws:SourceAccount` of Glue's jobs.
 * @throws AwsError when it may not assume the role
 */
export async function jobSession(glue: Glue, job: JobRecord): Promise<RoleSession> {
  const roleArn = roleArnOf(glue, String(job.Role));
  const session = new RoleSession(glue.context, {
    roleArn,
    servicePrincipal: "glue.amazonaws.com",
    sessionName: "GlueJobRunnerSession",
  });
  try {
    await session.credentials();
  } catch (error) {
    session.close();
    glue.context.log(`StartJobRun ${job.Name}: ${(error as Error).message}`);
    throw invalidInput(`Role ${roleArn} should be given assume role permissions for Glue Service.`);
  }
  return session;
}

/** A job names its role by ARN or by name. */
function roleArnOf({ context }: Glue, role: string): string {
  if (role.startsWith("arn:")) return role;
  return `arn:${partitionOf(context.region).id}:iam::${context.accountId}:role/${role}`;
}
