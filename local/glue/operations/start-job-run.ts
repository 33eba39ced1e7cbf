import { randomBytes } from "node:crypto";
import type { StartJobRunRequest } from "@aws-sdk/client-glue";
import { AwsError } from "../../cloud/aws-error.ts";
import type { Operation } from "../../cloud/service.ts";
import { now } from "../../cloud/wire.ts";
import { jobNamed, notSupported, runOf, securityConfigurationNamed } from "../errors.ts";
import { type Glue, isActive, type JobRecord, type JobRunRecord, runsOf } from "../glue.ts";
import { type JobArguments, mergeArguments, runLogs } from "../job-arguments.ts";
import { capacityFor } from "../job-definition.ts";
import { jobSession } from "../job-session.ts";

export function startJobRun(glue: Glue): Operation {
  return async (request: StartJobRunRequest) => {
    const name = request.JobName as string;
    const job = jobNamed(glue, name);
    if (glue.context.faults.strikes("glue-throttled")) {
      throw new AwsError("ThrottlingException", "Rate exceeded");
    }
    refuseUnsupported(request);
    const previous =
      request.JobRunId === undefined ? undefined : runOf(glue, name, request.JobRunId);
    const given = request.Arguments ?? previous?.Arguments;
    const all = mergeArguments(job.DefaultArguments, given, job.NonOverridableArguments);
    const security = request.SecurityConfiguration ?? job.SecurityConfiguration;
    if (security !== undefined) securityConfigurationNamed(glue, security);

    const session = await jobSession(glue, job);
    const limit = job.ExecutionProperty?.MaxConcurrentRuns ?? 1;
    if (runsOf(glue, name).filter(isActive).length >= limit) {
      session.close();
      throw new AwsError("ConcurrentRunsExceededException", `Concurrent runs exceeded for ${name}`);
    }
    const run = newRun(request, job, { previous, given, all, security });
    glue.runs.put(run.Id, run);
    glue.jobRuns.start(run, String(job.Command?.ScriptLocation), all, session);
    return { JobRunId: run.Id };
  };
}

interface RunParts {
  previous: JobRunRecord | undefined;
  /** The run's own arguments: what GetJobRun shows. */
  given: JobArguments | undefined;
  all: JobArguments;
  security: string | undefined;
}

function newRun(request: StartJobRunRequest, job: JobRecord, parts: RunParts): JobRunRecord {
  const { previous, given, all, security } = parts;
  const time = now();
  const capacity = capacityOf(request, job);
  const id = `jr_${randomBytes(32).toString("hex")}`;
  return {
    Id: id,
    JobName: String(job.Name),
    JobMode: "SCRIPT",
    Attempt: previous ? (previous.Attempt ?? 0) + 1 : 0,
    ...(previous && { PreviousRunId: previous.Id }),
    StartedOn: time,
    LastModifiedOn: time,
    JobRunState: "STARTING",
    ...(given && { Arguments: { ...given } }),
    ExecutionTime: 0,
    Timeout: request.Timeout ?? (job.Timeout as number),
    MaxCapacity: capacity,
    AllocatedCapacity: Math.ceil(capacity),
    WorkerType: request.WorkerType ?? job.WorkerType,
    NumberOfWorkers: request.NumberOfWorkers ?? job.NumberOfWorkers,
    SecurityConfiguration: security,
    LogGroupName: runLogs(id, all).prefix,
    GlueVersion: job.GlueVersion,
    ExecutionClass: request.ExecutionClass ?? job.ExecutionClass,
  } as JobRunRecord;
}

/** A run's own size, or the job's. */
function capacityOf(request: StartJobRunRequest, job: JobRecord): number {
  const { WorkerType, NumberOfWorkers, MaxCapacity } = request;
  if (WorkerType === undefined && NumberOfWorkers === undefined) {
    return MaxCapacity ?? (job.MaxCapacity as number);
  }
  return capacityFor({
    WorkerType: WorkerType ?? job.WorkerType,
    NumberOfWorkers: NumberOfWorkers ?? job.NumberOfWorkers,
    MaxCapacity,
  });
}

function refuseUnsupported(request: StartJobRunRequest): void {
  if (request.JobRunQueuingEnabled) throw notSupported("JobRunQueuingEnabled");
  if (request.ExecutionRoleSessionPolicy !== undefined) {
    throw notSupported("ExecutionRoleSessionPolicy");
  }
  if (request.AllocatedCapacity !== undefined) {
    throw notSupported("AllocatedCapacity", "use MaxCapacity, or WorkerType and NumberOfWorkers");
  }
}
