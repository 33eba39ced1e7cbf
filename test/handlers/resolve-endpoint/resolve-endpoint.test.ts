import { expect } from "chai";
import { resolveEndpoint } from "../../../handlers/resolve-endpoint/logic.ts";
import {
  endpointClients,
  type Surroundings,
  stateMachineArn,
} from "../../support/endpoint-clients.ts";
import { serviceError } from "../../support/fake-client.ts";

const runPrefix = "dev-churn--";
const bucket = "retraining-dev-churn-12345678";
const input = {
  endpointName: "churn",
  instanceCount: 2,
  run: { title: "new-2", key: "input/new.csv", uploadedAt: "2026-05-02T10:00:00.000Z" },
};
const old = { EndpointConfigName: `${runPrefix}old-1` };

async function resolving(surroundings: Surroundings) {
  const { clients, ...rest } = endpointClients(surroundings);
  const options = { runPrefix, stateMachineArn, bucket };
  const result = await resolveEndpoint(clients, options, input).catch((error) => error);
  return { result, ...rest };
}

describe("resolveEndpoint", () => {
  for (const status of ["InService", "OutOfService"]) {
    it(`answers update when the endpoint is ${status}`, async () => {
      const { result } = await resolving({ endpoint: [{ ...old, EndpointStatus: status }] });

      expect(result).to.deep.equal({ action: "update", retainCapacity: true, newer: null });
    });
  }

  it("answers create when SageMaker could not find it", async () => {
    const { result } = await resolving({});

    expect(result).to.deep.equal({ action: "create", retainCapacity: false, newer: null });
  });

  it("gives up the capacity when the user changed the instance count", async () => {
    const { result, sagemaker } = await resolving({ endpoint: [old], instances: 1 });

    expect(result).to.include({ action: "update", retainCapacity: false });
    expect(sagemaker.at(-1)).to.deep.equal({
      command: "DescribeEndpointConfig",
      input: { EndpointConfigName: "dev-churn--old-1" },
    });
  });

  it("keeps the capacity of an endpoint that someone else configured, without reading their config or run", async () => {
    const { result, sagemaker, stepFunctions } = await resolving({
      endpoint: [{ EndpointConfigName: "by-hand" }],
    });

    expect(result).to.deep.equal({ action: "update", retainCapacity: true, newer: null });
    expect(new Set(sagemaker.map(({ command }) => command))).to.deep.equal(
      new Set(["DescribeEndpoint"]),
    );
    expect(stepFunctions).to.deep.equal([]);
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
      const { result } = await resolving({
        endpoint: [{ ...old, EndpointStatus: status, FailureReason: "no ping" }],
      });

      expect(result).to.include({ name });
      expect(result.message).to.contain(`endpoint churn is ${status}`);
      if (name === "EndpointFailed") expect(result.message).to.contain("no ping. Delete it");
    });
  }

  it("deletes a failed endpoint that a run of this pipeline left, and waits", async () => {
    const { result, sagemaker } = await resolving({
      endpoint: [{ ...old, EndpointStatus: "Failed", FailureReason: "no ping" }],
    });

    expect(result).to.include({ name: "EndpointBusy" });
    expect(result.message).to.contain("no ping");
    expect(sagemaker.at(-1)).to.deep.equal({
      command: "DeleteEndpoint",
      input: { EndpointName: "churn" },
    });
  });

  it("waits too where somebody else has deleted the failed endpoint meanwhile", async () => {
    const { result } = await resolving({
      endpoint: [{ ...old, EndpointStatus: "Failed" }],
      deletedMeanwhile: true,
    });

    expect(result).to.include({ name: "EndpointBusy" });
  });

  it("leaves a failed endpoint alone that someone else made", async () => {
    const failed = { EndpointStatus: "Failed", EndpointConfigName: "by-hand" };
    const { result, sagemaker } = await resolving({
      endpoint: [{ ...failed, FailureReason: "no ping" }],
    });

    expect(result).to.include({ name: "EndpointFailed" });
    expect(result.message).to.contain("no ping. Delete it");
    expect(sagemaker.map(({ command }) => command)).not.to.include("DeleteEndpoint");
  });

  for (const [name, message] of [
    ["AccessDeniedException", "not authorized"],
    ["ValidationException", "1 validation error detected: Value at 'endpointName'"],
    ["ThrottlingException", "Rate exceeded"],
  ] as const) {
    it(`passes ${name} on when it says "${message}"`, async () => {
      const { result } = await resolving({ endpoint: [serviceError(name, message)] });

      expect(result).to.include({ name, message });
    });
  }
});
