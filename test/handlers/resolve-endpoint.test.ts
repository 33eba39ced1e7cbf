import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { expect } from "chai";
import { resolveEndpoint } from "../../handlers/resolve-endpoint/logic.ts";
import { fakeClient, serviceError } from "../support/fake-client.ts";

const prefix = "dev-churn--";
const input = { endpointName: "churn", instanceCount: 2 };

function sagemaker(endpoint: object, instances = 2) {
  return fakeClient<SageMakerClient>({
    DescribeEndpoint: () => ({ EndpointConfigName: `${prefix}old-1`, ...endpoint }),
    DeleteEndpoint: () => ({}),
    DescribeEndpointConfig: () => ({
      ProductionVariants: [{ VariantName: "AllTraffic", InitialInstanceCount: instances }],
    }),
  });
}

function failing(error: Error) {
  const { client } = fakeClient<SageMakerClient>({
    DescribeEndpoint: () => {
      throw error;
    },
  });
  return client;
}

describe("resolveEndpoint", () => {
  for (const status of ["InService", "OutOfService"]) {
    it(`answers update when the endpoint is ${status}`, async () => {
      const { client } = sagemaker({ EndpointStatus: status });

      expect(await resolveEndpoint(client, prefix, input)).to.deep.equal({
        action: "update",
        retainCapacity: true,
        previousConfig: "dev-churn--old-1",
      });
    });
  }

  it("answers create when SageMaker could not find it", async () => {
    const client = failing(
      serviceError("ValidationException", 'Could not find endpoint "arn:aws:sagemaker:...".'),
    );

    expect(await resolveEndpoint(client, prefix, input)).to.deep.equal({
      action: "create",
      retainCapacity: false,
    });
  });

  it("gives up the capacity when the user changed the instance count", async () => {
    const { client, sent } = sagemaker({ EndpointStatus: "InService" }, 1);

    expect(await resolveEndpoint(client, prefix, input)).to.include({ retainCapacity: false });
    expect(sent.at(-1)).to.deep.equal({
      command: "DescribeEndpointConfig",
      input: { EndpointConfigName: "dev-churn--old-1" },
    });
  });

  it("keeps the capacity of an endpoint that someone else configured, without reading their config", async () => {
    const { client, sent } = sagemaker({
      EndpointStatus: "InService",
      EndpointConfigName: "by-hand",
    });

    expect(await resolveEndpoint(client, prefix, input)).to.deep.equal({
      action: "update",
      retainCapacity: true,
      previousConfig: "by-hand",
    });
    expect(sent.map(({ command }) => command)).to.deep.equal(["DescribeEndpoint"]);
  });

  for (const [status, name] of [
    ["Creating", "EndpointBusy"],
    ["Updating", "EndpointBusy"],
    ["SystemUpdating", "EndpointBusy"],
    ["RollingBack", "EndpointBusy"],
    ["Deleting", "EndpointBusy"],
    ["UpdateRollbackFailed", "EndpointFailed"],
  ] as const) {
    it(`throws ${name} when the endpoint is ${status}`, async () => {
      const { client } = sagemaker({ EndpointStatus: status, FailureReason: "no ping" });

      const error = await resolveEndpoint(client, prefix, input).catch((reason) => reason);

      expect(error).to.include({ name });
      expect(error.message).to.contain(`endpoint churn is ${status}`);
      if (name === "EndpointFailed") expect(error.message).to.contain("no ping. Delete it");
    });
  }

  it("deletes a failed endpoint that a run of this pipeline left, and waits", async () => {
    const { client, sent } = sagemaker({ EndpointStatus: "Failed", FailureReason: "no ping" });

    const error = await resolveEndpoint(client, prefix, input).catch((reason) => reason);

    expect(error).to.include({ name: "EndpointBusy" });
    expect(error.message).to.contain("no ping");
    expect(sent.at(-1)).to.deep.equal({
      command: "DeleteEndpoint",
      input: { EndpointName: "churn" },
    });
  });

  it("leaves a failed endpoint alone that someone else made", async () => {
    const { client, sent } = sagemaker({
      EndpointStatus: "Failed",
      EndpointConfigName: "by-hand",
      FailureReason: "no ping",
    });

    const error = await resolveEndpoint(client, prefix, input).catch((reason) => reason);

    expect(error).to.include({ name: "EndpointFailed" });
    expect(error.message).to.contain("no ping. Delete it");
    expect(sent).to.have.length(1);
  });

  for (const [name, message] of [
    ["AccessDeniedException", "not authorized"],
    ["ValidationException", "1 validation error detected: Value at 'endpointName'"],
    ["ThrottlingException", "Rate exceeded"],
  ] as const) {
    it(`passes ${name} on when it says "${message}"`, async () => {
      const error = await resolveEndpoint(
        failing(serviceError(name, message)),
        prefix,
        input,
      ).catch((reason) => reason);

      expect(error).to.include({ name, message });
    });
  }
});
