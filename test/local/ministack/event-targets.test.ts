import {
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { ListExecutionsCommand, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { createMachine } from "./executions-support.ts";
import { createQueue, letRuleSend, receive, ruleArn } from "./functions-support.ts";
import { allowing, createRole } from "./identity-support.ts";
import { accountId, eventually, region, startTestCloud, type TestCloud } from "./test-cloud.ts";

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

  it("hear of an execution's every status", async () => {
    const queue = await createQueue(cloud, "statuses");
    const machine = await createMachine(cloud, pass);
    rules += 1;
    const Name = `rule-${rules}`;
    await letRuleSend(cloud, queue, Name);
    await cloud.clients.events.send(
      new PutRuleCommand({
        Name,
        EventPattern: JSON.stringify({
          source: ["aws.states"],
          "detail-type": ["Step Functions Execution Status Change"],
          detail: { stateMachineArn: [machine], status: ["SUCCEEDED", "ABORTED"] },
        }),
      }),
    );
    await cloud.clients.events.send(
      new PutTargetsCommand({ Rule: Name, Targets: [{ Id: "1", Arn: queue.arn }] }),
    );

    await cloud.clients.sfn.send(
      new StartExecutionCommand({ stateMachineArn: machine, input: "{}" }),
    );

    const { detail } = JSON.parse((await receive(cloud, queue.url)).Body as string);
    expect(detail).to.include({ stateMachineArn: machine, status: "SUCCEEDED", input: "{}" });
  });
});
