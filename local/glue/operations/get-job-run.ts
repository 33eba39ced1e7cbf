import type { GetJobRunRequest } from "@aws-sdk/client-glue";
import type { Operation } from "../../cloud/service.ts";
import { runOf } from "../errors.ts";
import type { Glue } from "../glue.ts";

export function getJobRun(glue: Glue): Operation {
  return async (request: GetJobRunRequest) => ({
    JobRun: runOf(glue, request.JobName as string, request.RunId as string),
  });
}
