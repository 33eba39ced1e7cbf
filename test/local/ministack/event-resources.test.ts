import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  ListTagsForResourceCommand as ListAlarmTagsCommand,
  PutMetricAlarmCommand,
} from "@aws-sdk/client-cloudwatch";
import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  ListTagsForResourceCommand as ListRuleTagsCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueueTagsCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { accountId, region, startTestCloud, type TestCloud } from "./test-cloud.ts";

/** What the program's resources need of ministack: settings come back as they were given. */
describe("resources of the program that events pass", () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud.stop());

  const nameOf = (error: Error) => error.name;

  it("keeps a queue with its policy", async () => {
    const { sqs } = cloud.clients;
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({
        QueueName: "dev-churn-failed-starts",
        Attributes: {
          MessageRetentionPeriod: "1209600",
          SqsManagedSseEnabled: "true",
          VisibilityTimeout: "60",
        },
        tags: { stack: "dev" },
      }),
    );
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));

    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
    );

    expect(Attributes).to.include({
      MessageRetentionPeriod: "1209600",
      SqsManagedSseEnabled: "true",
      VisibilityTimeout: "60",
      Policy,
      QueueArn: `arn:aws:sqs:${region}:${accountId}:dev-churn-failed-starts`,
    });
    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).to.deep.equal({
      stack: "dev",
    });
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    expect(
      await sqs
        .send(new GetQueueUrlCommand({ QueueName: "dev-churn-failed-starts" }))
        .catch(nameOf),
    ).to.match(/^(QueueDoesNotExist|AWS.SimpleQueueService.NonExistentQueue)$/);
  });

  it("keeps a rule and its targets", async () => {
    const { events } = cloud.clients;
    const EventPattern = '{"source":["aws.s3"],"detail":{"object":{"key":[{"prefix":"input/"}]}}}';
    const target = {
      Id: "start",
      Arn: `arn:aws:lambda:${region}:${accountId}:function:f`,
      DeadLetterConfig: { Arn: `arn:aws:sqs:${region}:${accountId}:q` },
      RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 },
    };
    const { RuleArn } = await events.send(
      new PutRuleCommand({
        Name: "dev-churn-input-uploaded",
        Description: "Uploads",
        EventPattern,
        State: "ENABLED",
        Tags: [{ Key: "stack", Value: "dev" }],
      }),
    );
    const { FailedEntryCount } = await events.send(
      new PutTargetsCommand({ Rule: "dev-churn-input-uploaded", Targets: [target] }),
    );

    const rule = await events.send(new DescribeRuleCommand({ Name: "dev-churn-input-uploaded" }));
    const { Targets } = await events.send(
      new ListTargetsByRuleCommand({ Rule: "dev-churn-input-uploaded" }),
    );
    const { Tags } = await events.send(new ListRuleTagsCommand({ ResourceARN: RuleArn }));

    expect(FailedEntryCount).to.equal(0);
    expect(rule).to.deep.include({ EventPattern, Description: "Uploads", State: "ENABLED" });
    expect(Targets).to.deep.equal([target]);
    expect(Tags).to.deep.equal([{ Key: "stack", Value: "dev" }]);

    const Name = "dev-churn-input-uploaded";
    expect(await events.send(new DeleteRuleCommand({ Name })).catch(nameOf)).to.equal(
      "ValidationException",
    );
    await events.send(new RemoveTargetsCommand({ Rule: Name, Ids: ["start"] }));
    await events.send(new DeleteRuleCommand({ Name }));
    expect(await events.send(new DescribeRuleCommand({ Name })).catch(nameOf)).to.equal(
      "ResourceNotFoundException",
    );
  });

  it("keeps an alarm", async () => {
    const { cloudWatch } = cloud.clients;
    const alarm = {
      AlarmName: "dev-churn-failed-starts",
      AlarmDescription: "Uploads that started no run",
      Namespace: "AWS/SQS",
      MetricName: "ApproximateNumberOfMessagesVisible",
      Dimensions: [{ Name: "QueueName", Value: "dev-churn-failed-starts" }],
      Statistic: "Maximum" as const,
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: "GreaterThanThreshold" as const,
      TreatMissingData: "notBreaching",
      ActionsEnabled: true,
      AlarmActions: [],
    };
    await cloudWatch.send(
      new PutMetricAlarmCommand({ ...alarm, Tags: [{ Key: "stack", Value: "dev" }] }),
    );

    const { MetricAlarms } = await cloudWatch.send(
      new DescribeAlarmsCommand({ AlarmNames: [alarm.AlarmName] }),
    );

    expect(MetricAlarms?.[0]).to.deep.include(alarm);
    const { Tags } = await cloudWatch.send(
      new ListAlarmTagsCommand({ ResourceARN: MetricAlarms?.[0]?.AlarmArn }),
    );
    expect(Tags).to.deep.equal([{ Key: "stack", Value: "dev" }]);
    await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [alarm.AlarmName] }));
    const after = await cloudWatch.send(
      new DescribeAlarmsCommand({ AlarmNames: [alarm.AlarmName] }),
    );
    expect(after.MetricAlarms).to.deep.equal([]);
  });
});
