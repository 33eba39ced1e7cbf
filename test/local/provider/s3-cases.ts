import { createHash } from "node:crypto";
import { Asset } from "../../../local/provider/asset.ts";
import { kmsKey, policy, region } from "./case-parents.ts";
import type { ResourceCase } from "./resource-case.ts";

export const s3Cases: ResourceCase[] = [
  {
    type: "aws:s3/bucket:Bucket",
    name: "data",
    inputs: { bucket: "case-data", forceDestroy: true, tags: { team: "a", gone: "x" } },
    updated: { bucket: "case-data", forceDestroy: true, tags: { team: "b", more: "y" } },
    id: "case-data",
    outputs: {
      arn: "arn:aws:s3:::case-data",
      bucketDomainName: "case-data.s3.amazonaws.com",
      bucketRegionalDomainName: "case-data.s3.us-east-2.amazonaws.com",
      region,
    },
    unread: ["forceDestroy"],
    replacing: [["bucket", "case-other", false]],
  },
  {
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    name: "closed",
    inputs: { bucket: "parent-bucket", blockPublicAcls: true, restrictPublicBuckets: true },
    updated: {
      bucket: "parent-bucket",
      blockPublicAcls: false,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: false,
    },
    id: "parent-bucket",
    outputs: {},
    replacing: [["bucket", "case-other", false]],
  },
  {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    name: "encryption",
    inputs: {
      bucket: "parent-bucket",
      rules: [
        { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, bucketKeyEnabled: false },
      ],
    },
    updated: {
      bucket: "parent-bucket",
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKey },
          bucketKeyEnabled: true,
        },
      ],
    },
    id: "parent-bucket",
    outputs: {},
    remains: true,
    replacing: [["bucket", "case-other", false]],
  },
  {
    type: "aws:s3/bucketVersioning:BucketVersioning",
    name: "versioning",
    inputs: { bucket: "parent-bucket", versioningConfiguration: { status: "Enabled" } },
    updated: { bucket: "parent-bucket", versioningConfiguration: { status: "Suspended" } },
    id: "parent-bucket",
    outputs: {},
    remains: true,
    replacing: [["bucket", "case-other", false]],
  },
  {
    type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    name: "lifecycle",
    inputs: {
      bucket: "parent-bucket",
      rules: [
        { id: "runs", status: "Enabled", filter: { prefix: "runs/" }, expiration: { days: 30 } },
      ],
    },
    updated: {
      bucket: "parent-bucket",
      rules: [
        { id: "runs", status: "Enabled", filter: { prefix: "runs/" }, expiration: { days: 7 } },
        {
          id: "clean-up",
          status: "Disabled",
          filter: { prefix: "" },
          noncurrentVersionExpiration: { noncurrentDays: 3 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 2 },
        },
      ],
    },
    id: "parent-bucket",
    outputs: {},
    replacing: [["bucket", "case-other", false]],
  },
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    name: "policy",
    inputs: { bucket: "parent-bucket", policy: policy("s3:GetObject") },
    updated: { bucket: "parent-bucket", policy: policy("s3:ListBucket") },
    id: "parent-bucket",
    outputs: {},
    replacing: [["bucket", "case-other", false]],
  },
  {
    type: "aws:s3/bucketNotification:BucketNotification",
    name: "events",
    inputs: { bucket: "parent-bucket", eventbridge: true },
    updated: { bucket: "parent-bucket", eventbridge: false },
    id: "parent-bucket",
    outputs: {},
    remains: true,
    replacing: [["bucket", "case-other", false]],
  },
  {
    type: "aws:s3/bucketObjectv2:BucketObjectv2",
    name: "script",
    inputs: {
      bucket: "parent-bucket",
      key: "code/job.py",
      source: new Asset({ text: "print(1)" }),
      contentType: "text/x-python",
    },
    updated: {
      bucket: "parent-bucket",
      key: "code/job.py",
      source: new Asset({ text: "print(2)" }),
      contentType: "text/plain",
    },
    id: "parent-bucket/code/job.py",
    outputs: {
      arn: "arn:aws:s3:::parent-bucket/code/job.py",
      etag: createHash("md5").update("print(1)").digest("hex"),
    },
    unread: ["source"],
    fingerprint: "etag",
    replacing: [["key", "code/other.py", false]],
  },
];
