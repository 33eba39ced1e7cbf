import { expect } from "chai";
import { removeCandidates } from "../../handlers/remove-candidates/logic.ts";
import { fakeClient, serviceError } from "../support/fake-client.ts";

const prefix = "c--dev-abalone--";
const options = { candidatePrefix: prefix, logRetentionDays: 30 };
const missing = () => {
  throw serviceError("ValidationException", "Could not find it");
};

const noLogs = () => {
  throw serviceError("ResourceNotFoundException");
};

/** The same account behind every client. */
const of = (client: never) => ({ sagemaker: client, logs: client });

describe("removeCandidates", () => {
  it("deletes endpoint, config and model of each, waiting for an endpoint that is being created", async () => {
    const name = `${prefix}run-c01`;
    const looks = ["Creating", "InService", undefined];
    const { client, sent } = fakeClient<never>({
      DescribeEndpoint: (_, calls) => {
        const EndpointStatus = looks[calls];
        return EndpointStatus === undefined
          ? missing()
          : { EndpointStatus, EndpointConfigName: name };
      },
      DeleteEndpoint: () => ({}),
      DeleteEndpointConfig: () => ({}),
      DeleteModel: () => ({}),
      PutRetentionPolicy: () => ({}),
    });

    const request = { title: "run", numbers: ["c01"] };
    expect(await removeCandidates(of(client), options, request, async () => true)).to.deep.equal({
      removed: [name],
    });
    expect(sent.map(({ command }) => command)).to.deep.equal([
      "DescribeEndpoint",
      "DescribeEndpoint",
      "DeleteEndpoint",
      "DescribeEndpoint",
      "DeleteEndpointConfig",
      "DeleteModel",
      "PutRetentionPolicy",
    ]);
    for (const { input } of sent.slice(2, -1)) expect(Object.values(input)).to.deep.equal([name]);
    expect(sent.at(-1)?.input).to.deep.equal({
      logGroupName: `/aws/sagemaker/Endpoints/${name}`,
      retentionInDays: 30,
    });
  });

  it("does nothing about what is not there", async () => {
    const { client } = fakeClient<never>({
      DescribeEndpoint: missing,
      DeleteEndpointConfig: missing,
      DeleteModel: missing,
      PutRetentionPolicy: noLogs,
    });

    const request = { title: "run", numbers: ["c01", "c02"] };
    const { removed } = await removeCandidates(of(client), options, request, async () => true);

    expect(removed).to.deep.equal([`${prefix}run-c01`, `${prefix}run-c02`]);
  });

  it("passes on that it may not bound the logs", async () => {
    const { client } = fakeClient<never>({
      DescribeEndpoint: missing,
      DeleteEndpointConfig: missing,
      DeleteModel: missing,
      PutRetentionPolicy: () => {
        throw serviceError("AccessDeniedException");
      },
    });

    const request = { title: "run", numbers: ["c01"] };
    const error = await removeCandidates(of(client), options, request, async () => true).catch(
      (reason: Error) => reason,
    );

    expect(error).to.include({ name: "AccessDeniedException" });
  });

  it("names what could not be deleted in time", async () => {
    const { client } = fakeClient<never>({
      DescribeEndpoint: () => ({
        EndpointStatus: "Creating",
        EndpointConfigName: `${prefix}run-c01`,
      }),
    });

    let message = "";
    const request = { title: "run", numbers: ["c01"] };
    await removeCandidates(of(client), options, request, async () => false).catch(
      (error: Error) => {
        message = error.message;
      },
    );
    expect(message).to.match(/endpoint c--dev-abalone--run-c01 \(Creating\): still there/);
  });
});
