import { InvokeEndpointCommand, type InvokeEndpointInput } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { createEndpoint } from "./requests.ts";
import { SageMakerCloud } from "./sagemaker-cloud.ts";

/** Request with a body of text, to the suite's endpoint unless it names another. */
type InvokeRequest = Partial<Omit<InvokeEndpointInput, "Body">> & { Body?: string };

describe("SageMaker Runtime: InvokeEndpoint", () => {
  let cloud: SageMakerCloud;
  let endpoint: string;

  before(async () => {
    cloud = await SageMakerCloud.start();
    endpoint = await createEndpoint(cloud, "one");
  });

  after(() => cloud.stop());

  it("hands body and headers to the container, and its answer to the client", async () => {
    const answer = await invoke({
      Body: "1,2,3",
      ContentType: "text/csv",
      Accept: "application/json",
      CustomAttributes: "trace-1",
    });

    const seen = JSON.parse(Buffer.from(answer.Body ?? []).toString());
    expect(seen).include({
      path: "/invocations",
      body: "1,2,3",
      contentType: "text/csv",
      accept: "application/json",
      authorization: null,
    });
    expect(answer.ContentType).equal("application/json");
    expect(answer.InvokedProductionVariant).equal("AllTraffic");
    expect(answer.CustomAttributes).equal("trace-1 seen");
  });

  it("reports the container's 4xx as a ModelError with its status and words", async () => {
    const error = await failureOf(invoke({ Body: "status 415" }));

    expect(error.name).equal("ModelError");
    expect(error["$metadata"]).include({ httpStatusCode: 424 });
    expect(error["OriginalStatusCode"]).equal(415);
    expect(error["OriginalMessage"]).equal("status 415");
    expect(error["LogStreamArn"]).equal(
      `arn:aws:logs:us-east-2:000000000000:log-group:/aws/sagemaker/Endpoints/${endpoint}`,
    );
    expect(error.message).match(
      /^Received client error \(415\) from primary with message "status 415"/,
    );
  });

  it("reports the container's 5xx as a ModelError too", async () => {
    const error = await failureOf(invoke({ Body: "status 500" }));

    expect(error.name).equal("ModelError");
    expect(error.message).match(/^Received server error \(500\) from primary/);
  });

  it("takes bodies up to SageMaker's limit and refuses longer ones", async () => {
    const limit = 6_291_456;

    const answer = await invoke({ Body: "x".repeat(limit) });
    const error = await failureOf(invoke({ Body: "x".repeat(limit + 1) }));

    expect(JSON.parse(Buffer.from(answer.Body ?? []).toString()).length).equal(limit);
    expect(error.name).equal("413");
    expect(error.message).include(`HTTP content length exceeded ${limit} bytes`);
  });

  it("knows no endpoint that does not exist", async () => {
    const error = await failureOf(invoke({ EndpointName: "nobody", Body: "x" }));

    expect(error.name).equal("ValidationError");
    expect(error.message).equal("Endpoint nobody of account 000000000000 not found.");
  });

  it("refuses what it does not do, by name", async () => {
    const model = await failureOf(invoke({ Body: "x", TargetModel: "a.tar.gz" }));
    const stream = await fetch(`${cloud.url}/endpoints/${endpoint}/invocations-response-stream`, {
      method: "POST",
      body: "x",
    });

    expect(model.message).include("x-amzn-sagemaker-target-model is not supported");
    expect(stream.status).equal(404);
    expect(stream.headers.get("x-amzn-errortype")).equal("UnknownOperationException");
    expect(await stream.text()).include("invocations-response-stream is not supported");
  });

  it("answers many clients at once, each its own", async () => {
    const bodies = Array.from({ length: 200 }, (_, i) => `row ${i}`);

    const answers = await Promise.all(bodies.map((Body) => invoke({ Body })));

    const seen = answers.map(
      (answer) => JSON.parse(Buffer.from(answer.Body ?? []).toString()).body,
    );
    expect(seen).deep.equal(bodies);
  });

  const invoke = ({ Body: body = "", ...request }: InvokeRequest) =>
    cloud.runtime.send(
      new InvokeEndpointCommand({ EndpointName: endpoint, Body: Buffer.from(body), ...request }),
    );
});
