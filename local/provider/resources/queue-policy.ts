import {
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { policyDocument, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";

export const queuePolicy = resourceType({
  type: "aws:sqs/queuePolicy:QueuePolicy",
  inputs: {
    queueUrl: text({ required: true, replaces: true }),
    policy: policyDocument({ required: true }),
  },
  identity: ["queueUrl"],
  notFound: ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"],

  async create(inputs, { clients: { sqs } }) {
    await put(sqs, inputs.queueUrl, inputs.policy);
    return inputs.queueUrl;
  },

  async read(id, _state, { clients: { sqs }, region }) {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: id, AttributeNames: ["Policy"] }),
    );
    if (!Attributes["Policy"]) return undefined;
    return { queueUrl: id, policy: Attributes["Policy"], region };
  },

  async update(id, inputs, _state, { clients: { sqs } }) {
    await put(sqs, id, inputs.policy);
  },

  async delete(id, _state, { clients: { sqs } }) {
    await put(sqs, id, "");
  },
});

async function put(sqs: SQSClient, QueueUrl: string, Policy: string) {
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
}
