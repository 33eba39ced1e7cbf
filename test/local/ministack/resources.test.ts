import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  ListTagsForResourceCommand as ListAlarmTagsCommand,
  PutMetricAlarmCommand,
} from "@aws-sdk/client-cloudwatch";
import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand as ListLogGroupTagsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
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
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  AddPermissionCommand,
  DeleteFunctionCommand,
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  ListTagsForResourceCommand as ListMachineTagsCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueueTagsCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { createFunction } from "./functions-support.ts";
import { accountId, region, roleArn, startTestCloud, type TestCloud } from "./test-cloud.ts";

/** What the program's resources need of ministack: settings come back as they were given. */
describe("resources of the program", () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud.stop());

  const nameOf = (error: Error) => error.name;

  it("answers for the account", async () => {
    const { Account } = await cloud.clients.sts.send(new GetCallerIdentityCommand({}));

    expect(Account).to.equal(accountId);
  });

  it("keeps a role, its trust and its inline policies", async () => {
    const { iam } = cloud.clients;
    const trust = (service: string) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: service },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "aws:SourceAccount": accountId } },
          },
        ],
      });
    const RoleName = "dev-churn-etl";
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::b/*" }],
    });
    const created = await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: trust("glue.amazonaws.com"),
        Description: "ETL",
        MaxSessionDuration: 3600,
        Tags: [{ Key: "stack", Value: "dev" }],
      }),
    );
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument }));
    await iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName,
        PolicyDocument: trust("lambda.amazonaws.com"),
      }),
    );

    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    const policy = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: "p" }));

    expect(created.Role?.Arn).to.equal(`arn:aws:iam::${accountId}:role/${RoleName}`);
    expect(Role).to.deep.include({
      Description: "ETL",
      MaxSessionDuration: 3600,
      Tags: [{ Key: "stack", Value: "dev" }],
      Path: "/",
    });
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument as string)).to.equal(
      trust("lambda.amazonaws.com"),
    );
    expect(decodeURIComponent(policy.PolicyDocument as string)).to.equal(PolicyDocument);

    expect(await iam.send(new DeleteRoleCommand({ RoleName })).catch(nameOf)).to.equal(
      "DeleteConflictException",
    );
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "p" }));
    const { PolicyNames } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    expect(PolicyNames).to.deep.equal([]);
    await iam.send(new DeleteRoleCommand({ RoleName }));
    expect(await iam.send(new GetRoleCommand({ RoleName })).catch(nameOf)).to.equal(
      "NoSuchEntityException",
    );
  });

  it("keeps a function's configuration, permission, event invoke config and tags", async () => {
    const { lambda } = cloud.clients;
    const FunctionName = "dev-churn-record-run";
    const arn = await createFunction(cloud, FunctionName, "return 1", {
      Architectures: ["arm64"],
      MemorySize: 256,
      Description: "Records a run",
      Environment: { Variables: { BUCKET: "b" } },
      DeadLetterConfig: { TargetArn: `arn:aws:sqs:${region}:${accountId}:q` },
      TracingConfig: { Mode: "Active" },
      LoggingConfig: { LogFormat: "JSON", LogGroup: "/aws/lambda/dev-churn-record-run" },
      Tags: { stack: "dev" },
    });
    await lambda.send(new TagResourceCommand({ Resource: arn, Tags: { pipeline: "churn" } }));
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 30, MemorySize: 512 }),
    );
    const permission = {
      FunctionName,
      StatementId: "rule",
      Action: "lambda:InvokeFunction",
      Principal: "events.amazonaws.com",
      SourceArn: `arn:aws:events:${region}:${accountId}:rule/r`,
      SourceAccount: accountId,
    };
    await lambda.send(new AddPermissionCommand(permission));
    await lambda.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName,
        MaximumRetryAttempts: 1,
        MaximumEventAgeInSeconds: 3600,
      }),
    );

    const { Configuration, Tags, Code } = await lambda.send(
      new GetFunctionCommand({ FunctionName }),
    );
    const { Policy } = await lambda.send(new GetPolicyCommand({ FunctionName }));
    const invokeConfig = await lambda.send(
      new GetFunctionEventInvokeConfigCommand({ FunctionName }),
    );

    expect(Configuration).to.deep.include({
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: roleArn,
      Architectures: ["arm64"],
      MemorySize: 512,
      Timeout: 30,
      Description: "Records a run",
      DeadLetterConfig: { TargetArn: `arn:aws:sqs:${region}:${accountId}:q` },
      PackageType: "Zip",
    });
    expect(Configuration?.Environment?.Variables).to.deep.equal({ BUCKET: "b" });
    expect(Configuration?.TracingConfig).to.deep.equal({ Mode: "Active" });
    expect(Configuration?.LoggingConfig).to.deep.include({
      LogFormat: "JSON",
      LogGroup: "/aws/lambda/dev-churn-record-run",
    });
    expect(Configuration?.CodeSha256).to.match(/^[A-Za-z0-9+/]{43}=$/);
    expect(Code?.RepositoryType).to.equal("S3");
    expect(Tags).to.deep.equal({ stack: "dev", pipeline: "churn" });
    expect(JSON.parse(Policy as string).Statement).to.deep.equal([
      {
        Sid: "rule",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "lambda:InvokeFunction",
        Resource: arn,
        Condition: {
          StringEquals: { "AWS:SourceAccount": accountId },
          ArnLike: { "AWS:SourceArn": permission.SourceArn },
        },
      },
    ]);
    expect(invokeConfig).to.deep.include({
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 3600,
    });

    await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: "rule" }));
    await lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName }));
    expect(await lambda.send(new GetPolicyCommand({ FunctionName })).catch(nameOf)).to.equal(
      "ResourceNotFoundException",
    );
    await lambda.send(new DeleteFunctionCommand({ FunctionName }));
    expect(
      await lambda.send(new GetFunctionConfigurationCommand({ FunctionName })).catch(nameOf),
    ).to.equal("ResourceNotFoundException");
  });

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

  it("keeps a log group with its retention, tags and events in order", async () => {
    const { logs } = cloud.clients;
    const logGroupName = "/aws/sagemaker/TrainingJobs";
    await logs.send(new CreateLogGroupCommand({ logGroupName, tags: { stack: "dev" } }));
    expect(await logs.send(new CreateLogGroupCommand({ logGroupName })).catch(nameOf)).to.equal(
      "ResourceAlreadyExistsException",
    );
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 30 }));
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: "job/algo-1" }));
    const now = Date.now();
    await logs.send(
      new PutLogEventsCommand({
        logGroupName,
        logStreamName: "job/algo-1",
        logEvents: [
          { timestamp: now, message: "[0]#011train-error:0.1" },
          { timestamp: now + 1, message: "second" },
        ],
      }),
    );

    const { logGroups } = await logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }),
    );
    const { events } = await logs.send(
      new GetLogEventsCommand({ logGroupName, logStreamName: "job/algo-1", startFromHead: true }),
    );

    expect(logGroups?.[0]).to.include({ logGroupName, retentionInDays: 30 });
    expect(events?.map(({ message }) => message)).to.deep.equal([
      "[0]#011train-error:0.1",
      "second",
    ]);
    expect(events?.[0]?.timestamp).to.equal(now);
    const { tags } = await logs.send(
      new ListLogGroupTagsCommand({
        resourceArn: `arn:aws:logs:${region}:${accountId}:log-group:${logGroupName}`,
      }),
    );
    expect(tags).to.deep.equal({ stack: "dev" });
    await logs.send(new DeleteRetentionPolicyCommand({ logGroupName }));
    await logs.send(new DeleteLogGroupCommand({ logGroupName }));
    expect(await logs.send(new DeleteLogGroupCommand({ logGroupName })).catch(nameOf)).to.equal(
      "ResourceNotFoundException",
    );
  });

  it("keeps a state machine with logging and tracing through an update", async () => {
    const { sfn } = cloud.clients;
    const definition = (seconds: number) =>
      JSON.stringify({
        StartAt: "A",
        States: { A: { Type: "Wait", Seconds: seconds, End: true } },
      });
    const loggingConfiguration = {
      level: "ALL" as const,
      includeExecutionData: true,
      destinations: [
        {
          cloudWatchLogsLogGroup: {
            logGroupArn: `arn:aws:logs:${region}:${accountId}:log-group:/aws/vendedlogs/states/m:*`,
          },
        },
      ],
    };
    const { stateMachineArn } = await sfn.send(
      new CreateStateMachineCommand({
        name: "dev-churn-retraining",
        roleArn,
        definition: definition(1),
        loggingConfiguration,
        tracingConfiguration: { enabled: true },
        tags: [{ key: "stack", value: "dev" }],
      }),
    );

    await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: definition(2) }));

    const machine = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(machine).to.deep.include({
      name: "dev-churn-retraining",
      status: "ACTIVE",
      type: "STANDARD",
      roleArn,
      definition: definition(2),
      loggingConfiguration,
      tracingConfiguration: { enabled: true },
    });
    const { tags } = await sfn.send(new ListMachineTagsCommand({ resourceArn: stateMachineArn }));
    expect(tags).to.deep.equal([{ key: "stack", value: "dev" }]);
    await sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
    expect(
      await sfn.send(new DescribeStateMachineCommand({ stateMachineArn })).catch(nameOf),
    ).to.equal("StateMachineDoesNotExist");
  });
});
