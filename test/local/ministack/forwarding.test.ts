import { GetJobCommand } from "@aws-sdk/client-glue";
import { CreateModelCommand, DescribeEndpointCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { BackendRefusal } from "./fake-backend.ts";
import { startTestCloud, type TestCloud } from "./test-cloud.ts";

describe("forwarding to the backend", () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud.stop());
  afterEach(() => cloud.backend.reset());

  it("hands SageMaker's requests over and its answers back", async () => {
    cloud.backend.answer("SageMaker.CreateModel", ({ ModelName }) => ({
      ModelArn: `arn/${ModelName}`,
    }));

    const { ModelArn } = await cloud.clients.sageMaker.send(
      new CreateModelCommand({
        ModelName: "m",
        ExecutionRoleArn: "arn:aws:iam::000000000000:role/r",
      }),
    );

    expect(ModelArn).to.equal("arn/m");
  });

  it("hands an AWS error back by name and message", async () => {
    cloud.backend.answer(
      "SageMaker.DescribeEndpoint",
      () => new BackendRefusal("ValidationException", 'Could not find endpoint "a".'),
    );
    cloud.backend.answer(
      "AWSGlue.GetJob",
      () => new BackendRefusal("EntityNotFoundException", "no"),
    );

    const errors = await Promise.all([
      cloud.clients.sageMaker
        .send(new DescribeEndpointCommand({ EndpointName: "a" }))
        .catch((error: Error) => [error.name, error.message]),
      cloud.clients.glue
        .send(new GetJobCommand({ JobName: "a" }))
        .catch((error: Error) => error.name),
    ]);

    expect(errors).to.deep.equal([
      ["ValidationException", 'Could not find endpoint "a".'],
      "EntityNotFoundException",
    ]);
  });

  it("hands endpoint invocations over with headers and body as they are", async () => {
    const body = Buffer.from([0, 255, 10, 13, 128]);
    cloud.backend.answer("/endpoints/churn/invocations", () => ({
      headers: {
        "content-type": "application/x-odd",
        "x-Amzn-Invoked-Production-Variant": "AllTraffic",
      },
      body,
    }));

    const response = await cloud.clients.sageMakerRuntime.send(
      new InvokeEndpointCommand({
        EndpointName: "churn",
        ContentType: "text/csv; label_size=0",
        Accept: "application/json",
        CustomAttributes: "trace=é",
        TargetVariant: "AllTraffic",
        Body: body,
      }),
    );

    expect(Buffer.from(response.Body)).to.deep.equal(body);
    expect(response.ContentType).to.equal("application/x-odd");
    expect(response.InvokedProductionVariant).to.equal("AllTraffic");
    const [request] = cloud.backend.requests;
    expect(request?.body).to.deep.equal(body);
    expect(request?.headers).to.include({
      "content-type": "text/csv; label_size=0",
      accept: "application/json",
      "x-amzn-sagemaker-target-variant": "AllTraffic",
    });
    expect(request?.headers.authorization).to.match(/Credential=root\/\d+\/us-east-2\/sagemaker\//);
  });

  it("keeps path and query as they were sent", async () => {
    cloud.backend.answer("/endpoints/a%20b/invocations", () => ({ body: Buffer.from("ok") }));

    const response = await fetch(
      `${cloud.ministack.url}/endpoints/a%20b/invocations?x=1&y=%2F&x=2&empty=`,
      { method: "POST", body: "1,2", headers: { authorization: "AWS4-HMAC-SHA256 ..." } },
    );

    expect(await response.text()).to.equal("ok");
    expect(cloud.backend.requests[0]?.target).to.equal(
      "/endpoints/a%20b/invocations?x=1&y=%2F&x=2&empty=",
    );
  });

  it("hands a refused invocation back with its status", async () => {
    cloud.backend.answer("/endpoints/churn/invocations", () => ({
      status: 424,
      headers: { "x-amzn-errortype": "ModelError", "content-type": "application/json" },
      body: { Message: "Received client error (415)", OriginalStatusCode: 415 },
    }));

    const error = await cloud.clients.sageMakerRuntime
      .send(new InvokeEndpointCommand({ EndpointName: "churn", Body: "x" }))
      .catch((error: Error) => error);

    expect(error).to.include({ name: "ModelError", OriginalStatusCode: 415 });
  });

  it("leaves everything else to ministack", async () => {
    await cloud.clients.sqs.send(new ListQueuesCommand({}));

    expect(cloud.backend.requests).to.deep.equal([]);
  });

  it("answers 503 when the backend is gone", async () => {
    await cloud.backend.stop();

    const error = await cloud.clients.sageMaker
      .send(new DescribeEndpointCommand({ EndpointName: "a" }))
      .catch((error: Error) => error);

    expect(error).to.have.property("name", "ServiceUnavailable");
  });
});
