import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
} from "@aws-sdk/client-s3";
import { policyDocument, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";

export const bucketPolicy = resourceType({
  type: "aws:s3/bucketPolicy:BucketPolicy",
  inputs: {
    bucket: text({ required: true, replaces: true }),
    policy: policyDocument({ required: true }),
  },
  identity: ["bucket"],
  notFound: ["NoSuchBucket", "NoSuchBucketPolicy"],

  async create(inputs, { clients: { s3 } }) {
    await s3.send(new PutBucketPolicyCommand({ Bucket: inputs.bucket, Policy: inputs.policy }));
    return inputs.bucket;
  },

  async read(id, _state, { clients: { s3 }, region }) {
    const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket: id }));
    return { bucket: id, policy: Policy, region };
  },

  async update(id, inputs, _state, { clients: { s3 } }) {
    await s3.send(new PutBucketPolicyCommand({ Bucket: id, Policy: inputs.policy }));
  },

  async delete(id, _state, { clients: { s3 } }) {
    await s3.send(new DeleteBucketPolicyCommand({ Bucket: id }));
  },
});
