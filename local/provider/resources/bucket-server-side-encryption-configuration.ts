import {
  DeleteBucketEncryptionCommand,
  GetBucketEncryptionCommand,
  PutBucketEncryptionCommand,
  type S3Client,
  type ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import { fromAws, toAws } from "../aws-case.ts";
import { flag, list, object, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";

const spellings = { sseAlgorithm: "SSEAlgorithm", kmsMasterKeyId: "KMSMasterKeyID" };

export const bucketServerSideEncryptionConfiguration = resourceType({
  type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  inputs: {
    bucket: text({ required: true, replaces: true }),
    rules: list(
      object({
        applyServerSideEncryptionByDefault: object({
          sseAlgorithm: text({ required: true, values: ["AES256", "aws:kms", "aws:kms:dsse"] }),
          kmsMasterKeyId: text(),
        }),
        bucketKeyEnabled: flag(),
      }),
      { required: true },
    ),
  },
  identity: ["bucket"],
  notFound: ["NoSuchBucket", "ServerSideEncryptionConfigurationNotFoundError"],

  async create(inputs, { clients: { s3 } }) {
    await put(s3, inputs.bucket, inputs.rules);
    return inputs.bucket;
  },

  async read(id, _state, { clients: { s3 }, region }) {
    const found = await s3.send(new GetBucketEncryptionCommand({ Bucket: id }));
    return {
      bucket: id,
      region,
      rules: fromAws(found.ServerSideEncryptionConfiguration?.Rules ?? [], spellings),
    };
  },

  async update(id, inputs, _state, { clients: { s3 } }) {
    await put(s3, id, inputs.rules);
  },

  async delete(id, _state, { clients: { s3 } }) {
    await s3.send(new DeleteBucketEncryptionCommand({ Bucket: id }));
  },
});

async function put(s3: S3Client, bucket: string, rules: unknown) {
  const Rules = toAws<ServerSideEncryptionRule[]>(rules, spellings);
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket: bucket,
      ServerSideEncryptionConfiguration: { Rules },
    }),
  );
}
