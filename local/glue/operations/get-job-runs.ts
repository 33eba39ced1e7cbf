import type { GetJobRunsRequest } from "@aws-sdk/client-glue";
import type { Operation } from "../../cloud/service.ts";
import { jobNamed } from "../errors.ts";
import { type Glue, runsOf } from "../glue.ts";
import { pageOf } from "../page.ts";

/** The newest first. */
export function getJobRuns(glue: Glue): Operation {
  return async (request: GetJobRunsRequest) => {
    const name = request.JobName as string;
    jobNamed(glue, name);
    const runs = runsOf(glue, name).sort((a, b) => Number(b.StartedOn) - Number(a.StartedOn));
    const { items, nextToken } = pageOf(runs, request);
    return { JobRuns: items, NextToken: nextToken };
  };
}
