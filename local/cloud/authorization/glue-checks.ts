import type {
  CreateJobRequest,
  GetTagsRequest,
  TagResourceRequest,
  UntagResourceRequest,
  UpdateJobRequest,
} from "@aws-sdk/client-glue";
import type { Check } from "../../ministack/identity.ts";
import { passRole, type RequestChecks, requestTags } from "./request-checks.ts";

const service = "glue.amazonaws.com";

/**
 * What Glue asks IAM for each operation. Security configurations are no resources to it.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsglue.html
 *
 * @param jobArn of a job by its name
 */
export function glueChecks(jobArn: (name: string) => string): Record<string, RequestChecks> {
  const ofJob =
    (operation: string, member = "JobName"): RequestChecks =>
    (request: Record<string, string>) => [check(operation, jobArn(request[member] as string))];
  const ofNothing =
    (operation: string): RequestChecks =>
    () => [check(operation, "*")];
  return {
    BatchStopJobRun: ofJob("BatchStopJobRun"),
    CreateJob: ({ Name, Role, Tags }: CreateJobRequest) => [
      check("CreateJob", jobArn(Name as string), requestTags(tagList(Tags))),
      ...passRole(Role, service),
    ],
    CreateSecurityConfiguration: ofNothing("CreateSecurityConfiguration"),
    DeleteJob: ofJob("DeleteJob"),
    DeleteSecurityConfiguration: ofNothing("DeleteSecurityConfiguration"),
    GetJob: ofJob("GetJob"),
    GetJobRun: ofJob("GetJobRun"),
    GetJobRuns: ofJob("GetJobRuns"),
    GetJobs: ofNothing("GetJobs"),
    GetSecurityConfiguration: ofNothing("GetSecurityConfiguration"),
    GetSecurityConfigurations: ofNothing("GetSecurityConfigurations"),
    GetTags: ({ ResourceArn }: GetTagsRequest) => [check("GetTags", ResourceArn as string)],
    StartJobRun: ofJob("StartJobRun"),
    TagResource: ({ ResourceArn, TagsToAdd }: TagResourceRequest) => [
      check("TagResource", ResourceArn as string, requestTags(tagList(TagsToAdd))),
    ],
    UntagResource: ({ ResourceArn, TagsToRemove = [] }: UntagResourceRequest) => [
      check("UntagResource", ResourceArn as string, { "aws:TagKeys": TagsToRemove }),
    ],
    UpdateJob: ({ JobName, JobUpdate }: UpdateJobRequest) => [
      check("UpdateJob", jobArn(JobName as string)),
      ...passRole(JobUpdate?.Role, service),
    ],
  };
}

function check(operation: string, resource: string, context: Check["context"] = {}): Check {
  return { action: `glue:${operation}`, resource, context };
}

function tagList(tags: Record<string, string> | undefined) {
  return Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
}
