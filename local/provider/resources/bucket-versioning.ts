import {
  type BucketVersioningStatus,
  GetBucketVersioningCommand,
  PutBucketVersioningCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { object, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";

export const bucketVersioning = resourceType({
  type: "aws:s3/bucketVersioning:BucketVersioning",
  inputs: {
    bucket: text({ required: true, replaces: true }),
    versioningConfiguration: object(
      { status: text({ required: true, values: ["Enabled", "Suspended", "Disabled"] }) },
      { required: true },
    ),
  },
  identity: ["bucket"],
  notFound: ["NoSuchBucket"],

  async create(inputs, { clients: { s3 } }) {
    await put(s3, inputs.bucket, inputs.versioningConfiguration.status);
    return inputs.bucket;
  },

  async read(id, _state, { clients: { s3 }, region }) {
    const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket: id }));
    return { bucket: id, region, versioningConfiguration: { status: Status ?? "Disabled" } };
  },

  async update(id, inputs, _state, { clients: { s3 } }) {
    await put(s3, id, inputs.versioningConfiguration.status);
  },

  // A bucket that has had versions never loses them: suspended is as far as it goes.
  async delete(id, state, { clients: { s3 } }) {
    if (state.versioningConfiguration.status === "Enabled") await put(s3, id, "Suspended");
  },
});

async function put(s3: S3Client, bucket: string, status: string) {
  if (status === "Disabled") return; // What a new bucket is; S3 has no such call.
  await s3.send(
    new PutBucketVersioningCommand({
      Bucket: bucket,
      VersioningConfiguration: { Status: status as BucketVersioningStatus },
    }),
  );
}
