import { GlueClient } from "@aws-sdk/client-glue";
import { SFNClient } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { closeRun } from "../../../handlers/close-run/logic.ts";
import { type Answers, fakeClient, serviceError } from "../../support/fake-client.ts";
import { fakeObjects } from "../../support/fake-objects.ts";
import { runInput, versionName } from "../../support/run-tasks.ts";

const { title, inputUri } = runInput;
const arn = `arn:aws:states:eu-west-1:123456789012:execution:dev-churn-retraining:${title}`;
const options = {
  stack: "dev",
  pipeline: "churn",
  bucket: "bucket",
  runPrefix: "dev-churn--",
  endpointName: "churn",
  glueJob: "dev-churn-etl",
};

function ended(status: string, input: string | null = JSON.stringify(runInput)) {
  return {
    detail: {
      executionArn: arn,
      name: title,
      status,
      startDate: Date.UTC(2026, 4, 1, 10),
      stopDate: Date.UTC(2026, 4, 1, 11),
      input,
    },
  };
}

interface Account {
  /** Objects of the bucket. */
  objects?: Record<string, unknown>;
  error?: string;
  cause?: string;
  answers?: Answers;
}

function account({ objects = {}, error, cause, answers = {} }: Account) {
  const entered = { type: "TaskStateEntered", stateEnteredEventDetails: { name: "Train Model" } };
  const asked = {
    type: "TaskScheduled",
    taskScheduledEventDetails: { parameters: `{"TrainingJobName":"${versionName}-a1"}` },
  };
  const end = { type: "ExecutionFailed", executionFailedEventDetails: { error, cause } };
  const fake = fakeClient<never>({
    GetExecutionHistory: () => ({
      events: [entered, asked, end].map((event) => ({ ...event, timestamp: new Date(0) })),
    }),
    ...fakeObjects(objects),
    PutEvents: () => ({ Entries: [{ EventId: "1" }] }),
    GetJobRuns: () => ({
      JobRuns: [
        { Id: "jr_1", JobRunState: "RUNNING", Arguments: { "--S3_INPUT_FILE": inputUri } },
        { Id: "jr_2", JobRunState: "RUNNING", Arguments: { "--S3_INPUT_FILE": "s3://b/other" } },
        { Id: "jr_3", JobRunState: "SUCCEEDED", Arguments: { "--S3_INPUT_FILE": inputUri } },
      ],
    }),
    BatchStopJobRun: () => ({}),
    StopTrainingJob: () => ({}),
    DescribeEndpoint: () => ({ EndpointConfigName: "dev-churn--old", EndpointStatus: "InService" }),
    DeleteEndpointConfig: () => ({}),
    DeleteModel: () => ({}),
    ...answers,
  });
  const { client, sent } = fake;
  const clients = {
    s3: client,
    events: client,
    // paginators take instances of their own clients only
    stepFunctions: Object.assign(Object.create(SFNClient.prototype), client),
    glue: Object.assign(Object.create(GlueClient.prototype), client),
    sagemaker: client,
  };
  const commands = () => sent.map(({ command }) => command);
  return { clients, sent, objects, commands };
}

const reportKey = `runs/${title}/report.json`;

describe("closeRun", () => {
  it("leaves the run alone whose input another execution was started with", async () => {
    const { clients, sent } = account({});
    const event = ended("FAILED");
    event.detail.name = "copy";

    const closed = await closeRun(clients, options, event);

    expect(closed).to.deep.equal({ title, outcome: "left alone: a copy" });
    expect(sent).to.deep.equal([]);
  });

  it("stops the run's jobs, discards its version, writes its report, sends its event", async () => {
    const { clients, sent, objects } = account({
      error: "Mistake",
      cause: "wrong file",
      objects: { [`output/${title}/etl.json`]: { rows: { read: 3 } } },
    });

    const closed = await closeRun(clients, options, ended("ABORTED"));

    expect(closed).to.deep.equal({ title, outcome: "closed" });
    const inputs = (command: string) =>
      sent.filter((each) => each.command === command).map(({ input }) => input);
    expect(inputs("BatchStopJobRun")).to.deep.equal([
      { JobName: "dev-churn-etl", JobRunIds: ["jr_1"] },
    ]);
    expect(inputs("StopTrainingJob")).to.deep.equal([{ TrainingJobName: `${versionName}-a1` }]);
    expect(inputs("DeleteEndpointConfig")).to.deep.equal([{ EndpointConfigName: versionName }]);
    expect(inputs("DeleteModel")).to.deep.equal([{ ModelName: versionName }]);
    expect(objects[reportKey]).to.deep.include({
      title,
      status: "Failed",
      error: { name: "RunAborted", cause: "aborted in Train Model: Mistake: wrong file" },
      decision: null,
      execution: {
        arn,
        startedAt: "2026-05-01T10:00:00.000Z",
        finishedAt: "2026-05-01T11:00:00.000Z",
      },
      versions: { kept: [], deleted: [versionName], deletedEndpoint: null },
      closed: true,
    });
    const [event] = inputs("PutEvents") as [{ Entries: { Detail: string; DetailType: string }[] }];
    expect(event.Entries[0]?.DetailType).to.equal("Retraining Run Finished");
    expect(JSON.parse(event.Entries[0]?.Detail ?? "")).to.deep.equal(objects[reportKey]);
  });

  for (const [status, account_, error] of [
    ["ABORTED", {}, { name: "RunAborted", cause: "aborted in Train Model" }],
    [
      "TIMED_OUT",
      { error: "States.Timeout" },
      { name: "RunTimedOut", cause: "the state machine's own time was up in Train Model" },
    ],
    [
      "FAILED",
      { error: "States.Runtime", cause: "too many events" },
      { name: "States.Runtime", cause: "too many events" },
    ],
  ] as const) {
    it(`reports ${error.name}: ${error.cause}`, async () => {
      const { clients, objects } = account(account_);

      await closeRun(clients, options, ended(status));

      expect(objects[reportKey]).to.deep.include({ error });
    });
  }

  it("reports a run whose script reported what is no JSON", async () => {
    const { clients, objects } = account({
      answers: {
        GetObject: ({ Key }: { Key: string }) => {
          if (Key === reportKey) throw serviceError("NoSuchKey");
          return { Body: { transformToString: async () => '{"dropped": NaN}' } };
        },
      },
    });

    await closeRun(clients, options, ended("ABORTED"));

    expect(objects[reportKey]).to.deep.include({ title, status: "Failed", closed: true });
  });

  it("does nothing for a run that recorded itself", async () => {
    const { clients, commands } = account({
      error: "ModelRejected",
      objects: { [reportKey]: { title, error: { name: "ModelRejected" } } },
    });

    const closed = await closeRun(clients, options, ended("FAILED"));

    expect(closed).to.deep.equal({ title, outcome: "recorded itself" });
    expect(commands()).to.deep.equal(["GetExecutionHistory", "GetObject"]);
  });

  for (const [what, status, error] of [
    ["the record failed", "FAILED", "RecordFailed"],
    ["the run was aborted while it recorded itself", "ABORTED", undefined],
    ["the run's time was up while it recorded itself", "TIMED_OUT", "States.Timeout"],
  ] as const) {
    it(`sends the event of a report that was written when ${what}, as it is`, async () => {
      const written = { title, status: "Succeeded", execution: { arn } };
      const { clients, sent, commands } = account({
        ...(error && { error }),
        objects: { [reportKey]: written },
      });

      const closed = await closeRun(clients, options, ended(status));

      expect(closed.outcome).to.equal("event sent again");
      expect(commands()).to.deep.equal(["GetExecutionHistory", "GetObject", "PutEvents"]);
      const { input } = sent.at(-1) as { input: Record<string, unknown> };
      const [entry] = input["Entries"] as { Detail: string }[];
      expect(JSON.parse(entry?.Detail ?? "")).to.deep.equal(written);
    });
  }

  it("keeps the version of a run whose record failed: it may be one to go back to", async () => {
    const { clients, commands, objects } = account({
      error: "RecordFailed",
      cause: "no PutObject",
    });

    await closeRun(clients, options, ended("FAILED"));

    expect(commands()).not.to.include("DeleteModel");
    expect(objects[reportKey]).to.deep.include({
      error: { name: "RecordFailed", cause: "no PutObject" },
    });
  });

  it("does all again to the same end for an event that came twice", async () => {
    const { clients, objects } = account({});
    await closeRun(clients, options, ended("ABORTED"));
    const first = structuredClone(objects[reportKey]);

    const again = await closeRun(clients, options, ended("ABORTED"));

    expect(again.outcome).to.equal("closed");
    expect(objects[reportKey]).to.deep.equal(first);
  });

  it("sends the event at a second try when the first failed after the report", async () => {
    let tries = 0;
    const { clients, commands } = account({
      answers: {
        PutEvents: () => {
          tries += 1;
          if (tries === 1) throw serviceError("ThrottlingException");
          return { Entries: [{ EventId: "1" }] };
        },
      },
    });
    const failed = await closeRun(clients, options, ended("ABORTED")).catch((error) => error);

    await closeRun(clients, options, ended("ABORTED"));

    expect(failed).to.include({ name: "ThrottlingException" });
    expect(commands().at(-1)).to.equal("PutEvents");
  });

  it("takes a training job that is over for stopped, and passes other errors on", async () => {
    const throwing = (name: string) => ({
      StopTrainingJob: () => {
        throw serviceError(name);
      },
    });
    const over = account({ answers: throwing("ValidationException") });
    const denied = account({ answers: throwing("AccessDeniedException") });

    const closed = await closeRun(over.clients, options, ended("ABORTED"));
    const error = await closeRun(denied.clients, options, ended("ABORTED")).catch((e) => e);

    expect(closed.outcome).to.equal("closed");
    expect(error).to.include({ name: "AccessDeniedException" });
    expect(denied.objects).to.deep.equal({});
  });

  it("keeps what the endpoint is changing to when the run was aborted meanwhile", async () => {
    const { clients, commands, objects } = account({
      answers: {
        DescribeEndpoint: () => ({
          EndpointConfigName: "dev-churn--old",
          EndpointStatus: "Updating",
          PendingDeploymentSummary: { EndpointConfigName: versionName },
        }),
      },
    });

    await closeRun(clients, options, ended("ABORTED"));

    expect(commands()).not.to.include("DeleteModel");
    expect(objects[reportKey]).to.deep.include({
      versions: { kept: [versionName], deleted: [], deletedEndpoint: null },
    });
  });

  it("reports an execution that someone started by hand, under its own name", async () => {
    const { clients, objects, commands } = account({});

    await closeRun(clients, options, ended("FAILED", "{}"));

    expect(objects[reportKey]).to.deep.include({ title, status: "Failed" });
    expect(commands()).not.to.include("GetJobRuns");
  });

  for (const detail of [undefined, {}, { ...ended("SUCCEEDED").detail }]) {
    it(`refuses an event with detail ${JSON.stringify(detail)?.slice(0, 40)}`, async () => {
      const { clients, sent } = account({});

      const error = await closeRun(clients, options, { detail } as never).catch((e) => e);

      expect(error).to.include({ name: "MalformedEvent" });
      expect(sent).to.deep.equal([]);
    });
  }
});
