import { CreateLogGroupCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateStateMachineCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { eventually } from "../../support/eventually.ts";
import { createMachine, ended, historyOf, run, start } from "./executions-support.ts";
import { BackendRefusal } from "./fake-backend.ts";
import { accountId, region, roleArn, startTestCloud, type TestCloud } from "./test-cloud.ts";

const waitLong = { Wait: { Type: "Wait", Seconds: 3600, End: true } };
const succeed = { Succeed: { Type: "Succeed" } };

describe("Step Functions executions", () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud.stop());
  afterEach(() => cloud.backend.reset());

  const startNamed = (stateMachineArn: string, name: string, input = "{}") =>
    cloud.clients.sfn.send(new StartExecutionCommand({ stateMachineArn, name, input }));
  const errorOf = async (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      (error: Error) => error.name,
    );

  it("takes the same name and input again while the execution runs", async () => {
    const machine = await createMachine(cloud, waitLong);

    const first = await startNamed(machine, "a-1", '{"a": 1}');
    const second = await startNamed(machine, "a-1", '{ "a": 1 }');

    expect(second.executionArn).to.equal(first.executionArn);
    expect(second.startDate).to.deep.equal(first.startDate);
    await cloud.clients.sfn.send(new StopExecutionCommand({ executionArn: first.executionArn }));
  });

  it("refuses the same name with another input, or after the end", async () => {
    const machine = await createMachine(cloud, waitLong);
    const { executionArn } = await startNamed(machine, "a-1");

    expect(await errorOf(startNamed(machine, "a-1", '{"b":2}'))).to.equal("ExecutionAlreadyExists");

    await cloud.clients.sfn.send(new StopExecutionCommand({ executionArn }));
    expect(await errorOf(startNamed(machine, "a-1"))).to.equal("ExecutionAlreadyExists");
  });

  for (const name of ["a".repeat(81), "a b", "a/b", "a?b"]) {
    it(`refuses the name ${JSON.stringify(name)}`, async () => {
      const machine = await createMachine(cloud, succeed);

      expect(await errorOf(startNamed(machine, name))).to.equal("InvalidName");
    });
  }

  it("takes a name of 80 characters", async () => {
    const machine = await createMachine(cloud, succeed);

    await startNamed(machine, "a".repeat(80));
  });

  it("refuses an input that is no JSON", async () => {
    const machine = await createMachine(cloud, succeed);

    expect(await errorOf(startNamed(machine, "a", "{"))).to.equal("InvalidExecutionInput");
  });

  it("times out as a whole", async () => {
    const { status, stopDate, startDate } = await run(cloud, waitLong, {}, { TimeoutSeconds: 1 });

    expect(status).to.equal("TIMED_OUT");
    expect(Number(stopDate) - Number(startDate)).to.be.at.least(900);
  });

  it("records its history as AWS does", async () => {
    cloud.backend.answer("SageMaker.CreateModel", () => new BackendRefusal("ResourceInUse", "no"));
    const machine = await createMachine(cloud, {
      "Create Model": {
        Type: "Task",
        Resource: "arn:aws:states:::sagemaker:createModel",
        Arguments: { ModelName: "m" },
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Fail Run" }],
        End: true,
      },
      "Fail Run": { Type: "Fail", Error: "{% 'Model' & 'Rejected' %}", Cause: "by 0.2" },
    });
    const executionArn = await start(cloud, machine, { a: 1 });
    await ended(cloud, executionArn);

    const events = await historyOf(cloud, executionArn);

    expect(events.map(({ type }) => type)).to.deep.equal([
      "ExecutionStarted",
      "TaskStateEntered",
      "TaskScheduled",
      "TaskStarted",
      "TaskFailed",
      "TaskStateExited",
      "FailStateEntered",
      "ExecutionFailed",
    ]);
    expect(events.map(({ id }) => id)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(events.map(({ previousEventId }) => previousEventId ?? 0)).to.deep.equal([
      0, 1, 2, 3, 4, 5, 6, 7,
    ]);
    for (const { timestamp } of events) {
      expect(Math.abs(Date.now() - Number(timestamp))).to.be.below(60_000);
    }
    expect(events[1]?.stateEnteredEventDetails).to.deep.include({
      name: "Create Model",
      input: '{"a": 1}',
    });
    expect(events[2]?.taskScheduledEventDetails).to.deep.equal({
      resourceType: "sagemaker",
      resource: "createModel",
      region: "us-east-2",
      parameters: '{"ModelName": "m"}',
    });
    expect(events[4]?.taskFailedEventDetails).to.include({
      resourceType: "sagemaker",
      resource: "createModel",
      error: "SageMaker.ResourceInUseException",
    });
    expect(events[7]?.executionFailedEventDetails).to.include({
      error: "ModelRejected",
      cause: "by 0.2",
    });
  });

  it("records that a job was submitted, and what it returned", async () => {
    cloud.backend.answer("AWSGlue.StartJobRun", () => ({ JobRunId: "jr_1" }));
    cloud.backend.answer("AWSGlue.GetJobRun", () => ({ JobRun: { JobRunState: "SUCCEEDED" } }));
    const machine = await createMachine(cloud, {
      "Run ETL": {
        Type: "Task",
        Resource: "arn:aws:states:::glue:startJobRun.sync",
        Arguments: { JobName: "etl" },
        TimeoutSeconds: 60,
        End: true,
      },
    });
    const executionArn = await start(cloud, machine);
    await ended(cloud, executionArn);

    const events = await historyOf(cloud, executionArn);

    expect(events.slice(2, 6).map(({ type }) => type)).to.deep.equal([
      "TaskScheduled",
      "TaskStarted",
      "TaskSubmitted",
      "TaskSucceeded",
    ]);
    expect(events[4]?.taskSubmittedEventDetails).to.deep.include({
      resourceType: "glue",
      resource: "startJobRun.sync",
      output: '{"JobRunId": "jr_1"}',
    });
    expect(events[5]?.taskSucceededEventDetails).to.deep.include({
      resource: "startJobRun.sync",
      output: '{"JobRunState": "SUCCEEDED"}',
    });
  });

  it("records an aws-sdk task under its service, and a timeout as such", async () => {
    cloud.backend.answer("AWSGlue.StartJobRun", () => ({ JobRunId: "jr_1" }));
    cloud.backend.answer("AWSGlue.GetJobRun", () => ({ JobRun: { JobRunState: "RUNNING" } }));
    cloud.backend.answer("AWSGlue.BatchStopJobRun", () => ({}));
    cloud.backend.answer("SageMaker.DescribeEndpoint", () => ({ EndpointStatus: "InService" }));
    const machine = await createMachine(cloud, {
      "Describe Endpoint": {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:sagemaker:describeEndpoint",
        Arguments: { EndpointName: "churn" },
        Next: "Run ETL",
      },
      "Run ETL": {
        Type: "Task",
        Resource: "arn:aws:states:::glue:startJobRun.sync",
        Arguments: { JobName: "etl" },
        TimeoutSeconds: 1,
        End: true,
      },
    });
    const executionArn = await start(cloud, machine);
    const { status, error } = await ended(cloud, executionArn);

    expect([status, error]).to.deep.equal(["FAILED", "States.Timeout"]);
    const events = await historyOf(cloud, executionArn);
    expect(events[2]?.taskScheduledEventDetails).to.include({
      resourceType: "aws-sdk:sagemaker",
      resource: "describeEndpoint",
    });
    const timedOut = events.find(({ type }) => type === "TaskTimedOut");
    expect(timedOut?.taskTimedOutEventDetails).to.include({
      resourceType: "glue",
      resource: "startJobRun.sync",
      error: "States.Timeout",
    });
  });

  for (const [level, types] of [
    ["ALL", ["ExecutionStarted", "FailStateEntered", "ExecutionFailed"]],
    ["ERROR", ["ExecutionFailed"]],
    ["OFF", []],
  ] as const) {
    it(`logs at level ${level} to the state machine's log group`, async () => {
      const logGroupName = `/aws/vendedlogs/states/${level}`;
      await cloud.clients.logs.send(new CreateLogGroupCommand({ logGroupName }));
      const { stateMachineArn } = await cloud.clients.sfn.send(
        new CreateStateMachineCommand({
          name: `logs-${level}`,
          roleArn,
          definition: JSON.stringify({
            StartAt: "Fail",
            States: { Fail: { Type: "Fail", Error: "ModelRejected", Cause: "by 0.2" } },
          }),
          loggingConfiguration: {
            level,
            includeExecutionData: true,
            destinations: [
              {
                cloudWatchLogsLogGroup: {
                  logGroupArn: `arn:aws:logs:${region}:${accountId}:log-group:${logGroupName}:*`,
                },
              },
            ],
          },
        }),
      );
      const executionArn = await start(cloud, stateMachineArn as string, { a: 1 });
      await ended(cloud, executionArn);

      const events = await eventually(async () => {
        const found = await cloud.clients.logs.send(new FilterLogEventsCommand({ logGroupName }));
        return (found.events?.length ?? 0) >= types.length ? (found.events ?? []) : undefined;
      });
      const messages = events.map(({ message }) => JSON.parse(message as string));
      expect(messages.map(({ type }) => type)).to.deep.equal(types);
      for (const message of messages) expect(message.execution_arn).to.equal(executionArn);
      if (level !== "OFF") {
        expect(messages.at(-1).details).to.deep.equal({ error: "ModelRejected", cause: "by 0.2" });
      }
    });
  }
});
