import {
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { flag, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";

/** Only to EventBridge: direct notifications to queues, topics and functions overwrite each other, and are not used here. */
export const bucketNotification = resourceType({
  type: "aws:s3/bucketNotification:BucketNotification",
  inputs: {
    bucket: text({ required: true, replaces: true }),
    eventbridge: flag(),
  },
  identity: ["bucket"],
  notFound: ["NoSuchBucket"],

  async create(inputs, { clients: { s3 } }) {
    await put(s3, inputs.bucket, inputs.eventbridge);
    return inputs.bucket;
  },

  async read(id, _state, { clients: { s3 }, region }) {
    const found = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: id }));
    return { bucket: id, eventbridge: found.EventBridgeConfiguration !== undefined, region };
  },

  async update(id, inputs, _state, { clients: { s3 } }) {
    await put(s3, id, inputs.eventbridge);
  },

  async delete(id, _state, { clients: { s3 } }) {
    await put(s3, id, false);
  },
});

async function put(s3: S3Client, bucket: string, eventbridge: boolean | undefined) {
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: bucket,
      NotificationConfiguration: eventbridge === true ? { EventBridgeConfiguration: {} } : {},
    }),
  );
}
