import type { GetJobsRequest } from "@aws-sdk/client-glue";
import type { Operation } from "../../cloud/service.ts";
import type { Glue } from "../glue.ts";
import { pageOf } from "../page.ts";

export function getJobs(glue: Glue): Operation {
  return async (request: GetJobsRequest) => {
    const jobs = glue.jobs.values().sort((a, b) => ((a.Name ?? "") < (b.Name ?? "") ? -1 : 1));
    const { items, nextToken } = pageOf(jobs, request);
    return { Jobs: items, NextToken: nextToken };
  };
}
