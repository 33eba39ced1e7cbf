import type { JobUpdate, UpdateJobRequest } from "@aws-sdk/client-glue";
import type { Operation } from "../../cloud/service.ts";
import { now } from "../../cloud/wire.ts";
import { invalidInput, jobNamed } from "../errors.ts";
import type { Glue } from "../glue.ts";
import { completeDefinition } from "../job-definition.ts";

/** The new definition takes the place of the old one: what it leaves out is gone. */
export function updateJob(glue: Glue): Operation {
  return async (request: UpdateJobRequest) => {
    const name = request.JobName as string;
    const { CreatedOn: created } = jobNamed(glue, name);
    const update = request.JobUpdate as JobUpdate;
    if (update.Role === undefined) throw invalidInput("Role must not be null.");
    glue.jobs.put(name, {
      Name: name,
      ...completeDefinition(update),
      CreatedOn: created,
      LastModifiedOn: now(),
    });
    return { JobName: name };
  };
}
