import { expect } from "chai";
import { cleanUpRuns } from "../../../handlers/clean-up-runs/logic.ts";
import { removeAllCandidates } from "../../../handlers/clean-up-runs/remove-all-candidates.ts";
import { serviceError } from "../../support/fake-client.ts";
import { type FakeAccount, fakeAccount } from "./fake-account.ts";

const prefix = "c--dev-abalone--";
const options = {
  runPrefix: "dev-abalone--",
  candidatePrefix: prefix,
  tuningPrefix: "f9a065dd4a-",
  stateMachineArn: "arn:machine",
  glueJob: "dev-abalone-etl",
};
const input = { endpointName: "abalone", onRenameOrDestroy: "delete" } as const;
const destroy = { ...input, tf: { action: "delete", prev_input: input } } as const;

/** As many looks as the test cares for. */
function pauses(times: number) {
  let left = times;
  return async () => left-- > 0;
}

/** What two runs left, one of which was aborted while it tuned and served. */
const left = (): Partial<FakeAccount> => ({
  executions: ["arn:run"],
  tuningJobs: { "f9a065dd4a-0011223344-c02-a1": "InProgress" },
  trainingJobs: { [`${prefix}t2-c01-a1`]: "InProgress", [`${prefix}t1-c01-a1`]: "Completed" },
  transformJobs: { [`${prefix}t2-c03`]: "InProgress", [`${prefix}t1-c03`]: "Completed" },
  endpoints: { [`${prefix}t2-c01`]: { config: `${prefix}t2-c01`, status: "InService" } },
  configs: [`${prefix}t2-c01`],
  models: [`${prefix}t2-c01`, `${prefix}t1-c02`],
});

describe("removeAllCandidates", () => {
  it("stops jobs, then deletes endpoints, configs and models of any run, in this order", async () => {
    const { account, clients, done } = fakeAccount(left());

    const removed = await removeAllCandidates(clients.sagemaker, prefix, pauses(9));

    expect(done()).to.deep.equal([
      `StopTransformJob ${prefix}t2-c03`,
      `StopTrainingJob ${prefix}t2-c01-a1`,
      `DeleteEndpoint ${prefix}t2-c01`,
      `DeleteEndpointConfig ${prefix}t2-c01`,
      `DeleteModel ${prefix}t2-c01`,
      `DeleteModel ${prefix}t1-c02`,
    ]);
    expect(removed).to.deep.equal([`${prefix}t2-c01`, `${prefix}t1-c02`]);
    expect(account).to.deep.include({ endpoints: {}, configs: [], models: [] });
  });

  it("touches nothing of others, nor what serves in production", async () => {
    const { clients, done } = fakeAccount({
      trainingJobs: { [`my-${prefix}t-c01-a1`]: "InProgress" },
      transformJobs: { [`my-${prefix}t-c01`]: "InProgress" },
      endpoints: {
        abalone: { config: "dev-abalone--t", status: "InService" },
        [`my-${prefix}t`]: { config: `my-${prefix}t`, status: "InService" },
        [`my-${prefix}u`]: { config: `${prefix}u-c01`, status: "InService" },
        [`${prefix}by-hand`]: { config: "by-hand", status: "InService" },
      },
      configs: ["dev-abalone--t", `my-${prefix}t`],
      models: ["dev-abalone--t", "c--dev-abalone-eu--t-c01"],
    });

    await removeAllCandidates(clients.sagemaker, prefix, pauses(9));

    expect(done()).to.deep.equal([]);
  });

  it("waits for an endpoint that is being created, and deletes it then", async () => {
    const name = `${prefix}t-c01`;
    const { account, clients, done } = fakeAccount({
      endpoints: { [name]: { config: name, status: "Creating" } },
    });
    const pause = async () => {
      if (account.endpoints[name]) account.endpoints[name].status = "InService";
      return true;
    };

    await removeAllCandidates(clients.sagemaker, prefix, pause);

    expect(done()).to.deep.equal([`DeleteEndpoint ${name}`]);
  });

  it("takes a transform job for stopped that ended in that moment", async () => {
    const { account, clients } = fakeAccount(
      { transformJobs: { [`${prefix}t-c01`]: "InProgress" } },
      {
        StopTransformJob: () => {
          account.transformJobs[`${prefix}t-c01`] = "Completed";
          throw serviceError("ValidationException", "The job has ended.");
        },
      },
    );

    const removed = await removeAllCandidates(clients.sagemaker, prefix, pauses(9));

    expect(removed).to.deep.equal([]);
  });

  for (const [what, has, answers] of [
    [`transform job ${prefix}t-c01`, { transformJobs: { [`${prefix}t-c01`]: "Stopping" } }, {}],
    [
      `training job ${prefix}t-c01-a1 (InProgress)`,
      { trainingJobs: { [`${prefix}t-c01-a1`]: "InProgress" } },
      { StopTrainingJob: () => ({}) },
    ],
    [
      `endpoint ${prefix}t-c01 (Creating)`,
      { endpoints: { [`${prefix}t-c01`]: { config: `${prefix}t-c01`, status: "Creating" } } },
      {},
    ],
  ] as const) {
    it(`names ${what} when it does not end in time, and deletes no model`, async () => {
      const { clients, done } = fakeAccount(
        { models: [`${prefix}t-c01`], ...(has as Partial<FakeAccount>) },
        answers,
      );

      const error = await removeAllCandidates(clients.sagemaker, prefix, pauses(2)).catch((e) => e);

      expect(error).to.include({ name: "StillThere" });
      expect(error.message).to.contain(what);
      expect(done().join()).not.to.contain("Delete");
    });
  }

  it("passes on that it may not stop", async () => {
    const { clients } = fakeAccount(
      { transformJobs: { [`${prefix}t-c01`]: "InProgress" } },
      {
        StopTransformJob: () => {
          throw serviceError("AccessDeniedException");
        },
      },
    );

    const error = await removeAllCandidates(clients.sagemaker, prefix, pauses(2)).catch((e) => e);

    expect(error).to.include({ name: "AccessDeniedException" });
  });
});

describe("cleanUpRuns when a comparison goes", () => {
  it("stops runs and tuning first, removes candidates, then production with its versions", async () => {
    const logs = (name: string) => `/aws/sagemaker/Endpoints/${name}`;
    const others = [logs("abalone"), logs(`my-${prefix}t-c01`), "/aws/sagemaker/TrainingJobs"];
    const { account, clients, done } = fakeAccount({
      ...left(),
      logGroups: [logs(`${prefix}t1-c02`), logs(`${prefix}t2-c01`), ...others],
      jobRuns: { jr_1: "RUNNING" },
      endpoints: {
        ...left().endpoints,
        abalone: { config: "dev-abalone--t1", status: "InService" },
      },
      configs: [`${prefix}t2-c01`, "dev-abalone--t1"],
      models: [`${prefix}t2-c01`, "dev-abalone--t1"],
    });

    const cleanedUp = await cleanUpRuns(clients, options, destroy, pauses(9));

    expect(done()).to.deep.equal([
      "StopExecution arn:run",
      "StopHyperParameterTuningJob f9a065dd4a-0011223344-c02-a1",
      "BatchStopJobRun dev-abalone-etl",
      `StopTransformJob ${prefix}t2-c03`,
      `StopTrainingJob ${prefix}t2-c01-a1`,
      `DeleteEndpoint ${prefix}t2-c01`,
      `DeleteEndpointConfig ${prefix}t2-c01`,
      `DeleteModel ${prefix}t2-c01`,
      `DeleteLogGroup ${logs(`${prefix}t1-c02`)}`,
      `DeleteLogGroup ${logs(`${prefix}t2-c01`)}`,
      "DeleteEndpoint abalone",
      "DeleteEndpointConfig dev-abalone--t1",
      "DeleteModel dev-abalone--t1",
    ]);
    expect(cleanedUp).to.deep.equal({ deleted: ["dev-abalone--t1"], kept: [] });
    expect(account).to.deep.include({ endpoints: {}, configs: [], models: [], logGroups: others });
  });

  it("removes candidates also where the endpoint in production is kept", async () => {
    const { account, clients } = fakeAccount({
      ...left(),
      endpoints: {
        ...left().endpoints,
        abalone: { config: "dev-abalone--t1", status: "InService" },
      },
      configs: [`${prefix}t2-c01`, "dev-abalone--t1"],
      models: [`${prefix}t2-c01`, "dev-abalone--t1"],
    });
    const kept = { ...input, onRenameOrDestroy: "keep" } as const;
    const event = { ...kept, tf: { action: "delete", prev_input: kept } } as const;

    await cleanUpRuns(clients, options, event, pauses(9));

    expect(account).to.deep.include({ configs: ["dev-abalone--t1"], models: ["dev-abalone--t1"] });
    expect(Object.keys(account.endpoints)).to.deep.equal(["abalone"]);
  });
});
