import { join } from "node:path";
import { glueChecks } from "../cloud/authorization/glue-checks.ts";
import { Collection } from "../cloud/collection.ts";
import type { CloudContext } from "../cloud/context.ts";
import type { Operation, Service } from "../cloud/service.ts";
import { type Glue, jobArn } from "./glue.ts";
import { JobRuns } from "./job-runs.ts";
import { batchStopJobRun } from "./operations/batch-stop-job-run.ts";
import { createJob } from "./operations/create-job.ts";
import { createSecurityConfiguration } from "./operations/create-security-configuration.ts";
import { deleteJob } from "./operations/delete-job.ts";
import { deleteSecurityConfiguration } from "./operations/delete-security-configuration.ts";
import { getJob } from "./operations/get-job.ts";
import { getJobRun } from "./operations/get-job-run.ts";
import { getJobRuns } from "./operations/get-job-runs.ts";
import { getJobs } from "./operations/get-jobs.ts";
import { getSecurityConfiguration } from "./operations/get-security-configuration.ts";
import { getSecurityConfigurations } from "./operations/get-security-configurations.ts";
import { getTags } from "./operations/get-tags.ts";
import { startJobRun } from "./operations/start-job-run.ts";
import { tagResource } from "./operations/tag-resource.ts";
import { untagResource } from "./operations/untag-resource.ts";
import { updateJob } from "./operations/update-job.ts";
import { SparkWorkers } from "./spark-workers.ts";
import { defaultMemoryShare, heapMegabytes } from "./worker-memory.ts";

export interface GlueService extends Service {
  /** Starts Spark ahead of the first run; resolves when a run would start at once. */
  warmUp(): Promise<void>;
}

export interface GlueOptions {
  /** How long a minute of a job's Timeout lasts, in milliseconds; tests shorten it. @default 60000 */
  minuteMs?: number;
  /** Of a worker's memory on AWS, the part that is Spark's heap here. @default 1/8: 2 GB for G.1X */
  memoryShare?: number;
}

/** Glue: Spark jobs that really run, in a Spark process that stays warm between them. */
export async function createGlue(
  context: CloudContext,
  { minuteMs = 60_000, memoryShare = defaultMemoryShare }: GlueOptions = {},
): Promise<GlueService> {
  const folder = (name: string): string => join(context.stateDir, "glue", name);
  const workers = new SparkWorkers(context, folder("workers"));
  const jobs: Glue["jobs"] = new Collection(folder("jobs"));
  const runs: Glue["runs"] = new Collection(folder("runs"));
  const glue: Glue = {
    context,
    jobs,
    runs,
    securityConfigurations: new Collection(folder("security-configurations")),
    tags: new Collection(folder("tags")),
    jobRuns: new JobRuns({
      context,
      jobs,
      runs,
      workers,
      folder: folder("work"),
      minuteMs,
      memoryShare,
    }),
  };
  return {
    operations: operationsOf(glue),
    checks: glueChecks((name) => jobArn(glue, name)),
    warmUp: () => workers.warmUp(heapMegabytes(jobs.values()[0]?.WorkerType, memoryShare)),
    close: async () => {
      await Promise.all([glue.jobRuns.close(), workers.close()]);
    },
  };
}

function operationsOf(glue: Glue): Record<string, Operation> {
  return {
    BatchStopJobRun: batchStopJobRun(glue),
    CreateJob: createJob(glue),
    CreateSecurityConfiguration: createSecurityConfiguration(glue),
    DeleteJob: deleteJob(glue),
    DeleteSecurityConfiguration: deleteSecurityConfiguration(glue),
    GetJob: getJob(glue),
    GetJobRun: getJobRun(glue),
    GetJobRuns: getJobRuns(glue),
    GetJobs: getJobs(glue),
    GetSecurityConfiguration: getSecurityConfiguration(glue),
    GetSecurityConfigurations: getSecurityConfigurations(glue),
    GetTags: getTags(glue),
    StartJobRun: startJobRun(glue),
    TagResource: tagResource(glue),
    UntagResource: untagResource(glue),
    UpdateJob: updateJob(glue),
  };
}
