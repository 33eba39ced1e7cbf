import { CreateLogGroupCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  InvokeCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { createFunction, createQueue, invokeFunction, receive } from "./functions-support.ts";
import { allowing, askRoute, createRole, type Statement } from "./identity-support.ts";
import { accountId, region, root, startTestCloud, type TestCloud } from "./test-cloud.ts";

describe("the role of a function", () => {
  let cloud: TestCloud;
  let roles = 0;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud.stop());

  const newRole = (statements: Statement[], service = "lambda.amazonaws.com") => {
    roles += 1;
    return createRole(cloud, `function-role-${roles}`, service, statements);
  };
  const queueArn = (name: string) => `arn:aws:sqs:${region}:${accountId}:${name}`;
  const nothing = allowing("s3:GetObject", "arn:aws:s3:::none/none");

  it("is who the function's keys stand for, and nothing of root's is in its environment", async () => {
    await createFunction(cloud, "who", "return process.env", { Role: await newRole([nothing]) });

    const { body: env } = await invokeFunction(cloud, "who");

    const { body } = await askRoute(cloud, "authorize", {
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      sessionToken: env.AWS_SESSION_TOKEN,
      checks: [],
    });
    expect(body.principal).to.equal(
      `arn:aws:sts::${accountId}:assumed-role/function-role-${roles}/who`,
    );
    expect(Object.values(env)).not.to.include.members([root.secretAccessKey]);
    expect(Object.values(env)).not.to.include.members([cloud.ministack.secret]);
  });

  it("has to trust Lambda, for a new function and for one that changes its role", async () => {
    await createFunction(cloud, "trusting", "return 1", { Role: await newRole([nothing]) });
    const other = await newRole([nothing], "states.amazonaws.com");

    const created = await createFunction(cloud, "refused", "return 1", { Role: other }).catch(
      (thrown) => thrown,
    );
    const updated = await cloud.clients.lambda
      .send(new UpdateFunctionConfigurationCommand({ FunctionName: "trusting", Role: other }))
      .catch((thrown) => thrown);

    for (const error of [created, updated])
      expect(error).to.include({
        name: "InvalidParameterValueException",
        message: "The role defined for the function cannot be assumed by Lambda.",
      });
  });

  it("has to be allowed to send to the dead-letter queue", async () => {
    const queue = await createQueue(cloud, "not-allowed");

    const error = await createFunction(cloud, "no-letters", "return 1", {
      Role: await newRole([allowing("sqs:SendMessage", queueArn("another"))]),
      DeadLetterConfig: { TargetArn: queue.arn },
    }).catch((thrown) => thrown);

    expect(error).to.include({
      name: "InvalidParameterValueException",
      message: "The provided execution role does not have permissions to call SendMessage on SQS",
    });
  });

  for (const may of [true, false])
    it(`${may ? "sends" : "does not send"} the record of a failure where it may${may ? "" : " not"}`, async () => {
      const name = `fails-${may}`;
      const records = await createQueue(cloud, `records-${may}`);
      const letters = await createQueue(cloud, `letters-${may}`);
      await createFunction(cloud, name, "throw new Error('no')", {
        Role: await newRole([
          allowing("sqs:SendMessage", [letters.arn, ...(may ? [records.arn] : [])]),
        ]),
        DeadLetterConfig: { TargetArn: letters.arn },
      });
      await cloud.clients.lambda.send(
        new PutFunctionEventInvokeConfigCommand({
          FunctionName: name,
          MaximumRetryAttempts: 0,
          DestinationConfig: { OnFailure: { Destination: records.arn } },
        }),
      );

      await cloud.clients.lambda.send(
        new InvokeCommand({ FunctionName: name, InvocationType: "Event", Payload: "{}" }),
      );

      await receive(cloud, letters.url); // sent after the record
      const { Messages = [] } = await cloud.clients.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: records.url }),
      );
      expect(Messages).to.have.length(may ? 1 : 0);
    });

  it("writes the log where it may, and runs without one where it may not", async () => {
    const group = (name: string) => `/aws/lambda/${name}`;
    const arn = (name: string) => `arn:aws:logs:${region}:${accountId}:log-group:${group(name)}:*`;
    for (const name of ["writes", "silent"])
      await cloud.clients.logs.send(new CreateLogGroupCommand({ logGroupName: group(name) }));
    const Role = await newRole([
      allowing(["logs:CreateLogStream", "logs:PutLogEvents"], arn("writes")),
    ]);
    const lines: Record<string, number> = {};
    for (const name of ["writes", "silent"]) {
      await createFunction(cloud, name, "console.log('SAID'); return 1", { Role });

      const { body } = await invokeFunction(cloud, name);

      expect(body).to.equal(1);
      const { events } = await cloud.clients.logs.send(
        new FilterLogEventsCommand({ logGroupName: group(name) }),
      );
      lines[name] = events?.filter(({ message }) => message?.includes("SAID")).length ?? 0;
    }
    expect(lines).to.deep.equal({ writes: 1, silent: 0 });
  });

  it("is believed only with its signature", async () => {
    await createFunction(
      cloud,
      "curious",
      "const { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: key } = process.env;" +
        "const response = await fetch(url + '/?Action=ListQueues', { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=' + key + '/20260101/us-east-2/sqs/aws4_request' } });" +
        "return await response.text()",
      { Role: await newRole([nothing]) },
    );

    const { body } = await invokeFunction(cloud, "curious");

    expect(body).to.match(/IncompleteSignature|SignatureDoesNotMatch|InvalidSignature/);
  });
});
