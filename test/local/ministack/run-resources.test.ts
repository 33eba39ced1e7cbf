import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand as ListLogGroupTagsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  ListTagsForResourceCommand as ListMachineTagsCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { accountId, region, roleArn, startTestCloud, type TestCloud } from "./test-cloud.ts";

/** What the program's resources need of ministack: settings come back as they were given. */
describe("resources of the program that runs need", () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud.stop());

  const nameOf = (error: Error) => error.name;

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

  it("looks for log events in the streams whose names start as asked, and in no other", async () => {
    const { logs } = cloud.clients;
    const logGroupName = "/aws/sagemaker/Trainings";
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    const timestamp = Date.now();
    for (const logStreamName of ["a-c01-a1/algo-1", "a-c02-a1/algo-1", "b-c01-a1/algo-1"]) {
      await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      const logEvents = [{ timestamp, message: logStreamName }];
      await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
    }
    const found = async (asked: { logStreamNamePrefix?: string; logStreamNames?: string[] }) => {
      const { events = [] } = await logs.send(
        new FilterLogEventsCommand({ logGroupName, ...asked }),
      );
      for (const { message, logStreamName } of events) expect(message).to.equal(logStreamName);
      return events.map(({ message }) => message);
    };

    expect(await found({ logStreamNamePrefix: "a-c02-a1/" })).to.deep.equal(["a-c02-a1/algo-1"]);
    expect(await found({ logStreamNamePrefix: "a-" })).to.have.length(2);
    expect(await found({ logStreamNamePrefix: "c01" })).to.deep.equal([]);
    expect(await found({})).to.have.length(3);
    const both = { logStreamNamePrefix: "a-", logStreamNames: ["a-c01-a1/algo-1"] };
    expect(await found(both).catch(nameOf)).to.equal("InvalidParameterException");
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
