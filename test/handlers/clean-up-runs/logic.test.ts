import { expect } from "chai";
import type {
  CleanUpInput,
  LifecycleEvent,
} from "../../../handlers/clean-up-runs/lifecycle-event.ts";
import { cleanUpRuns } from "../../../handlers/clean-up-runs/logic.ts";
import { serviceError } from "../../support/fake-client.ts";
import { fakeAccount } from "./fake-account.ts";

const options = {
  runPrefix: "dev-churn--",
  stateMachineArn: "arn:machine",
  glueJob: "dev-churn-etl",
};

function destroy(onRenameOrDestroy: CleanUpInput["onRenameOrDestroy"] = "delete"): LifecycleEvent {
  const input = { endpointName: "churn", onRenameOrDestroy };
  return { ...input, tf: { action: "delete", prev_input: input } };
}

function rename(onRenameOrDestroy: CleanUpInput["onRenameOrDestroy"]): LifecycleEvent {
  return {
    endpointName: "churn-2",
    onRenameOrDestroy,
    tf: { action: "update", prev_input: { endpointName: "churn", onRenameOrDestroy } },
  };
}

/** As many looks as the test cares for. */
function pauses(times: number) {
  let left = times;
  return async () => left-- > 0;
}

const serving = () => ({
  endpoints: { churn: { config: "dev-churn--v2", status: "InService" } },
  configs: ["dev-churn--v2", "dev-churn--v1"],
  models: ["dev-churn--v2", "dev-churn--v1"],
});

describe("cleanUpRuns when the pipeline goes", () => {
  it("removes endpoint, configs and models, in this order", async () => {
    const { clients, done } = fakeAccount(serving());

    const cleanedUp = await cleanUpRuns(clients, options, destroy(), pauses(9));

    expect(done()).to.deep.equal([
      "DeleteEndpoint churn",
      "DeleteEndpointConfig dev-churn--v2",
      "DeleteEndpointConfig dev-churn--v1",
      "DeleteModel dev-churn--v2",
      "DeleteModel dev-churn--v1",
    ]);
    expect(cleanedUp).to.deep.equal({ deleted: ["dev-churn--v2", "dev-churn--v1"], kept: [] });
  });

  it("stops what is in progress before it deletes anything", async () => {
    const { clients, done } = fakeAccount({
      ...serving(),
      executions: ["arn:run"],
      trainingJobs: { "dev-churn--v3-a1": "InProgress", "dev-churn--v2-a1": "Completed" },
      jobRuns: { jr_1: "RUNNING", jr_2: "SUCCEEDED", jr_3: "WAITING" },
    });

    await cleanUpRuns(clients, options, destroy(), pauses(9));

    expect(done().slice(0, 4)).to.deep.equal([
      "StopExecution arn:run",
      "StopTrainingJob dev-churn--v3-a1",
      "BatchStopJobRun dev-churn-etl",
      "DeleteEndpoint churn",
    ]);
  });

  it("stops tuning jobs of the pipeline before training jobs, and waits for their end", async () => {
    const { account, clients, done } = fakeAccount({
      trainingJobs: { "dev-churn--v3-a1": "InProgress" },
      tuningJobs: {
        "f9a065dd4a-0-a1": "InProgress",
        "f9a065dd4a-1-a1": "Stopping",
        "f9a065dd4a-2-a1": "Completed",
        "0-f9a065dd4a-a1": "InProgress",
      },
    });
    let looks = 0;
    const pause = async () => {
      looks += 1;
      account.tuningJobs["f9a065dd4a-1-a1"] = "Stopped";
      return looks < 9;
    };

    await cleanUpRuns(clients, { ...options, tuningPrefix: "f9a065dd4a-" }, destroy(), pause);

    expect(done()).to.deep.equal([
      "StopHyperParameterTuningJob f9a065dd4a-0-a1",
      "StopTrainingJob dev-churn--v3-a1",
    ]);
    expect(looks).to.be.above(0);
  });

  it("goes on where a tuning job ended in the moment in which it was to be stopped", async () => {
    const { account, clients, done } = fakeAccount(
      { tuningJobs: { "f9a065dd4a-0-a1": "InProgress" } },
      {
        StopHyperParameterTuningJob: () => {
          account.tuningJobs["f9a065dd4a-0-a1"] = "Completed";
          throw serviceError("ValidationException", "The job has ended.");
        },
      },
    );

    await cleanUpRuns(clients, { ...options, tuningPrefix: "f9a065dd4a-" }, destroy(), pauses(9));

    expect(done()).to.deep.equal(["StopHyperParameterTuningJob f9a065dd4a-0-a1"]);
  });

  it("touches nothing of others", async () => {
    const others = {
      trainingJobs: { "my-dev-churn--x-a1": "InProgress" },
      endpoints: { churn: { config: "by-hand", status: "InService" } },
      configs: ["by-hand", "my-dev-churn--x"],
      models: ["my-dev-churn--x"],
    };
    const { clients, done } = fakeAccount(others);

    await cleanUpRuns(clients, options, destroy(), pauses(9));

    expect(done()).to.deep.equal([]);
  });

  it("finds nothing to do a second time", async () => {
    const { clients, done } = fakeAccount(serving());
    await cleanUpRuns(clients, options, destroy(), pauses(9));
    const before = done().length;

    await cleanUpRuns(clients, options, destroy(), pauses(9));

    expect(done()).to.have.length(before);
  });

  it("goes on where it was cut off", async () => {
    let denied = true;
    const { account, clients } = fakeAccount(serving(), {
      DeleteModel: ({ ModelName: name }: { ModelName: string }) => {
        if (denied) throw serviceError("ThrottlingException");
        account.models = account.models.filter((each) => each !== name);
        return {};
      },
    });
    await cleanUpRuns(clients, options, destroy(), pauses(9)).catch(() => undefined);
    expect(account.models).to.have.length(2);
    denied = false;

    await cleanUpRuns(clients, options, destroy(), pauses(9));

    expect(account).to.deep.include({ endpoints: {}, configs: [], models: [] });
  });

  it("has nothing to stop where state machine and job were deleted by hand", async () => {
    const { clients } = fakeAccount(
      {},
      {
        ListExecutions: () => {
          throw serviceError("StateMachineDoesNotExist");
        },
        GetJobRuns: () => {
          throw serviceError("EntityNotFoundException");
        },
      },
    );

    expect(await cleanUpRuns(clients, options, destroy(), pauses(0))).to.deep.equal({
      deleted: [],
      kept: [],
    });
  });

  it("waits for an endpoint that is changing, and deletes it then", async () => {
    let looks = 0;
    const { account, clients, done } = fakeAccount(serving(), {
      DescribeEndpoint: () => {
        looks += 1;
        if (account.endpoints["churn"] === undefined)
          throw serviceError("ValidationException", 'Could not find endpoint "churn".');
        return {
          EndpointConfigName: "dev-churn--v2",
          EndpointStatus: looks < 4 ? "Updating" : "InService",
        };
      },
    });

    await cleanUpRuns(clients, options, destroy(), pauses(9));

    expect(looks).to.be.at.least(5);
    expect(done().filter((each) => each.startsWith("DeleteEndpoint "))).to.have.length(1);
  });

  it("asks again when the endpoint began to change between look and deletion", async () => {
    const { account, clients } = fakeAccount(serving(), {
      DeleteEndpoint: (_input, calls) => {
        if (calls === 0)
          throw serviceError("ValidationException", "Cannot update in-progress endpoint");
        delete account.endpoints["churn"];
        return {};
      },
    });

    await cleanUpRuns(clients, options, destroy(), pauses(9));

    expect(account.endpoints).to.deep.equal({});
  });

  for (const [what, has, changes] of [
    ["execution arn:run", { executions: ["arn:run"] }, { StopExecution: () => ({}) }],
    [
      "training job dev-churn--v3-a1 (InProgress)",
      { trainingJobs: { "dev-churn--v3-a1": "InProgress" } },
      { StopTrainingJob: () => ({}) },
    ],
    [
      "run jr_1 of job dev-churn-etl (RUNNING)",
      { jobRuns: { jr_1: "RUNNING" } },
      { BatchStopJobRun: () => ({}) },
    ],
    [
      "endpoint churn (Creating)",
      { endpoints: { churn: { config: "dev-churn--v1", status: "Creating" } } },
      {},
    ],
  ] as const) {
    it(`names ${what} when it does not end in time, and deletes no model`, async () => {
      const { clients, done } = fakeAccount(
        { models: ["dev-churn--v1"], ...(has as object) },
        changes,
      );

      const error = await cleanUpRuns(clients, options, destroy(), pauses(2)).catch((e) => e);

      expect(error).to.include({ name: "StillThere" });
      expect(error.message).to.contain(what);
      expect(done().join()).not.to.contain("Delete");
    });
  }

  it("keeps the endpoint with what it serves where config says so, and stops runs all the same", async () => {
    const { account, clients, done } = fakeAccount({ ...serving(), executions: ["arn:run"] });

    const cleanedUp = await cleanUpRuns(clients, options, destroy("keep"), pauses(9));

    expect(cleanedUp).to.deep.equal({ deleted: ["dev-churn--v1"], kept: ["dev-churn--v2"] });
    expect(done()[0]).to.equal("StopExecution arn:run");
    expect(account).to.deep.include({ configs: ["dev-churn--v2"], models: ["dev-churn--v2"] });
    expect(account.endpoints).to.have.property("churn");
  });

  it("keeps what an endpoint serves that was kept when it was renamed", async () => {
    const { account, clients } = fakeAccount({
      ...serving(),
      keptFor: { "arn:dev-churn--v1": "old-name" },
    });

    await cleanUpRuns(clients, options, destroy(), pauses(9));

    expect(account).to.deep.include({ configs: ["dev-churn--v1"], models: ["dev-churn--v1"] });
  });
});

describe("cleanUpRuns when the endpoint was renamed", () => {
  it("deletes the old one, stops no run, and leaves the versions to the next run", async () => {
    const { clients, done } = fakeAccount({ ...serving(), executions: ["arn:run"] });

    await cleanUpRuns(clients, options, rename("delete"), pauses(9));

    expect(done()).to.deep.equal(["DeleteEndpoint churn"]);
  });

  it("keeps the old one where config says so, and marks what it serves", async () => {
    const { account, clients, done } = fakeAccount(serving());

    const { kept } = await cleanUpRuns(clients, options, rename("keep"), pauses(9));

    expect(done()).to.deep.equal(["AddTags arn:dev-churn--v2"]);
    expect(account.keptFor).to.deep.equal({ "arn:dev-churn--v2": "churn" });
    expect(kept).to.deep.equal(["dev-churn--v2"]);
  });

  it("does nothing where no run has made one yet", async () => {
    const { clients, done } = fakeAccount();

    await cleanUpRuns(clients, options, rename("delete"), pauses(9));

    expect(done()).to.deep.equal([]);
  });
});
