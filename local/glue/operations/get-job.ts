import type { GetJobRequest } from "@aws-sdk/client-glue";
import type { Operation } from "../../cloud/service.ts";
import { jobNamed } from "../errors.ts";
import type { Glue } from "../glue.ts";

export function getJob(glue: Glue): Operation {
  return async (request: GetJobRequest) => ({ Job: jobNamed(glue, request.JobName as string) });
}
