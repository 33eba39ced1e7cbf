import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { UpdateFunctionCodeCommand } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { eventually } from "../../support/eventually.ts";
import { run } from "./executions-support.ts";
import { archive, createFunction, invokeFunction } from "./functions-support.ts";
import { startTestCloud, type TestCloud } from "./test-cloud.ts";

describe("Lambda functions", () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud.stop());

  it("runs with its environment, region and the local endpoint", async () => {
    await createFunction(
      cloud,
      "environment",
      "const { STAGE, AWS_REGION, AWS_ENDPOINT_URL, PYTHONPATH, LAUNCHER_BACKEND_URL } = process.env;" +
        "return { STAGE, AWS_REGION, AWS_ENDPOINT_URL, PYTHONPATH, LAUNCHER_BACKEND_URL, event, arn: context.invokedFunctionArn };",
      { Environment: { Variables: { STAGE: "local" } } },
    );

    const { body } = await invokeFunction(cloud, "environment", { a: [1] });

    expect(body).to.deep.equal({
      STAGE: "local",
      AWS_REGION: "us-east-2",
      AWS_ENDPOINT_URL: cloud.ministack.url,
      event: { a: [1] },
      arn: "arn:aws:lambda:us-east-2:000000000000:function:environment",
    });
  });

  it("stays warm between invocations", async () => {
    await createFunction(cloud, "warm", "calls.count += 1; return calls.count");
    await invokeFunction(cloud, "warm");

    expect((await invokeFunction(cloud, "warm")).body).to.equal(2);
  });

  it("runs new code after an update", async () => {
    await createFunction(cloud, "updated", "return 1");
    await invokeFunction(cloud, "updated");

    await cloud.clients.lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName: "updated", ZipFile: archive("return 2") }),
    );

    await eventually(async () =>
      (await invokeFunction(cloud, "updated")).body === 2 ? true : undefined,
    );
  });

  it("reports an error under its own name, with message and stack", async () => {
    await createFunction(
      cloud,
      "throws",
      "class InputRefused extends Error { name = 'InputRefused' }; throw new InputRefused('row 7: ' + event.column)",
    );

    const { body, FunctionError } = await invokeFunction(cloud, "throws", { column: "Day Mins" });

    expect(FunctionError).to.equal("Unhandled");
    expect(body).to.deep.include({ errorType: "InputRefused", errorMessage: "row 7: Day Mins" });
    expect(body.trace[0]).to.equal("InputRefused: row 7: Day Mins");
    expect(body.trace[1]).to.contain("index.mjs");
  });

  it("goes on in the same process after an error", async () => {
    await createFunction(
      cloud,
      "fails",
      "if (event.fails) throw new Error('no'); return process.pid",
    );
    const { body: before } = await invokeFunction(cloud, "fails", {});

    const { FunctionError } = await invokeFunction(cloud, "fails", { fails: true });

    expect(FunctionError).to.equal("Unhandled");
    expect((await invokeFunction(cloud, "fails", {})).body).to.equal(before);
  });

  it("lets a state machine catch the error by name", async () => {
    await createFunction(
      cloud,
      "busy",
      "const error = new Error('updating'); error.name = 'EndpointBusy'; throw error",
    );

    const { output } = await run(cloud, {
      Resolve: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Arguments: {
          FunctionName: "arn:aws:lambda:us-east-2:000000000000:function:busy",
          Payload: { a: 1 },
        },
        Catch: [
          {
            ErrorEquals: ["EndpointBusy"],
            Output: "{% $parse($states.errorOutput.Cause).errorMessage %}",
            Next: "Succeed",
          },
        ],
        End: true,
      },
      Succeed: { Type: "Succeed" },
    });

    expect(output).to.equal('"updating"');
  });

  it("gives a state machine the payload that a function returned", async () => {
    await createFunction(cloud, "returns", "return { doubled: event.a * 2 }");

    const { output } = await run(cloud, {
      Invoke: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Arguments: { FunctionName: "returns", Payload: { a: 21 } },
        Output: "{% $states.result.Payload %}",
        End: true,
      },
    });

    expect(JSON.parse(output as string)).to.deep.equal({ doubled: 42 });
  });

  it("ends a function that takes too long", async () => {
    await createFunction(
      cloud,
      "slow",
      "await new Promise((resolve) => setTimeout(resolve, 30000))",
      {
        Timeout: 1,
      },
    );

    const { body, FunctionError } = await invokeFunction(cloud, "slow");

    expect(FunctionError).to.equal("Unhandled");
    expect(body.errorType).to.equal("Sandbox.Timedout");
    expect(body.errorMessage).to.contain("Task timed out after 1.00 seconds");
  });

  it("writes its output to the function's log group", async () => {
    await createFunction(cloud, "logs", "console.log('uploaded', event.key)");

    await invokeFunction(cloud, "logs", { key: "a b.csv" });

    await eventually(async () => {
      const { events } = await cloud.clients.logs.send(
        new FilterLogEventsCommand({ logGroupName: "/aws/lambda/logs" }),
      );
      return events?.find(({ message }) => message?.includes("uploaded a b.csv"));
    });
  });

  it("makes synchronous invocations wait for their turn instead of throttling them", async () => {
    await createFunction(
      cloud,
      "turns",
      "await new Promise((resolve) => setTimeout(resolve, 50)); return 1",
    );

    const results = await Promise.all(
      Array.from({ length: 12 }, () => invokeFunction(cloud, "turns")),
    );

    expect(results.map(({ body }) => body)).to.deep.equal(Array(12).fill(1));
  });
});
