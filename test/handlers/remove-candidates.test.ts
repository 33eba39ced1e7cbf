import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { expect } from "chai";
import { removeCandidates } from "../../handlers/remove-candidates/logic.ts";
import { fakeClient, serviceError } from "../support/fake-client.ts";

const prefix = "c--dev-abalone--";
const missing = () => {
  throw serviceError("ValidationException", "Could not find it");
};

describe("removeCandidates", () => {
  it("deletes endpoint, config and model of each, waiting for an endpoint that is being created", async () => {
    const name = `${prefix}run-c01`;
    const looks = ["Creating", "InService", undefined];
    const { client, sent } = fakeClient<SageMakerClient>({
      DescribeEndpoint: (_, calls) => {
        const EndpointStatus = looks[calls];
        return EndpointStatus === undefined
          ? missing()
          : { EndpointStatus, EndpointConfigName: name };
      },
      DeleteEndpoint: () => ({}),
      DeleteEndpointConfig: () => ({}),
      DeleteModel: () => ({}),
    });

    const request = { title: "run", numbers: ["c01"] };
    expect(await removeCandidates(client, prefix, request, async () => true)).to.deep.equal({
      removed: [name],
    });
    expect(sent.map(({ command }) => command)).to.deep.equal([
      "DescribeEndpoint",
      "DescribeEndpoint",
      "DeleteEndpoint",
      "DescribeEndpoint",
      "DeleteEndpointConfig",
      "DeleteModel",
    ]);
    for (const { input } of sent.slice(2)) expect(Object.values(input)).to.deep.equal([name]);
  });

  it("does nothing about what is not there", async () => {
    const { client } = fakeClient<SageMakerClient>({
      DescribeEndpoint: missing,
      DeleteEndpointConfig: missing,
      DeleteModel: missing,
    });

    const request = { title: "run", numbers: ["c01", "c02"] };
    const { removed } = await removeCandidates(client, prefix, request, async () => true);

    expect(removed).to.deep.equal([`${prefix}run-c01`, `${prefix}run-c02`]);
  });

  it("names what could not be deleted in time", async () => {
    const { client } = fakeClient<SageMakerClient>({
      DescribeEndpoint: () => ({
        EndpointStatus: "Creating",
        EndpointConfigName: `${prefix}run-c01`,
      }),
    });

    let message = "";
    const request = { title: "run", numbers: ["c01"] };
    await removeCandidates(client, prefix, request, async () => false).catch((error: Error) => {
      message = error.message;
    });
    expect(message).to.match(/endpoint c--dev-abalone--run-c01 \(Creating\): still there/);
  });
});
