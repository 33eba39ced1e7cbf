import {
  type CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  ListTagsForResourceCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch";
import { decimal, flag, type InputsOf, integer, list, map, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";
import { changeTags, tagList, tagProperties, tags } from "../tags.ts";

const inputs = {
  name: text({ replaces: true, maxLength: 255 }),
  alarmDescription: text({ maxLength: 1024 }),
  actionsEnabled: flag(),
  alarmActions: list(text(), { maxItems: 5 }),
  okActions: list(text(), { maxItems: 5 }),
  insufficientDataActions: list(text(), { maxItems: 5 }),
  namespace: text(),
  metricName: text(),
  dimensions: map(text()),
  statistic: text({ values: ["SampleCount", "Average", "Sum", "Minimum", "Maximum"] }),
  period: integer({ min: 10 }),
  unit: text(),
  comparisonOperator: text({
    required: true,
    values: [
      "GreaterThanOrEqualToThreshold",
      "GreaterThanThreshold",
      "LessThanThreshold",
      "LessThanOrEqualToThreshold",
    ],
  }),
  threshold: decimal(),
  evaluationPeriods: integer({ required: true, min: 1 }),
  datapointsToAlarm: integer({ min: 1 }),
  treatMissingData: text({ values: ["breaching", "notBreaching", "ignore", "missing"] }),
  tags,
};

export const metricAlarm = resourceType({
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  inputs,
  autoname: "name",
  identity: ["name"],
  notFound: ["ResourceNotFound", "ResourceNotFoundException"],

  async create(values, { clients: { cloudwatch } }) {
    await put(cloudwatch, values, tagList(values.tags));
    return String(values.name);
  },

  async read(id, _state, { clients: { cloudwatch }, region }) {
    const { MetricAlarms = [] } = await cloudwatch.send(
      new DescribeAlarmsCommand({ AlarmNames: [id] }),
    );
    const [found] = MetricAlarms;
    if (found === undefined) return undefined;
    const tagged = await cloudwatch.send(
      new ListTagsForResourceCommand({ ResourceARN: found.AlarmArn }),
    );
    return {
      arn: found.AlarmArn,
      name: id,
      region,
      alarmDescription: found.AlarmDescription,
      actionsEnabled: found.ActionsEnabled,
      alarmActions: orAbsent(found.AlarmActions),
      okActions: orAbsent(found.OKActions),
      insufficientDataActions: orAbsent(found.InsufficientDataActions),
      namespace: found.Namespace,
      metricName: found.MetricName,
      dimensions: orAbsent(found.Dimensions) && dimensionMap(found.Dimensions ?? []),
      statistic: found.Statistic,
      period: found.Period,
      unit: found.Unit,
      comparisonOperator: found.ComparisonOperator,
      threshold: found.Threshold,
      evaluationPeriods: found.EvaluationPeriods,
      datapointsToAlarm: found.DatapointsToAlarm,
      treatMissingData: found.TreatMissingData ?? "missing",
      ...tagProperties(tagged.Tags),
    };
  },

  async update(_id, values, state, { clients: { cloudwatch }, partition, region, accountId }) {
    await put(cloudwatch, values);
    const ResourceARN = `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${values.name}`;
    await changeTags(
      state.tags,
      values.tags,
      (added) => cloudwatch.send(new TagResourceCommand({ ResourceARN, Tags: tagList(added) })),
      (TagKeys) => cloudwatch.send(new UntagResourceCommand({ ResourceARN, TagKeys })),
    );
  },

  async delete(id, _state, { clients: { cloudwatch } }) {
    await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [id] }));
  },
});

async function put(
  cloudwatch: CloudWatchClient,
  values: InputsOf<typeof inputs>,
  Tags?: ReturnType<typeof tagList>,
) {
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: values.name,
      AlarmDescription: values.alarmDescription,
      ActionsEnabled: values.actionsEnabled ?? true,
      AlarmActions: values.alarmActions,
      OKActions: values.okActions,
      InsufficientDataActions: values.insufficientDataActions,
      Namespace: values.namespace,
      MetricName: values.metricName,
      Dimensions: Object.entries(values.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value })),
      Statistic: values.statistic as PutMetricAlarmCommandInput["Statistic"],
      Period: values.period,
      Unit: values.unit as PutMetricAlarmCommandInput["Unit"],
      ComparisonOperator:
        values.comparisonOperator as PutMetricAlarmCommandInput["ComparisonOperator"],
      Threshold: values.threshold,
      EvaluationPeriods: values.evaluationPeriods,
      DatapointsToAlarm: values.datapointsToAlarm,
      TreatMissingData: values.treatMissingData ?? "missing",
      Tags,
    }),
  );
}

function dimensionMap(dimensions: { Name?: string | undefined; Value?: string | undefined }[]) {
  return Object.fromEntries(dimensions.map(({ Name, Value }) => [Name ?? "", Value ?? ""]));
}

function orAbsent<T>(values: T[] | undefined): T[] | undefined {
  return values?.length === 0 ? undefined : values;
}
