import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListQueueTagsCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from "@aws-sdk/client-sqs";
import { flag, type InputsOf, integer, json, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";
import { changeTags, tagProperties, tags } from "../tags.ts";

const inputs = {
  name: text({ replaces: true, pattern: /^[\w-]{1,75}(\.fifo|[\w-]{0,5})$/ }),
  visibilityTimeoutSeconds: integer({ min: 0, max: 43200 }),
  messageRetentionSeconds: integer({ min: 60, max: 1209600 }),
  maxMessageSize: integer({ min: 1024, max: 1048576 }),
  delaySeconds: integer({ min: 0, max: 900 }),
  receiveWaitTimeSeconds: integer({ min: 0, max: 20 }),
  redrivePolicy: json(),
  sqsManagedSseEnabled: flag(),
  kmsMasterKeyId: text(),
  kmsDataKeyReusePeriodSeconds: integer({ min: 60, max: 86400 }),
  tags,
};

export const queue = resourceType({
  type: "aws:sqs/queue:Queue",
  inputs,
  autoname: "name",
  identity: ["name"],
  notFound: ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"],

  async create(values, { clients: { sqs } }) {
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({
        QueueName: values.name,
        Attributes: attributes(values),
        tags: values.tags,
      }),
    );
    return String(QueueUrl);
  },

  async read(id, state, { clients: { sqs }, region }) {
    const { Attributes: found = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: id, AttributeNames: ["All"] }),
    );
    const { Tags } = await sqs.send(new ListQueueTagsCommand({ QueueUrl: id }));
    return {
      arn: found["QueueArn"],
      url: id,
      name: id.slice(id.lastIndexOf("/") + 1),
      region,
      visibilityTimeoutSeconds: Number(found["VisibilityTimeout"]),
      messageRetentionSeconds: Number(found["MessageRetentionPeriod"]),
      maxMessageSize: Number(found["MaximumMessageSize"]),
      delaySeconds: Number(found["DelaySeconds"]),
      receiveWaitTimeSeconds: Number(found["ReceiveMessageWaitTimeSeconds"]),
      redrivePolicy: found["RedrivePolicy"] || undefined,
      // SQS leaves the attribute out as long as nobody set it.
      sqsManagedSseEnabled:
        found["SqsManagedSseEnabled"] === undefined
          ? (state.sqsManagedSseEnabled ?? state.kmsMasterKeyId === undefined)
          : found["SqsManagedSseEnabled"] === "true",
      kmsMasterKeyId: found["KmsMasterKeyId"] || undefined,
      fifoQueue: found["FifoQueue"] === "true",
      ...tagProperties(Tags),
    };
  },

  async update(id, values, state, { clients: { sqs } }) {
    const Attributes = attributes(values);
    // Empty takes it away, but only from a queue that has one.
    if (values.redrivePolicy === undefined && state.redrivePolicy) Attributes["RedrivePolicy"] = "";
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: id, Attributes }));
    await changeTags(
      state.tags,
      values.tags,
      (added) => sqs.send(new TagQueueCommand({ QueueUrl: id, Tags: added })),
      (TagKeys) => sqs.send(new UntagQueueCommand({ QueueUrl: id, TagKeys })),
    );
  },

  async delete(id, _state, { clients: { sqs } }) {
    await sqs.send(new DeleteQueueCommand({ QueueUrl: id }));
  },
});

/** All of them, AWS's defaults for those not given: an input that was removed goes back to its default. */
function attributes(values: InputsOf<typeof inputs>): Record<string, string> {
  const encrypted = values.sqsManagedSseEnabled ?? values.kmsMasterKeyId === undefined;
  return {
    VisibilityTimeout: String(values.visibilityTimeoutSeconds ?? 30),
    MessageRetentionPeriod: String(values.messageRetentionSeconds ?? 345600),
    MaximumMessageSize: String(values.maxMessageSize ?? 1048576),
    DelaySeconds: String(values.delaySeconds ?? 0),
    ReceiveMessageWaitTimeSeconds: String(values.receiveWaitTimeSeconds ?? 0),
    ...(values.redrivePolicy !== undefined && { RedrivePolicy: values.redrivePolicy }),
    SqsManagedSseEnabled: String(encrypted),
    ...(values.kmsMasterKeyId !== undefined && {
      KmsMasterKeyId: values.kmsMasterKeyId,
      KmsDataKeyReusePeriodSeconds: String(values.kmsDataKeyReusePeriodSeconds ?? 300),
    }),
  };
}
