import {
  type EventBridgeClient,
  ListTargetsByRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { type InputsOf, integer, json, map, object, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";

const inputs = {
  rule: text({ required: true, replaces: true }),
  arn: text({ required: true }),
  targetId: text({ replaces: true, pattern: /^[\w.-]{1,64}$/ }),
  eventBusName: text({ replaces: true }),
  roleArn: text(),
  input: json(),
  inputPath: text(),
  inputTransformer: object({ inputPaths: map(text()), inputTemplate: text({ required: true }) }),
  deadLetterConfig: object({ arn: text() }),
  retryPolicy: object({
    maximumEventAgeInSeconds: integer({ min: 60, max: 86400 }),
    maximumRetryAttempts: integer({ min: 0, max: 185 }),
  }),
};

export const eventTarget = resourceType({
  type: "aws:cloudwatch/eventTarget:EventTarget",
  inputs,
  autoname: "targetId",
  identity: ["rule", "targetId", "eventBusName"],
  notFound: ["ResourceNotFoundException"],

  async create(values, { clients: { events } }) {
    await put(events, values);
    const bus = values.eventBusName ?? "default";
    const id = `${values.rule}-${values.targetId}`;
    return bus === "default" ? id : `${bus}-${id}`;
  },

  async read(_id, { rule, targetId, eventBusName }, { clients: { events }, region }) {
    const { Targets = [] } = await events.send(
      new ListTargetsByRuleCommand({ Rule: rule, EventBusName: eventBusName }),
    );
    const found = Targets.find(({ Id }) => Id === targetId);
    if (found === undefined) return undefined;
    return {
      rule,
      targetId,
      region,
      eventBusName: eventBusName ?? "default",
      arn: found.Arn,
      roleArn: found.RoleArn,
      input: found.Input,
      inputPath: found.InputPath,
      inputTransformer: found.InputTransformer && {
        inputPaths: found.InputTransformer.InputPathsMap,
        inputTemplate: found.InputTransformer.InputTemplate,
      },
      deadLetterConfig: found.DeadLetterConfig && { arn: found.DeadLetterConfig.Arn },
      retryPolicy: found.RetryPolicy && {
        maximumEventAgeInSeconds: found.RetryPolicy.MaximumEventAgeInSeconds,
        maximumRetryAttempts: found.RetryPolicy.MaximumRetryAttempts,
      },
    };
  },

  async update(_id, values, _state, { clients: { events } }) {
    await put(events, values);
  },

  async delete(_id, { rule, targetId, eventBusName }, { clients: { events } }) {
    await events.send(
      new RemoveTargetsCommand({ Rule: rule, EventBusName: eventBusName, Ids: [String(targetId)] }),
    );
  },
});

async function put(events: EventBridgeClient, values: InputsOf<typeof inputs>) {
  const { inputTransformer, deadLetterConfig, retryPolicy } = values;
  const { FailedEntries = [] } = await events.send(
    new PutTargetsCommand({
      Rule: values.rule,
      EventBusName: values.eventBusName,
      Targets: [
        {
          Id: values.targetId,
          Arn: values.arn,
          RoleArn: values.roleArn,
          Input: values.input,
          InputPath: values.inputPath,
          InputTransformer: inputTransformer && {
            InputPathsMap: inputTransformer.inputPaths,
            InputTemplate: inputTransformer.inputTemplate,
          },
          DeadLetterConfig: deadLetterConfig && { Arn: deadLetterConfig.arn },
          RetryPolicy: retryPolicy && {
            MaximumEventAgeInSeconds: retryPolicy.maximumEventAgeInSeconds,
            MaximumRetryAttempts: retryPolicy.maximumRetryAttempts,
          },
        },
      ],
    }),
  );
  // PutTargets answers 200 for targets that it refused.
  const [failed] = FailedEntries;
  if (failed !== undefined) throw new Error(`${failed.ErrorCode}: ${failed.ErrorMessage}`);
}
