import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketTaggingCommand,
  GetBucketTaggingCommand,
  HeadBucketCommand,
  PutBucketTaggingCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { emptyBucket } from "../empty-bucket.ts";
import { partitionOf } from "../partition.ts";
import { flag, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";
import { type Tags, tagList, tagProperties, tags } from "../tags.ts";

export const bucket = resourceType({
  type: "aws:s3/bucket:Bucket",
  inputs: {
    bucket: text({ replaces: true, pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/ }),
    forceDestroy: flag(),
    tags,
  },
  autoname: "bucket",
  identity: ["bucket"],
  notFound: ["NoSuchBucket", "NotFound"],

  async create(inputs, { clients: { s3 }, region }) {
    const id = String(inputs.bucket);
    // us-east-1 is the one region that must not be named.
    const place =
      region === "us-east-1"
        ? {}
        : { CreateBucketConfiguration: { LocationConstraint: region as never } };
    await s3.send(new CreateBucketCommand({ Bucket: id, ...place }));
    if (inputs.tags !== undefined) await putTags(s3, id, inputs.tags);
    return id;
  },

  async read(id, state, { clients: { s3 }, partition, region }) {
    await s3.send(new HeadBucketCommand({ Bucket: id }));
    return {
      arn: `arn:${partition}:s3:::${id}`,
      bucket: id,
      bucketDomainName: `${id}.s3.${partitionOf(region).dnsSuffix}`,
      bucketRegion: region,
      bucketRegionalDomainName: `${id}.s3.${region}.${partitionOf(region).dnsSuffix}`,
      // A setting of the provider, of which S3 knows nothing.
      forceDestroy: state.forceDestroy ?? false,
      region,
      ...tagProperties(await getTags(s3, id)),
    };
  },

  async update(id, inputs, state, { clients: { s3 } }) {
    if (inputs.tags !== undefined) await putTags(s3, id, inputs.tags);
    else if (state.tags !== undefined)
      await s3.send(new DeleteBucketTaggingCommand({ Bucket: id }));
  },

  async delete(id, state, { clients: { s3 } }) {
    if (state.forceDestroy === true) await emptyBucket(s3, id);
    await s3.send(new DeleteBucketCommand({ Bucket: id }));
  },
});

async function putTags(s3: S3Client, id: string, values: Tags) {
  await s3.send(new PutBucketTaggingCommand({ Bucket: id, Tagging: { TagSet: tagList(values) } }));
}

async function getTags(s3: S3Client, id: string) {
  try {
    return (await s3.send(new GetBucketTaggingCommand({ Bucket: id }))).TagSet;
  } catch (error) {
    if (error instanceof Error && error.name === "NoSuchTagSet") return undefined;
    throw error;
  }
}
