import {
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { ListExecutionsCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { DeleteMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { eventually } from "../../support/eventually.ts";
import { createMachine, start } from "./executions-support.ts";
import { createQueue, letRuleSend, receive, ruleArn } from "./functions-support.ts";
import { allowing, createRole } from "./identity-support.ts";
import { accountId, region, startTestCloud, type TestCloud } from "./test-cloud.ts";

describe("targets of EventBridge rules", () => {
  let cloud: TestCloud;
  let rules = 0;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud.stop());

  /** A rule of its own that sends what it cannot deliver to `letters`. */
  async function newRule(target: Omit<Target, "Id">) {
    rules += 1;
    const name = `rule-${rules}`;
    const letters = await createQueue(cloud, `letters-${rules}`);
    await letRuleSend(cloud, letters, name);
    await cloud.clients.events.send(
      new PutRuleCommand({ Name: name, EventPattern: JSON.stringify({ source: [name] }) }),
    );
    await cloud.clients.events.send(
      new PutTargetsCommand({
        Rule: name,
        Targets: [{ Id: "1", DeadLetterConfig: { Arn: letters.arn }, ...target }],
      }),
    );
    return { name, letters };
  }
  const emit = (Source: string) =>
    cloud.clients.events.send(
      new PutEventsCommand({ Entries: [{ Source, DetailType: "a", Detail: '{"a": 1}' }] }),
    );
  const nextRule = () => `rule-${rules + 1}`;
  async function reasonInLetter(letters: { url: string }) {
    const { MessageAttributes } = await receive(cloud, letters.url);
    return [
      MessageAttributes?.["ERROR_CODE"]?.StringValue,
      MessageAttributes?.["ERROR_MESSAGE"]?.StringValue,
    ];
  }

  it("are queues whose policy lets the rule in", async () => {
    const queue = await createQueue(cloud, "open");
    await letRuleSend(cloud, queue, nextRule());
    const { name } = await newRule({ Arn: queue.arn });

    await emit(name);

    const { Body } = await receive(cloud, queue.url);
    expect(JSON.parse(Body as string)).to.deep.include({ source: name, detail: { a: 1 } });
  });

  it("are not queues that let another rule in", async () => {
    const queue = await createQueue(cloud, "closed");
    await letRuleSend(cloud, queue, "another");
    const { name, letters } = await newRule({ Arn: queue.arn });

    await emit(name);

    expect(await reasonInLetter(letters)).to.deep.equal([
      "NO_PERMISSIONS",
      `User: events.amazonaws.com is not authorized to perform: sqs:SendMessage on resource: ${queue.arn} ` +
        "because no resource-based policy allows the sqs:SendMessage action",
    ]);
  });

  const wait = { Wait: { Type: "Wait", Seconds: 3600, End: true } };
  const pass = { Pass: { Type: "Pass", End: true } };
  const started = async (stateMachineArn: string) =>
    (await cloud.clients.sfn.send(new ListExecutionsCommand({ stateMachineArn }))).executions ?? [];

  it("are state machines that the target's role may start", async () => {
    const Arn = await createMachine(cloud, pass);
    const RoleArn = await createRole(
      cloud,
      "starter",
      "events.amazonaws.com",
      [allowing("states:StartExecution", Arn)],
      { ArnEquals: { "aws:SourceArn": ruleArn(nextRule()) } },
    );
    const { name } = await newRule({ Arn, RoleArn });

    await emit(name);

    await eventually(async () => ((await started(Arn)).length === 1 ? true : undefined));
  });

  const strangers: [string, string, boolean][] = [
    ["may not start them", "events.amazonaws.com", false],
    ["does not trust EventBridge", "states.amazonaws.com", true],
  ];
  for (const [why, service, mayStart] of strangers)
    it(`are not state machines whose target's role ${why}`, async () => {
      const Arn = await createMachine(cloud, pass);
      const RoleArn = await createRole(cloud, `stranger-${mayStart}`, service, [
        allowing("states:StartExecution", mayStart ? Arn : `${Arn}-other`),
      ]);
      const { name, letters } = await newRule({ Arn, RoleArn });

      await emit(name);

      const [code, message] = await reasonInLetter(letters);
      expect(code).to.equal("NO_PERMISSIONS");
      expect(message).to.match(
        /is not authorized to perform: (states:StartExecution|sts:AssumeRole)/,
      );
      expect(await started(Arn)).to.deep.equal([]);
    });

  const refused: [string, string][] = [
    ["a state machine without a role", `arn:aws:states:${region}:${accountId}:stateMachine:a`],
    ["a service that nobody serves here", `arn:aws:kinesis:${region}:${accountId}:stream/a`],
    ["another bus", `arn:aws:events:${region}:${accountId}:event-bus/other`],
  ];
  for (const [what, Arn] of refused)
    it(`are not ${what}`, async () => {
      const error = await newRule({ Arn }).catch((thrown) => thrown);

      expect(error).to.include({ name: "ValidationException" });
    });

  it("hear of executions' every status", async () => {
    const queue = await createQueue(cloud, "statuses");
    const name = nextRule();
    await letRuleSend(cloud, queue, name);
    const machines = {
      SUCCEEDED: await createMachine(cloud, pass),
      FAILED: await createMachine(cloud, { Fail: { Type: "Fail", Error: "No", Cause: "never" } }),
      TIMED_OUT: await createMachine(cloud, wait, { TimeoutSeconds: 1 }),
      ABORTED: await createMachine(cloud, wait),
    };
    rules += 1;
    await cloud.clients.events.send(
      new PutRuleCommand({
        Name: name,
        EventPattern: JSON.stringify({
          source: ["aws.states"],
          "detail-type": ["Step Functions Execution Status Change"],
        }),
      }),
    );
    await cloud.clients.events.send(
      new PutTargetsCommand({ Rule: name, Targets: [{ Id: "1", Arn: queue.arn }] }),
    );

    for (const [status, machine] of Object.entries(machines)) {
      const executionArn = await start(cloud, machine);
      if (status === "ABORTED")
        await cloud.clients.sfn.send(new StopExecutionCommand({ executionArn }));
    }

    const heard: Record<string, string[]> = {};
    while (Object.values(heard).flat().length < 8) {
      const { Body, ReceiptHandle } = await receive(cloud, queue.url);
      const { detail } = JSON.parse(Body as string);
      const statuses = heard[detail.stateMachineArn] ?? [];
      heard[detail.stateMachineArn] = [...statuses, detail.status];
      await cloud.clients.sqs.send(
        new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle }),
      );
    }
    for (const [status, machine] of Object.entries(machines))
      expect(heard[machine]).to.have.members(["RUNNING", status]);
  });
});
