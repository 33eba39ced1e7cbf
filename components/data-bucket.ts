import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bucketLayout } from "./bucket-layout.ts";
import { arnsIn, type Place } from "./names.ts";
import { denyInsecureTransport, policyDocument } from "./policies.ts";

export interface DataBucketArgs {
  /** Physical name, 3 to 63 characters, unique in the world. */
  bucketName: string;

  place: Place;

  /** Whether destroying the stack deletes the objects too. False refuses to delete a bucket that holds any. */
  forceDestroy: boolean;

  /** Days until what a run wrote expires, but for its model: that goes when no version needs it. */
  runRetentionDays: number;

  /** Key that encrypts the objects. @default SSE-S3, the key that S3 owns. */
  kmsKeyArn: string | undefined;
}

/** Days that a version lives on after it was overwritten or deleted: time to notice a mistake. */
const noncurrentDays = 30;
const abandonedUploadDays = 7;

/**
 * The bucket of one pipeline: its inputs, its code, what its runs wrote.
 *
 * One bucket a pipeline rather than a prefix in a shared one, so that pipelines share nothing: the bucket's policy,
 * lifecycle, key, event rule and deletion are each the pipeline's own, a role reaches its pipeline's data and no other's
 * by the bucket's name alone, and removing a pipeline removes its data.
 *
 * @example
 * const data = new DataBucket("churn-data", {
 *   bucketName: bucketName("dev-churn", place),
 *   place,
 *   forceDestroy: true,
 *   runRetentionDays: 90,
 *   kmsKeyArn: undefined,
 * }, { parent: this });
 */
export class DataBucket extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: DataBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("retraining:components:DataBucket", name, {}, opts);
    const bucket = new aws.s3.Bucket(
      name,
      { bucket: args.bucketName, forceDestroy: args.forceDestroy },
      { parent: this },
    );
    const versioning = createVersioning(this, name, bucket);
    createEncryption(this, name, bucket, args);
    createLifecycle(this, name, bucket, versioning, args);
    const closed = createPublicAccessBlock(this, name, bucket);
    createPolicy(this, name, bucket, closed, args);
    createNotification(this, name, bucket);
    // events of objects without a version could not tell one upload from the next
    this.name = pulumi.all([bucket.bucket, versioning.id]).apply(([bucketName]) => bucketName);
    this.registerOutputs({ name: this.name });
  }
}

function createVersioning(parent: pulumi.Resource, name: string, bucket: aws.s3.Bucket) {
  return new aws.s3.BucketVersioning(
    `${name}-versioning`,
    { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
    { parent },
  );
}

function createEncryption(
  parent: pulumi.Resource,
  name: string,
  bucket: aws.s3.Bucket,
  { kmsKeyArn }: DataBucketArgs,
) {
  const byDefault =
    kmsKeyArn === undefined
      ? { sseAlgorithm: "AES256" }
      : { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn };
  return new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    {
      bucket: bucket.bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: byDefault,
          bucketKeyEnabled: kmsKeyArn !== undefined, // one call to KMS for many objects
        },
      ],
    },
    { parent },
  );
}

function createLifecycle(
  parent: pulumi.Resource,
  name: string,
  bucket: aws.s3.Bucket,
  versioning: aws.s3.BucketVersioning,
  { runRetentionDays }: DataBucketArgs,
) {
  const expiring = [
    bucketLayout.runsPrefix,
    bucketLayout.outputPrefix,
    bucketLayout.refusedPrefix,
  ].map((prefix) => ({
    id: `expire-${prefix.replace("/", "")}`,
    status: "Enabled",
    filter: { prefix },
    expiration: { days: runRetentionDays },
  }));
  return new aws.s3.BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    {
      bucket: bucket.bucket,
      rules: [
        ...expiring,
        {
          id: "clean-up",
          status: "Enabled",
          filter: { prefix: "" }, // the whole bucket
          noncurrentVersionExpiration: { noncurrentDays },
          abortIncompleteMultipartUpload: { daysAfterInitiation: abandonedUploadDays },
        },
      ],
    },
    { parent, dependsOn: versioning },
  );
}

function createPublicAccessBlock(parent: pulumi.Resource, name: string, bucket: aws.s3.Bucket) {
  return new aws.s3.BucketPublicAccessBlock(
    `${name}-public-access-block`,
    {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    { parent },
  );
}

function createPolicy(
  parent: pulumi.Resource,
  name: string,
  bucket: aws.s3.Bucket,
  closed: aws.s3.BucketPublicAccessBlock,
  args: DataBucketArgs,
) {
  const arns = arnsIn(args.place);
  return new aws.s3.BucketPolicy(
    `${name}-policy`,
    {
      bucket: bucket.bucket,
      policy: policyDocument([
        denyInsecureTransport(
          ["s3:*"], // a Deny: the wider, the safer
          [arns.bucket(args.bucketName), arns.object(args.bucketName, "*")],
        ),
      ]),
    },
    { parent, dependsOn: closed }, // S3 refuses two changes of a bucket's access at one moment
  );
}

function createNotification(parent: pulumi.Resource, name: string, bucket: aws.s3.Bucket) {
  return new aws.s3.BucketNotification(
    `${name}-events`,
    { bucket: bucket.bucket, eventbridge: true },
    { parent },
  );
}
