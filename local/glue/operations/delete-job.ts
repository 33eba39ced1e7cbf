import type { DeleteJobRequest } from "@aws-sdk/client-glue";
import type { Operation } from "../../cloud/service.ts";
import { type Glue, isActive, jobArn, runsOf } from "../glue.ts";

/** Deleting a job that does not exist succeeds, as in Glue. Runs in progress go on; the record of the others goes with the job. */
export function deleteJob(glue: Glue): Operation {
  return async (request: DeleteJobRequest) => {
    const name = request.JobName as string;
    glue.jobs.delete(name);
    glue.tags.delete(jobArn(glue, name));
    for (const run of runsOf(glue, name)) if (!isActive(run)) glue.runs.delete(run.Id);
    return { JobName: name };
  };
}
