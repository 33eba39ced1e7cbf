import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { expect } from "chai";
import { discardVersion } from "../../handlers/discard-version.ts";
import { fakeClient, serviceError } from "../support/fake-client.ts";

const version = "dev-churn--new";

async function discard(
  endpoint: object | undefined,
  deleteModel: () => unknown = () => ({}),
  deleteEndpoint: () => unknown = () => ({}),
) {
  const { client, sent } = fakeClient<SageMakerClient>({
    DescribeEndpoint: () => {
      if (endpoint === undefined)
        throw serviceError("ValidationException", 'Could not find endpoint "churn".');
      return endpoint;
    },
    DeleteEndpoint: deleteEndpoint,
    DeleteEndpointConfig: () => ({}),
    DeleteModel: deleteModel,
  });
  const discarded = await discardVersion(client, "churn", version);
  return { discarded, deletions: sent.slice(1).map(({ command }) => command) };
}

describe("discardVersion", () => {
  it("deletes the endpoint that failed with the version, then config and model", async () => {
    const { discarded, deletions } = await discard({
      EndpointConfigName: version,
      EndpointStatus: "Failed",
    });

    expect(deletions).to.deep.equal(["DeleteEndpoint", "DeleteEndpointConfig", "DeleteModel"]);
    expect(discarded).to.deep.equal({ kept: [], deleted: [version], deletedEndpoint: "churn" });
  });

  it("goes on where the next run has deleted the failed endpoint meanwhile", async () => {
    const failed = { EndpointConfigName: version, EndpointStatus: "Failed" };
    const { deletions } = await discard(failed, undefined, () => {
      throw serviceError("ValidationException", 'Could not find endpoint "churn".');
    });

    expect(deletions).to.deep.equal(["DeleteEndpoint", "DeleteEndpointConfig", "DeleteModel"]);
  });

  for (const [what, endpoint] of [
    ["was rolled back", { EndpointConfigName: "dev-churn--old", EndpointStatus: "InService" }],
    [
      "failed with another version",
      { EndpointConfigName: "dev-churn--old", EndpointStatus: "Failed" },
    ],
    ["was never made", undefined],
  ] as const) {
    it(`deletes config and model alone when the endpoint ${what}`, async () => {
      const { discarded, deletions } = await discard(endpoint);

      expect(deletions).to.deep.equal(["DeleteEndpointConfig", "DeleteModel"]);
      expect(discarded).to.deep.equal({ kept: [], deleted: [version], deletedEndpoint: null });
    });
  }

  for (const [what, endpoint] of [
    ["is still being created", { EndpointConfigName: version, EndpointStatus: "Creating" }],
    ["serves it", { EndpointConfigName: version, EndpointStatus: "InService" }],
    [
      "could not be rolled back",
      { EndpointConfigName: version, EndpointStatus: "UpdateRollbackFailed" },
    ],
    [
      "is still changing to it",
      {
        EndpointConfigName: "dev-churn--old",
        EndpointStatus: "Updating",
        PendingDeploymentSummary: { EndpointConfigName: version },
      },
    ],
  ] as const) {
    it(`deletes nothing when the endpoint ${what}`, async () => {
      const { discarded, deletions } = await discard(endpoint);

      expect(deletions).to.deep.equal([]);
      expect(discarded).to.deep.equal({ kept: [version], deleted: [], deletedEndpoint: null });
    });
  }

  it("passes over what the run did not get to make", async () => {
    const { discarded } = await discard(undefined, () => {
      throw serviceError("ValidationException", 'Could not find model "arn".');
    });

    expect(discarded.deleted).to.deep.equal([version]);
  });
});
