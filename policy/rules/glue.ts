import { securityOf } from "../glue-security.ts";
import { at } from "../property.ts";
import type { Resource, Rule } from "../rule.ts";

const job = { scope: "stack", types: ["aws:glue/job:Job"] } as const;

export const logsEncrypted: Rule = {
  ...job,
  name: "AwsSolutions-GL1",
  description: "Glue jobs encrypt their CloudWatch logs.",
  check: (resource, stack) =>
    encrypts(resource, stack, "cloudwatchEncryption", "cloudwatchEncryptionMode", "SSE-KMS")
      ? []
      : ["no security configuration encrypts the job's logs with a KMS key"],
};

export const bookmarksEncrypted: Rule = {
  ...job,
  name: "AwsSolutions-GL3",
  description: "Glue jobs encrypt their bookmarks.",
  check: (resource, stack) =>
    encrypts(resource, stack, "jobBookmarksEncryption", "jobBookmarksEncryptionMode", "CSE-KMS")
      ? []
      : ["no security configuration encrypts the job's bookmarks with a KMS key"],
};

function encrypts(
  resource: Resource,
  stack: readonly Resource[],
  part: string,
  mode: string,
  wanted: string,
): boolean {
  const security = securityOf(resource, stack);
  return at(security?.props, "encryptionConfiguration", part, mode) === wanted;
}
