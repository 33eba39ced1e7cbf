import { isDeepStrictEqual } from "node:util";
import type { CreateJobRequest } from "@aws-sdk/client-glue";
import { AwsError } from "../../cloud/aws-error.ts";
import type { Operation } from "../../cloud/service.ts";
import { now } from "../../cloud/wire.ts";
import { type Glue, type JobRecord, jobArn } from "../glue.ts";
import { completeDefinition } from "../job-definition.ts";

export function createJob(glue: Glue): Operation {
  return async (request: CreateJobRequest) => {
    const { Name: name = "", Tags: tags = {}, ...definition } = request;
    const record: JobRecord = { Name: name, ...completeDefinition(definition) };
    const existing = glue.jobs.get(name);
    if (existing) {
      const { CreatedOn: _created, LastModifiedOn: _modified, ...earlier } = existing;
      if (isDeepStrictEqual(earlier, structuredClone(record))) return { Name: name };
      throw new AwsError(
        "IdempotentParameterMismatchException",
        `Job with name: ${name} already submitted with different configuration`,
      );
    }
    const time = now();
    glue.tags.put(jobArn(glue, name), { tags });
    glue.jobs.put(name, { ...record, CreatedOn: time, LastModifiedOn: time });
    return { Name: name };
  };
}
