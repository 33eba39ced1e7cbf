import { S3Client } from "@aws-sdk/client-s3";
import {
  DescribeModelCommand,
  ListModelsCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { expect } from "chai";
import { AwsError } from "../../../local/cloud/aws-error.ts";
import { type Backend, createBackend } from "../../../local/cloud/backend.ts";
import type { Operation } from "../../../local/cloud/service.ts";
import { FaultPlan } from "../../../local/faults/fault-plan.ts";
import { interpreter } from "../../../local/setup/python-environments.mjs";
import { FakeIdentity } from "../../support/fake-identity.ts";

describe("the local cloud's HTTP server", () => {
  let backend: Backend;
  let client: SageMakerClient;
  const operations: Record<string, Operation> = {};
  const logLines: string[] = [];
  const identity = new FakeIdentity();

  before(async () => {
    const python = await interpreter("cloud");
    const none = { operations: {}, close: async () => {} };
    const context = {
      region: "us-east-2",
      accountId: "000000000000",
      stateDir: "/nowhere",
      endpointUrl: "http://127.0.0.1:9",
      interpreters: { cloud: python, spark: python },
      containerPython: async () => python,
      faults: new FaultPlan(),
      s3: new S3Client({}),
      identity,
      log: (line: string) => logLines.push(line),
    };
    backend = await createBackend(context, {
      sagemaker: { ...none, operations },
      glue: none,
      runtime: { handle: (_, response) => response.end("runtime") },
    });
    client = new SageMakerClient({
      endpoint: backend.url,
      region: "us-east-2",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    });
  });

  after(async () => {
    client.destroy();
    await backend.close();
  });

  it("hands checked requests to operations, and dates back as epoch seconds", async () => {
    const seen: unknown[] = [];
    operations["ListModels"] = async (request) => {
      seen.push(request);
      const CreationTime = new Date(1_700_000_000_500);
      return { Models: [{ ModelName: "m", ModelArn: arn, CreationTime }], NextToken: undefined };
    };

    const { Models: models } = await client.send(new ListModelsCommand({ MaxResults: 5 }));
    const raw = await post("SageMaker.ListModels", "{}");

    expect(seen).deep.equal([{ MaxResults: 5 }, {}]);
    expect(models?.[0]?.CreationTime).deep.equal(new Date(1_700_000_000_500));
    expect(await raw.text()).equal(
      `{"Models":[{"ModelName":"m","ModelArn":"${arn}","CreationTime":1700000000.5}]}`,
    );
  });

  it("keeps requests that do not fit from operations", async () => {
    let calls = 0;
    operations["DescribeModel"] = async () => {
      calls++;
      return {};
    };

    const error = await client
      .send(new DescribeModelCommand({ ModelName: "a_b" }))
      .catch((reason: Error) => reason);

    expect(error).include({ name: "ValidationException" });
    expect((error as Error).message).match(
      /^1 validation error detected: Value 'a_b' at 'modelName'/,
    );
    expect(calls).equal(0);
  });

  it("answers an operation's error with its code, status and message", async () => {
    operations["DescribeModel"] = async () => {
      throw new AwsError("ResourceInUse", "taken", 409);
    };

    const answer = await post("SageMaker.DescribeModel", '{"ModelName":"m"}');

    expect(answer.status).equal(409);
    expect(await answer.json()).deep.equal({ __type: "ResourceInUse", message: "taken" });
  });

  it("answers a response that does not fit AWS's model as an internal failure, and logs why", async () => {
    operations["DescribeModel"] = async () => ({ ModelName: "m", Extra: 1 });

    const answer = await post("SageMaker.DescribeModel", '{"ModelName":"m"}');

    expect(answer.status).equal(500);
    expect(((await answer.json()) as { message: string }).message).include(
      "Unknown member 'Extra'",
    );
    expect(logLines.at(-1)).include("sagemaker DescribeModel failed");
  });

  const refusals: [string, string, string, string, string][] = [
    [
      "an operation that AWS does not have",
      "SageMaker.Dance",
      "{}",
      "UnknownOperationException",
      "sagemaker has no operation Dance",
    ],
    [
      "an operation that the local cloud does not have",
      "SageMaker.CreateCluster",
      "{}",
      "UnknownOperationException",
      "The operation CreateCluster of sagemaker is not supported by the local cloud",
    ],
    [
      "a service that it does not have",
      "Kinesis.PutRecord",
      "{}",
      "UnknownOperationException",
      "X-Amz-Target Kinesis.PutRecord is not served by the local cloud",
    ],
    [
      "a body that is no JSON",
      "SageMaker.ListModels",
      "{",
      "SerializationException",
      "The request is not JSON",
    ],
    [
      "a body that is no object",
      "SageMaker.ListModels",
      "[]",
      "SerializationException",
      "can not be converted to a structure",
    ],
  ];
  for (const [what, target, body, code, message] of refusals) {
    it(`refuses ${what}`, async () => {
      const answer = await post(target, body);

      const error = (await answer.json()) as { __type: string; message: string };
      expect(answer.status).equal(400);
      expect(error.__type).equal(code);
      expect(error.message).include(message);
    });
  }

  it("gives requests below /endpoints/ to the runtime", async () => {
    const answer = await fetch(`${backend.url}/endpoints/churn/invocations`, { method: "POST" });

    expect(await answer.text()).equal("runtime");
  });

  const arn = "arn:aws:sagemaker:us-east-2:000000000000:model/m";

  function post(target: string, body: string): Promise<Response> {
    return fetch(backend.url, { method: "POST", headers: { "x-amz-target": target }, body });
  }
});
