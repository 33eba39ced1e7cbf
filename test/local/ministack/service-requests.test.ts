import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { eventually } from "../../support/eventually.ts";
import { createMachine, ended, outputOf, run, start } from "./executions-support.ts";
import { BackendRefusal } from "./fake-backend.ts";
import { train, trainModel } from "./jobs-support.ts";
import { startTestCloud, type TestCloud } from "./test-cloud.ts";

describe("Step Functions requests to SageMaker and Glue", () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud.stop());
  afterEach(() => cloud.backend.reset());

  it("reaches SageMaker through aws-sdk integrations, with that SDK's names and timestamps", async () => {
    cloud.backend.answer("SageMaker.DescribeEndpoint", ({ EndpointName }) =>
      EndpointName === "there"
        ? { EndpointName, EndpointStatus: "InService", LastModifiedTime: 1700000000.5 }
        : new BackendRefusal("ValidationException", 'Could not find endpoint "none".'),
    );
    const describe = {
      Type: "Task",
      Resource: "arn:aws:states:::aws-sdk:sagemaker:describeEndpoint",
      Arguments: { EndpointName: "{% $states.input.name %}" },
      End: true,
    };

    expect(
      await outputOf(cloud, { "Describe Endpoint": describe }, { name: "there" }),
    ).to.deep.equal({
      EndpointName: "there",
      EndpointStatus: "InService",
      LastModifiedTime: "2023-11-14T22:13:20.500Z",
    });
    const { error, cause } = await run(cloud, { "Describe Endpoint": describe }, { name: "none" });
    expect(error).to.equal("SageMaker.SageMakerException");
    expect(cause).to.contain('Could not find endpoint "none".');
  });

  it("reaches Glue through aws-sdk integrations", async () => {
    cloud.backend.answer(
      "AWSGlue.GetJob",
      () => new BackendRefusal("EntityNotFoundException", "no"),
    );

    const { error } = await run(cloud, {
      "Get Job": {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:glue:getJob",
        Arguments: { JobName: "etl" },
        End: true,
      },
    });

    expect(error).to.equal("Glue.EntityNotFoundException");
  });

  for (const operation of [
    "createModel",
    "createEndpointConfig",
    "createEndpoint",
    "updateEndpoint",
  ]) {
    it(`requests sagemaker:${operation}`, async () => {
      const target = `SageMaker.${operation[0]?.toUpperCase()}${operation.slice(1)}`;
      cloud.backend.answer(target, () => ({ EndpointArn: "arn" }));

      const output = await outputOf(cloud, {
        Request: {
          Type: "Task",
          Resource: `arn:aws:states:::sagemaker:${operation}`,
          Arguments: { EndpointName: "churn" },
          End: true,
        },
      });

      expect(output).to.deep.equal({ EndpointArn: "arn" });
      expect(cloud.backend.bodies(target)).to.deep.equal([{ EndpointName: "churn" }]);
    });
  }

  it("keeps answering while jobs are waited for", async () => {
    train(cloud, "InProgress");
    cloud.backend.answer("SageMaker.StopTrainingJob", () => ({}));
    const machine = await createMachine(cloud, { "Train Model": trainModel });
    const executions = await Promise.all(
      Array.from({ length: 8 }, (_, i) => start(cloud, machine, { name: `j${i}` })),
    );

    await cloud.clients.sfn.send(new StopExecutionCommand({ executionArn: executions[0] }));

    await eventually(async () => cloud.backend.bodies("SageMaker.StopTrainingJob")[0]);
    train(cloud, "Completed");
    for (const arn of executions.slice(1)) {
      const { status, cause } = await ended(cloud, arn);
      expect(status, cause).to.equal("SUCCEEDED");
    }
  });
});
