import { get } from "node:http";
import { S3Client } from "@aws-sdk/client-s3";
import {
  DescribeModelCommand,
  ListModelsCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { expect } from "chai";
import { sagemakerChecks } from "../../../local/cloud/authorization/sagemaker-checks.ts";
import { AwsError } from "../../../local/cloud/aws-error.ts";
import { type Backend, createBackend } from "../../../local/cloud/backend.ts";
import type { Operation } from "../../../local/cloud/service.ts";
import { FaultPlan } from "../../../local/faults/fault-plan.ts";
import { Arns } from "../../../local/sagemaker/arns.ts";
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
    const none = { operations: {}, checks: {}, close: async () => {} };
    const arns = new Arns("us-east-2", "000000000000");
    const checks = sagemakerChecks({ arns, volumeKeyOf: () => undefined });
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
      sagemaker: { ...none, operations, checks },
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

  it("asks IAM in the caller's name, and answers its denial", async () => {
    let calls = 0;
    operations["DescribeModel"] = async () => {
      calls++;
      return {};
    };
    identity.denied.add("sagemaker:DescribeModel");

    const error = await client
      .send(new DescribeModelCommand({ ModelName: "m" }))
      .catch((reason: Error) => reason);

    identity.denied.clear();
    expect(error).include({
      name: "AccessDeniedException",
      message: `User: arn:aws:iam::000000000000:user/test is not authorized to perform: sagemaker:DescribeModel on resource: ${arn} because no identity-based policy allows the sagemaker:DescribeModel action`,
    });
    expect(calls).equal(0);
    expect(logLines.at(-1)).include("SageMaker DescribeModel was denied: User:");
  });

  it("denies an operation that no checks are known of", async () => {
    operations["ListApps"] = async () => ({ Apps: [] });

    const answer = await post("SageMaker.ListApps", "{}");

    delete operations["ListApps"];
    expect(answer.status).equal(500);
    expect(await answer.text()).include("nothing says what sagemaker ListApps asks IAM");
  });

  it("refuses a request that nobody signed", async () => {
    const answer = await fetch(backend.url, {
      method: "POST",
      headers: { "x-amz-target": "SageMaker.ListModels" },
      body: "{}",
    });

    expect(answer.status).equal(403);
    expect(await answer.json()).deep.equal({
      __type: "MissingAuthenticationTokenException",
      message: "Missing Authentication Token",
    });
  });

  for (const [host, status] of [
    ["127.0.0.1:PORT", 400],
    ["localhost:PORT", 400],
    ["127.0.0.1", 403],
    ["127.0.0.1:1", 403],
    ["attacker.example:PORT", 403],
    ["localhost.attacker.example:PORT", 403],
  ] as const) {
    it(`answers ${status} to a request for ${host}`, async () => {
      const { port } = new URL(backend.url);

      const seen = await statusFor(host.replace("PORT", port));

      expect(seen).equal(status); // 400: let in, and nothing that it knows
    });
  }

  function statusFor(host: string): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      get(backend.url, { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on("error", reject);
    });
  }

  const arn = "arn:aws:sagemaker:us-east-2:000000000000:model/m";

  function post(target: string, body: string): Promise<Response> {
    const authorization =
      "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-2/sagemaker/aws4_request, SignedHeaders=host, Signature=0";
    const headers = { "x-amz-target": target, authorization };
    return fetch(backend.url, { method: "POST", headers, body });
  }
});
