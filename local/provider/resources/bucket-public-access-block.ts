import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { flag, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";

interface Settings {
  blockPublicAcls?: boolean | undefined;
  blockPublicPolicy?: boolean | undefined;
  ignorePublicAcls?: boolean | undefined;
  restrictPublicBuckets?: boolean | undefined;
}

export const bucketPublicAccessBlock = resourceType({
  type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  inputs: {
    bucket: text({ required: true, replaces: true }),
    blockPublicAcls: flag(),
    blockPublicPolicy: flag(),
    ignorePublicAcls: flag(),
    restrictPublicBuckets: flag(),
  },
  identity: ["bucket"],
  notFound: ["NoSuchBucket", "NoSuchPublicAccessBlockConfiguration"],

  async create(inputs, { clients: { s3 } }) {
    await put(s3, inputs.bucket, inputs);
    return inputs.bucket;
  },

  async read(id, _state, { clients: { s3 }, region }) {
    const { PublicAccessBlockConfiguration: found } = await s3.send(
      new GetPublicAccessBlockCommand({ Bucket: id }),
    );
    return {
      bucket: id,
      region,
      blockPublicAcls: found?.BlockPublicAcls ?? false,
      blockPublicPolicy: found?.BlockPublicPolicy ?? false,
      ignorePublicAcls: found?.IgnorePublicAcls ?? false,
      restrictPublicBuckets: found?.RestrictPublicBuckets ?? false,
    };
  },

  async update(id, inputs, _state, { clients: { s3 } }) {
    await put(s3, id, inputs);
  },

  async delete(id, _state, { clients: { s3 } }) {
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket: id }));
  },
});

async function put(s3: S3Client, bucket: string, settings: Settings) {
  await s3.send(
    new PutPublicAccessBlockCommand({
      Bucket: bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: settings.blockPublicAcls ?? false,
        BlockPublicPolicy: settings.blockPublicPolicy ?? false,
        IgnorePublicAcls: settings.ignorePublicAcls ?? false,
        RestrictPublicBuckets: settings.restrictPublicBuckets ?? false,
      },
    }),
  );
}
