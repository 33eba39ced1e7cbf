import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  ListTagsForResourceCommand,
  type LogLevel,
  type StateMachineType,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { flag, type InputsOf, json, object, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";
import { changeTags, type Tags, tags } from "../tags.ts";

const inputs = {
  name: text({ replaces: true, pattern: /^[\w-]{1,80}$/ }),
  type: text({ replaces: true, values: ["STANDARD", "EXPRESS"] }),
  definition: json({ required: true }),
  roleArn: text({ required: true }),
  loggingConfiguration: object({
    // Step Functions refuses the ARN of a log group without it, long after a preview.
    logDestination: text({ pattern: /:\*$/ }),
    includeExecutionData: flag(),
    level: text({ values: ["ALL", "ERROR", "FATAL", "OFF"] }),
  }),
  tracingConfiguration: object({ enabled: flag() }),
  tags,
};

export const stateMachine = resourceType({
  type: "aws:sfn/stateMachine:StateMachine",
  inputs,
  autoname: "name",
  identity: ["name"],
  changing: ["revisionId"],
  notFound: ["StateMachineDoesNotExist", "ResourceNotFound"],

  async create(values, { clients: { sfn } }) {
    const { stateMachineArn } = await sfn.send(
      new CreateStateMachineCommand({
        ...definition(values),
        name: values.name,
        type: (values.type ?? "STANDARD") as StateMachineType,
        tags: tagPairs(values.tags),
      }),
    );
    return String(stateMachineArn);
  },

  async read(id, state, { clients: { sfn }, region }) {
    const found = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: id }));
    if (found.status === "DELETING") return undefined;
    const tagged = await sfn.send(new ListTagsForResourceCommand({ resourceArn: id }));
    const [destination] = found.loggingConfiguration?.destinations ?? [];
    const read = Object.fromEntries((tagged.tags ?? []).map(({ key, value }) => [key, value]));
    return {
      arn: id,
      name: found.name,
      region,
      type: found.type,
      status: found.status,
      definition: found.definition,
      roleArn: found.roleArn,
      creationDate: found.creationDate?.toISOString().replace(/\.\d+Z$/, "Z"),
      description: found.description,
      revisionId: found.revisionId,
      loggingConfiguration: {
        level: found.loggingConfiguration?.level ?? "OFF",
        includeExecutionData: found.loggingConfiguration?.includeExecutionData ?? false,
        ...(destination && { logDestination: destination.cloudWatchLogsLogGroup?.logGroupArn }),
      },
      // The local cloud has no X-Ray, and says nothing of tracing.
      tracingConfiguration: found.tracingConfiguration ??
        state.tracingConfiguration ?? { enabled: false },
      tags: tagged.tags?.length ? read : undefined,
      tagsAll: read,
    };
  },

  async update(id, values, state, { clients: { sfn } }) {
    await sfn.send(new UpdateStateMachineCommand({ stateMachineArn: id, ...definition(values) }));
    await changeTags(
      state.tags,
      values.tags,
      (added) => sfn.send(new TagResourceCommand({ resourceArn: id, tags: tagPairs(added) })),
      (tagKeys) => sfn.send(new UntagResourceCommand({ resourceArn: id, tagKeys })),
    );
  },

  async delete(id, _state, { clients: { sfn } }) {
    await sfn.send(new DeleteStateMachineCommand({ stateMachineArn: id }));
  },
});

function definition({
  definition,
  roleArn,
  loggingConfiguration,
  tracingConfiguration,
}: InputsOf<typeof inputs>) {
  const { level, includeExecutionData, logDestination } = loggingConfiguration ?? {};
  return {
    definition,
    roleArn,
    loggingConfiguration: {
      level: (level ?? "OFF") as LogLevel,
      includeExecutionData: includeExecutionData ?? false,
      ...(logDestination !== undefined && {
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logDestination } }],
      }),
    },
    tracingConfiguration: { enabled: tracingConfiguration?.enabled ?? false },
  };
}

function tagPairs(of: Tags | undefined) {
  return Object.entries(of ?? {}).map(([key, value]) => ({ key, value }));
}
