import {
  DeleteBucketLifecycleCommand,
  GetBucketLifecycleConfigurationCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { fromAws, toAws } from "../aws-case.ts";
import { flag, integer, list, object, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";

const spellings = { id: "ID" };

const storageClass = text({ required: true });

const rule = object({
  id: text({ required: true, maxLength: 255 }),
  status: text({ required: true, values: ["Enabled", "Disabled"] }),
  filter: object({
    prefix: text(),
    objectSizeGreaterThan: integer({ min: 0 }),
    objectSizeLessThan: integer({ min: 0 }),
    tag: object({ key: text({ required: true }), value: text({ required: true }) }),
  }),
  expiration: object({ days: integer({ min: 1 }), expiredObjectDeleteMarker: flag() }),
  noncurrentVersionExpiration: object({
    noncurrentDays: integer({ required: true, min: 1 }),
    newerNoncurrentVersions: integer({ min: 1, max: 100 }),
  }),
  abortIncompleteMultipartUpload: object({ daysAfterInitiation: integer({ min: 1 }) }),
  transitions: list(object({ days: integer({ min: 0 }), storageClass })),
});

export const bucketLifecycleConfiguration = resourceType({
  type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  inputs: {
    bucket: text({ required: true, replaces: true }),
    rules: list(rule, { required: true, maxItems: 1000 }),
  },
  identity: ["bucket"],
  notFound: ["NoSuchBucket", "NoSuchLifecycleConfiguration"],

  async create(inputs, { clients: { s3 } }) {
    await put(s3, inputs.bucket, inputs.rules);
    return inputs.bucket;
  },

  async read(id, _state, { clients: { s3 }, region }) {
    const { Rules = [] } = await s3.send(
      new GetBucketLifecycleConfigurationCommand({ Bucket: id }),
    );
    return { bucket: id, region, rules: fromAws(Rules, spellings) };
  },

  async update(id, inputs, _state, { clients: { s3 } }) {
    await put(s3, id, inputs.rules);
  },

  async delete(id, _state, { clients: { s3 } }) {
    await s3.send(new DeleteBucketLifecycleCommand({ Bucket: id }));
  },
});

async function put(s3: S3Client, bucket: string, rules: readonly { filter?: unknown }[]) {
  // S3 wants a filter in every rule; one with an empty prefix is all objects.
  const filtered = rules.map((item) => ({ ...item, filter: item.filter ?? { prefix: "" } }));
  await s3.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket: bucket,
      LifecycleConfiguration: { Rules: toAws<LifecycleRule[]>(filtered, spellings) },
    }),
  );
}
