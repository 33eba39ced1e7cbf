import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  type EventBridgeClient,
  ListTagsForResourceCommand,
  PutRuleCommand,
  type RuleState,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-eventbridge";
import { flag, type InputsOf, json, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";
import { changeTags, tagList, tagProperties, tags } from "../tags.ts";

const inputs = {
  name: text({ replaces: true, pattern: /^[\w.-]{1,64}$/ }),
  description: text({ maxLength: 512 }),
  eventBusName: text({ replaces: true }),
  eventPattern: json(),
  scheduleExpression: text({ maxLength: 256 }),
  state: text({
    values: ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"],
  }),
  roleArn: text(),
  forceDestroy: flag(),
  tags,
};

export const eventRule = resourceType({
  type: "aws:cloudwatch/eventRule:EventRule",
  inputs,
  autoname: "name",
  identity: ["name", "eventBusName"],
  notFound: ["ResourceNotFoundException"],

  problems: ({ eventPattern, scheduleExpression }) =>
    eventPattern === undefined && scheduleExpression === undefined
      ? ["needs eventPattern or scheduleExpression"]
      : [],

  async create(values, { clients: { events } }) {
    await put(events, values, tagList(values.tags));
    const bus = values.eventBusName ?? "default";
    return bus === "default" ? String(values.name) : `${bus}/${values.name}`;
  },

  async read(_id, { name, eventBusName, forceDestroy }, { clients: { events }, region }) {
    const found = await events.send(
      new DescribeRuleCommand({ Name: name, EventBusName: eventBusName }),
    );
    const tagged = await events.send(new ListTagsForResourceCommand({ ResourceARN: found.Arn }));
    return {
      arn: found.Arn,
      name: found.Name,
      region,
      description: found.Description,
      eventBusName: found.EventBusName ?? "default",
      eventPattern: found.EventPattern,
      forceDestroy: forceDestroy ?? false,
      roleArn: found.RoleArn,
      scheduleExpression: found.ScheduleExpression,
      state: found.State,
      ...tagProperties(tagged.Tags),
    };
  },

  async update(_id, values, state, { clients: { events } }) {
    const { RuleArn: ResourceARN } = await put(events, values);
    await changeTags(
      state.tags,
      values.tags,
      (added) => events.send(new TagResourceCommand({ ResourceARN, Tags: tagList(added) })),
      (TagKeys) => events.send(new UntagResourceCommand({ ResourceARN, TagKeys })),
    );
  },

  async delete(_id, { name, eventBusName, forceDestroy }, { clients: { events } }) {
    await events.send(
      new DeleteRuleCommand({ Name: name, EventBusName: eventBusName, Force: forceDestroy }),
    );
  },
});

function put(
  events: EventBridgeClient,
  values: InputsOf<typeof inputs>,
  Tags?: ReturnType<typeof tagList>,
) {
  return events.send(
    new PutRuleCommand({
      Name: values.name,
      Description: values.description,
      EventBusName: values.eventBusName,
      EventPattern: values.eventPattern,
      ScheduleExpression: values.scheduleExpression,
      State: (values.state ?? "ENABLED") as RuleState,
      RoleArn: values.roleArn,
      Tags,
    }),
  );
}
