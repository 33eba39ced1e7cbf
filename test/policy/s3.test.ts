import { denyWithoutTls, holds, policy, resource, urnOf } from "./rule-cases.ts";

const type = "aws:s3/bucket:Bucket";
const bucket = resource(type, "data", { bucket: "shared-data" });
const pipelines = resource(type, "churn-data", { bucket: "retraining-dev-churn-0a1b2c3d" });
const part = (kind: string, props: object, name = "shared-data") =>
  resource(`aws:s3/${kind[0]?.toLowerCase()}${kind.slice(1)}:${kind}`, kind, {
    bucket: name,
    ...props,
  });

const noLogs = "server access logs are off: no BucketLogging is on the bucket";
holds("AwsSolutions-S1", [
  ["a bucket with access logs", [bucket, part("BucketLogging", { targetBucket: "logs" })]],
  ["a pipeline's bucket, which is exempt", [pipelines]],
  ["a bucket without access logs", [bucket], [noLogs]],
  ["logs of another bucket", [bucket, part("BucketLogging", {}, "other")], [noLogs]],
]);

const closed = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};
const block = (props: object) => part("BucketPublicAccessBlock", props);
holds("AwsSolutions-S2", [
  ["all four blocks", [bucket, block(closed)]],
  ["no block at all", [bucket], ["public access is open: no BucketPublicAccessBlock"]],
  [
    "three blocks of four",
    [bucket, block({ ...closed, blockPublicPolicy: false })],
    ["public access is open: blockPublicPolicy is not true"],
  ],
]);

const encryption = (sseAlgorithm: string) =>
  part("BucketServerSideEncryptionConfiguration", {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }],
  });
const unencrypted = "objects are not encrypted by default with AES256 or aws:kms";
holds("AwsSolutions-S3", [
  ["S3's key", [bucket, encryption("AES256")]],
  ["a customer key", [bucket, encryption("aws:kms")]],
  ["no encryption", [bucket], [unencrypted]],
  ["another algorithm", [bucket, encryption("none")], [unencrypted]],
]);

const arn = "arn:aws:s3:::shared-data";
const bucketPolicy = (...statements: object[]) =>
  part("BucketPolicy", { policy: policy(...statements) });
const deny = denyWithoutTls(["s3:*"], [arn, `${arn}/*`]);
const plain = "no bucket policy denies s3:* without TLS on the bucket and its objects";
holds("AwsSolutions-S10", [
  ["a Deny on bucket and objects", [bucket, bucketPolicy(deny)]],
  ["no policy", [bucket], [plain]],
  [
    "a Deny on the objects alone",
    [bucket, bucketPolicy({ ...deny, Resource: [`${arn}/*`] })],
    [plain],
  ],
  ["an Allow", [bucket, bucketPolicy({ ...deny, Effect: "Allow" })], [plain]],
  [
    "a Deny for some",
    [bucket, bucketPolicy({ ...deny, Principal: { AWS: "arn:aws:iam::123456789012:root" } })],
    [plain],
  ],
  [
    "a Deny of reading alone",
    [bucket, bucketPolicy({ ...deny, Action: ["s3:GetObject"] })],
    [plain],
  ],
  [
    "a Deny under one more condition",
    [
      bucket,
      bucketPolicy({
        ...deny,
        Condition: { ...deny.Condition, StringEquals: { "aws:SourceVpc": "vpc-1" } },
      }),
    ],
    [plain],
  ],
]);

const versioning = (status: string) =>
  part("BucketVersioning", { versioningConfiguration: { status } });
holds("NIST.800.53.R5-S3BucketVersioningEnabled", [
  ["versioning", [bucket, versioning("Enabled")]],
  [
    "versioning of a bucket whose name nobody knows yet",
    [
      bucket,
      resource(
        "aws:s3/bucketVersioning:BucketVersioning",
        "v",
        { versioningConfiguration: { status: "Enabled" } },
        { bucket: [urnOf(type, "data")] },
      ),
    ],
  ],
  ["no versioning", [bucket], ["versioning is not enabled"]],
  ["suspended versioning", [bucket, versioning("Suspended")], ["versioning is not enabled"]],
]);
