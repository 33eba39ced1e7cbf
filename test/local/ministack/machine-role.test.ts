import { CreateStateMachineCommand, UpdateStateMachineCommand } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { createMachine, ended, run, start } from "./executions-support.ts";
import { BackendRefusal } from "./fake-backend.ts";
import { createFunction } from "./functions-support.ts";
import {
  allowing,
  askRoute,
  createRole,
  deleteRole,
  type Statement,
  setPolicy,
} from "./identity-support.ts";
import { etl, runEtl } from "./jobs-support.ts";
import { accountId, region, startTestCloud, type TestCloud } from "./test-cloud.ts";

const functionArn = `arn:aws:lambda:${region}:${accountId}:function:greet`;
const bus = `arn:aws:events:${region}:${accountId}:event-bus/default`;

describe("the role of a state machine", () => {
  let cloud: TestCloud;
  let roles = 0;
  before(async () => {
    cloud = await startTestCloud();
    await createFunction(cloud, "greet", 'return "hello"');
  });
  after(() => cloud.stop());
  afterEach(() => cloud.backend.reset());

  const states = "states.amazonaws.com";
  const newRole = (statements: Statement[], service = states) => {
    roles += 1;
    return createRole(cloud, `machine-role-${roles}`, service, statements);
  };
  const task = (integration: string, args: object) => ({
    Task: { Type: "Task", Resource: `arn:aws:states:::${integration}`, Arguments: args, End: true },
  });
  const greet = task("lambda:invoke", { FunctionName: functionArn, Payload: {} });
  const putEvents = (...sources: string[]) =>
    task("events:putEvents", {
      Entries: sources.map((Source) => ({ Source, DetailType: "Run", Detail: {} })),
    });

  it("is what SageMaker and Glue are called as", async () => {
    const roleArn = await newRole([allowing("glue:*", "*")]);
    etl(cloud, "SUCCEEDED");

    await run(cloud, { Etl: runEtl }, {}, {}, roleArn);

    const headers = cloud.backend.requests.map((request) => request.headers);
    expect(headers.length).to.be.at.least(2);
    for (const { authorization, "x-amz-security-token": sessionToken } of headers) {
      const accessKeyId = /Credential=([^/]+)\/\d+\/us-east-2\/glue\//.exec(
        authorization ?? "",
      )?.[1];
      const { body } = await askRoute(cloud, "authorize", {
        accessKeyId,
        sessionToken,
        checks: [],
      });
      expect(body.principal).to.match(/:assumed-role\/machine-role-\d+\/[A-Za-z]{32}$/);
    }
  });

  const refusals: [string, string, object, string][] = [
    ["SageMaker.CreateModel", "sagemaker:createModel", {}, "SageMaker.AmazonSageMakerException"],
    ["AWSGlue.StartJobRun", "glue:startJobRun", { JobName: "etl" }, "Glue.AccessDeniedException"],
    [
      "SageMaker.DescribeEndpoint",
      "aws-sdk:sagemaker:describeEndpoint",
      { EndpointName: "a" },
      "SageMaker.SageMakerException",
    ],
  ];
  for (const [operation, integration, args, expected] of refusals)
    it(`fails ${integration} with ${expected} where it may not`, async () => {
      const refusal = new BackendRefusal("AccessDeniedException", "User: x is not authorized");
      cloud.backend.answer(operation, () => refusal);

      const { status, error, cause } = await run(cloud, task(integration, args));

      expect({ status, error }).to.deep.equal({ status: "FAILED", error: expected });
      expect(cause).to.contain("User: x is not authorized");
    });

  it("may invoke the functions that it is allowed to", async () => {
    const roleArn = await newRole([allowing("lambda:InvokeFunction", functionArn)]);

    const { status, output } = await run(cloud, greet, {}, {}, roleArn);

    expect(status).to.equal("SUCCEEDED");
    expect(JSON.parse(output as string).Payload).to.equal("hello");
  });

  for (const resource of ["lambda:invoke", functionArn])
    it(`fails a function's task by ${resource} with action, function and role`, async () => {
      const roleArn = await newRole([allowing("lambda:InvokeFunction", `${functionArn}-other`)]);
      const direct = { Task: { Type: "Task", Resource: functionArn, End: true } };

      const { error, cause } = await run(
        cloud,
        resource === functionArn ? direct : greet,
        {},
        {},
        roleArn,
      );

      expect(error).to.equal("Lambda.AWSLambdaException");
      expect(cause).to.match(
        new RegExp(
          `^User: arn:aws:sts::${accountId}:assumed-role/machine-role-\\d+/[A-Za-z]{32} is not authorized to perform: ` +
            `lambda:InvokeFunction on resource: ${functionArn} because no identity-based policy allows the ` +
            "lambda:InvokeFunction action \\(Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException; ",
        ),
      );
    });

  it("may be denied the next task by a policy that changed", async () => {
    const roleArn = await newRole([allowing("lambda:InvokeFunction", functionArn)]);
    const machine = await createMachine(cloud, greet, {}, roleArn);
    const before = await ended(cloud, await start(cloud, machine));

    await setPolicy(cloud, `machine-role-${roles}`, []);

    expect(before.status).to.equal("SUCCEEDED");
    const { error } = await ended(cloud, await start(cloud, machine));
    expect(error).to.equal("Lambda.AWSLambdaException");
  });

  const sends: [string, string[], string | undefined][] = [
    ["events of the source that its policy names", ["retraining", "retraining"], undefined],
    ["no event of another source", ["other"], "EventBridge.AmazonEventBridgeException"],
    ["no event among others", ["retraining", "o"], "EventBridge.AmazonEventBridgeException"],
  ];
  for (const [what, sources, expected] of sends)
    it(`may send ${what}`, async () => {
      const roleArn = await newRole([
        allowing("events:PutEvents", bus, { StringEquals: { "events:source": "retraining" } }),
      ]);

      const { error } = await run(cloud, putEvents(...sources), {}, {}, roleArn);

      expect(error).to.equal(expected);
    });

  it("may be one that the local cloud knows no needs of: the task fails", async () => {
    const { error, cause } = await run(cloud, task("batch:submitJob", {}));

    expect(error).to.equal("States.Runtime");
    expect(cause).to.contain("batch:submitJob");
  });

  const creating = (roleArn: string, more: object = {}) =>
    cloud.clients.sfn.send(
      new CreateStateMachineCommand({
        name: `refused-${roles}`,
        roleArn,
        definition: JSON.stringify({
          StartAt: "Train",
          States: {
            Train: {
              Type: "Task",
              Resource: "arn:aws:states:::sagemaker:createTrainingJob.sync",
              End: true,
            },
          },
        }),
        ...more,
      }),
    );
  const keepRule = allowing(
    ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
    `arn:aws:events:${region}:${accountId}:rule/StepFunctionsGetEventsForSageMakerTrainingJobsRule`,
  );
  const logging = {
    loggingConfiguration: {
      level: "ALL",
      destinations: [
        {
          cloudWatchLogsLogGroup: {
            logGroupArn: `arn:aws:logs:${region}:${accountId}:log-group:/a:*`,
          },
        },
      ],
    },
  };

  it("has to trust Step Functions", async () => {
    const error = await creating(await newRole([keepRule], "lambda.amazonaws.com")).catch(
      (thrown) => thrown,
    );

    expect(error).to.include({
      name: "AccessDeniedException",
      message:
        "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.",
    });
  });

  it("has to be allowed to keep the rule about ended training jobs", async () => {
    const roleArn = await newRole([allowing("sagemaker:*", "*")]);

    const error = await creating(roleArn).catch((thrown) => thrown);

    expect(error).to.include({
      name: "AccessDeniedException",
      message: `'${roleArn}' is not authorized to create managed-rule.`,
    });
  });

  it("has to be allowed to deliver logs, when it is created and when it is updated", async () => {
    const roleArn = await newRole([keepRule]);

    const created = await creating(roleArn, logging).catch((thrown) => thrown);
    const { stateMachineArn } = await creating(roleArn);
    const updated = await cloud.clients.sfn
      .send(new UpdateStateMachineCommand({ stateMachineArn, ...logging } as never))
      .catch((thrown) => thrown);

    for (const error of [created, updated])
      expect(error).to.include({
        name: "AccessDeniedException",
        message: "The state machine IAM Role is not authorized to access the Log Destination",
      });
  });

  it("is assumed anew by each task: one that no longer trusts Step Functions fails it", async () => {
    const name = `machine-role-${roles + 1}`;
    const roleArn = await newRole([allowing("lambda:InvokeFunction", functionArn)]);
    const machine = await createMachine(cloud, greet, {}, roleArn);
    await deleteRole(cloud, name);

    const { error, cause } = await ended(cloud, await start(cloud, machine));

    expect(error).to.equal("States.TaskFailed");
    expect(cause).to.contain(`states.amazonaws.com is not authorized to assume`).and.contain(name);
  });
});
