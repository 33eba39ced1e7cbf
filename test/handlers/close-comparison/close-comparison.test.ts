import { expect } from "chai";
import { candidateNumbers } from "../../../handlers/close-comparison/logic.ts";
import {
  accountOf,
  close,
  ended,
  midway,
  prefix,
  title,
  tuningOf,
  versionName,
} from "./aborted-comparison.ts";

const candidate = `${prefix}${title}-c01`;

describe("closeComparison", () => {
  it("stops jobs, removes candidates, discards the version, in this order, then records and tells", async () => {
    const account = accountOf(midway({ models: [candidate, versionName] }));

    const closed = await close(account);

    const removed = ["c01", "c02", "c03"].map((number) => `${prefix}${title}-${number}`);
    expect(closed).to.deep.equal({ title, removed, outcome: "closed" });
    expect(account.done()).to.deep.equal([
      "BatchStopJobRun dev-abalone-etl",
      "BatchStopJobRun dev-abalone-etl",
      `StopTrainingJob ${prefix}${title}-c02-a1`,
      `DeleteEndpoint ${candidate}`,
      ...removed.flatMap((name) => [
        `DeleteEndpointConfig ${name}`,
        `DeleteModel ${name}`,
        `PutRetentionPolicy /aws/sagemaker/Endpoints/${name}`,
      ]),
      `DeleteEndpointConfig ${versionName}`,
      `DeleteModel ${versionName}`,
      "PutObject bucket",
      "PutEvents [object Object]",
    ]);
    expect(account.account).to.deep.include({ endpoints: {}, configs: [], models: [] });
  });

  it("stops ETL that reads this run's upload, or all uploads so far, no other", async () => {
    const account = accountOf();

    await close(account);

    const stopped = account.inputs("BatchStopJobRun").map((input) => input["JobRunIds"]);
    expect(stopped).to.deep.equal([["jr_1"], ["jr_2"]]);
  });

  it("stops tuning jobs of this run, before training jobs, where candidates are tuned", async () => {
    const tuningPrefix = "f9a065dd4a-";
    const account = accountOf({
      tuningJobs: {
        [tuningOf(tuningPrefix)]: "InProgress",
        [`${tuningPrefix}0000000000-c01-a1`]: "InProgress", // of another run
      },
      trainingJobs: { [`${prefix}${title}-c01-a1`]: "InProgress" },
    });

    await close(account, ended("ABORTED"), { tuningPrefix });

    expect(account.done().filter((each) => /^Stop/.test(each))).to.deep.equal([
      `StopHyperParameterTuningJob ${tuningOf(tuningPrefix)}`,
      `StopTrainingJob ${prefix}${title}-c01-a1`,
    ]);
  });

  it("asks for no tuning jobs where no candidate is tuned: it may not", async () => {
    const account = accountOf();

    await close(account);

    expect(account.inputs("ListHyperParameterTuningJobs")).to.deep.equal([]);
  });

  it("stops batch transform jobs of this run, and waits for their end", async () => {
    const account = accountOf({
      transformJobs: {
        [`${prefix}${title}-c01`]: "InProgress",
        [`${prefix}other-c01`]: "InProgress",
      },
    });

    await close(account);

    expect(account.account.transformJobs).to.deep.equal({
      [`${prefix}${title}-c01`]: "Stopped",
      [`${prefix}other-c01`]: "InProgress",
    });
  });

  it("leaves candidates of other runs, and production, alone", async () => {
    const others = {
      endpoints: {
        abalone: { config: "dev-abalone--old", status: "InService" },
        [`${prefix}other-c01`]: { config: `${prefix}other-c01`, status: "InService" },
      },
      configs: ["dev-abalone--old", `${prefix}other-c01`],
      models: ["dev-abalone--old", `${prefix}other-c01`],
      trainingJobs: { [`${prefix}other-c01-a1`]: "InProgress" },
    };
    const account = accountOf(structuredClone(others));

    await close(account);

    expect(account.account).to.deep.include(others);
  });

  it("keeps the version that the endpoint serves already", async () => {
    const account = accountOf({
      endpoints: { abalone: { config: versionName, status: "InService" } },
      configs: [versionName],
      models: [versionName],
    });

    await close(account);

    expect(account.account).to.deep.include({ configs: [versionName], models: [versionName] });
  });

  it("records nothing while something is still there: the event comes again", async () => {
    const account = accountOf(
      midway({ endpoints: { [candidate]: { config: candidate, status: "Creating" } } }),
    );

    const error = await close(account).catch((reason) => reason);

    expect(error).to.include({ name: "StillThere" });
    expect(error.message).to.contain(`endpoint ${candidate} (Creating)`);
    expect(account.objects).to.deep.equal({});
    expect(account.account.models).to.deep.equal([candidate]);
  });

  it("refuses an event that says of no execution that it failed", async () => {
    const account = accountOf();

    const error = await close(account, ended("SUCCEEDED")).catch((reason) => reason);

    expect(error).to.include({ name: "MalformedEvent" });
    expect(account.sent).to.deep.equal([]);
  });
});

describe("candidateNumbers", () => {
  it("are those that config gives candidates", () => {
    expect(candidateNumbers(11)).to.deep.equal(
      "c01 c02 c03 c04 c05 c06 c07 c08 c09 c10 c11".split(" "),
    );
  });
});
