import { requiresTls } from "../policy-document.ts";
import { at, list } from "../property.ts";
import { referrers } from "../reference.ts";
import type { Resource, Rule } from "../rule.ts";

const bucket = { scope: "stack", types: ["aws:s3/bucket:Bucket"] } as const;

export const serverAccessLogs: Rule = {
  ...bucket,
  name: "AwsSolutions-S1",
  description: "S3 buckets have server access logs.",
  check: (resource, stack) =>
    partsOf(resource, stack, "bucketLogging:BucketLogging").length > 0
      ? []
      : ["server access logs are off: no BucketLogging is on the bucket"],
};

const publicAccess = [
  "blockPublicAcls",
  "blockPublicPolicy",
  "ignorePublicAcls",
  "restrictPublicBuckets",
];

export const publicAccessBlocked: Rule = {
  ...bucket,
  name: "AwsSolutions-S2",
  description: "S3 buckets block public access, in all four ways.",
  check(resource, stack) {
    const [block] = partsOf(resource, stack, "bucketPublicAccessBlock:BucketPublicAccessBlock");
    if (block === undefined) return ["public access is open: no BucketPublicAccessBlock"];
    return publicAccess
      .filter((setting) => block.props[setting] !== true)
      .map((setting) => `public access is open: ${setting} is not true`);
  },
};

const algorithms: unknown[] = ["AES256", "aws:kms", "aws:kms:dsse"];

export const encryptedAtRest: Rule = {
  ...bucket,
  name: "AwsSolutions-S3",
  description: "S3 buckets encrypt objects by default.",
  check(resource, stack) {
    const part = "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    const encrypts = partsOf(resource, stack, part)
      .flatMap(({ props }) => list(props["rules"]))
      .map((rule) => at(rule, "applyServerSideEncryptionByDefault", "sseAlgorithm"))
      .some((algorithm) => algorithms.includes(algorithm));
    return encrypts ? [] : ["objects are not encrypted by default with AES256 or aws:kms"];
  },
};

export const tlsOnly: Rule = {
  ...bucket,
  name: "AwsSolutions-S10",
  description: "S3 buckets refuse requests without TLS, for the bucket and for its objects.",
  check(resource, stack) {
    const name = String(resource.props["bucket"]);
    const covers = [new RegExp(`:s3:::${name}$`), new RegExp(`:s3:::${name}/\\*$`)];
    const refuses = partsOf(resource, stack, "bucketPolicy:BucketPolicy").some(({ props }) =>
      requiresTls(props["policy"], "s3", covers),
    );
    return refuses
      ? []
      : ["no bucket policy denies s3:* without TLS on the bucket and its objects"];
  },
};

export const versioned: Rule = {
  ...bucket,
  name: "NIST.800.53.R5-S3BucketVersioningEnabled",
  description: "S3 buckets keep versions: what is overwritten or deleted can be had back.",
  check(resource, stack) {
    const keeps = partsOf(resource, stack, "bucketVersioning:BucketVersioning").some(
      ({ props }) => at(props, "versioningConfiguration", "status") === "Enabled",
    );
    return keeps ? [] : ["versioning is not enabled"];
  },
};

/** What is set on a bucket by resources of their own. */
function partsOf(resource: Resource, stack: readonly Resource[], type: string): Resource[] {
  return referrers(stack, `aws:s3/${type}`, "bucket", resource);
}
