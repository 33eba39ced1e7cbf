import {
  AssociateKmsKeyCommand,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DisassociateKmsKeyCommand,
  ListTagsForResourceCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { flag, integer, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";
import { changeTags, tagProperties, tags } from "../tags.ts";

/** 0 keeps logs for ever. Source: PutRetentionPolicy in the API reference of CloudWatch Logs. */
const retentions = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
  3288, 3653,
];

export const logGroup = resourceType({
  type: "aws:cloudwatch/logGroup:LogGroup",
  inputs: {
    name: text({ replaces: true, pattern: /^[\w./#-]{1,512}$/ }),
    retentionInDays: integer({ values: retentions }),
    kmsKeyId: text(),
    skipDestroy: flag(),
    tags,
  },
  autoname: "name",
  identity: ["name"],
  notFound: ["ResourceNotFoundException"],

  async create(inputs, { clients: { logs } }) {
    const id = String(inputs.name);
    await logs.send(
      new CreateLogGroupCommand({ logGroupName: id, kmsKeyId: inputs.kmsKeyId, tags: inputs.tags }),
    );
    if (inputs.retentionInDays) {
      await logs.send(
        new PutRetentionPolicyCommand({
          logGroupName: id,
          retentionInDays: inputs.retentionInDays,
        }),
      );
    }
    return id;
  },

  async read(id, state, { clients: { logs }, region }) {
    const { logGroups = [] } = await logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: id }),
    );
    const found = logGroups.find(({ logGroupName }) => logGroupName === id);
    if (found === undefined) return undefined;
    const arn = found.arn?.replace(/:\*$/, "");
    const tagged = await logs.send(new ListTagsForResourceCommand({ resourceArn: arn }));
    return {
      arn,
      name: id,
      region,
      kmsKeyId: found.kmsKeyId,
      logGroupClass: found.logGroupClass ?? "STANDARD",
      retentionInDays: found.retentionInDays ?? 0,
      skipDestroy: state.skipDestroy ?? false,
      ...tagProperties(tagged.tags),
    };
  },

  async update(id, inputs, state, { clients: { logs }, partition, region, accountId }) {
    const group = { logGroupName: id };
    if (inputs.retentionInDays) {
      await logs.send(
        new PutRetentionPolicyCommand({ ...group, retentionInDays: inputs.retentionInDays }),
      );
    } else {
      await logs.send(new DeleteRetentionPolicyCommand(group));
    }
    if (inputs.kmsKeyId !== undefined && inputs.kmsKeyId !== state.kmsKeyId) {
      await logs.send(new AssociateKmsKeyCommand({ ...group, kmsKeyId: inputs.kmsKeyId }));
    } else if (inputs.kmsKeyId === undefined && state.kmsKeyId !== undefined) {
      await logs.send(new DisassociateKmsKeyCommand(group));
    }
    const resourceArn = `arn:${partition}:logs:${region}:${accountId}:log-group:${id}`;
    await changeTags(
      state.tags,
      inputs.tags,
      (added) => logs.send(new TagResourceCommand({ resourceArn, tags: added })),
      (tagKeys) => logs.send(new UntagResourceCommand({ resourceArn, tagKeys })),
    );
  },

  async delete(id, state, { clients: { logs } }) {
    if (state.skipDestroy === true) return;
    await logs.send(new DeleteLogGroupCommand({ logGroupName: id }));
  },
});
