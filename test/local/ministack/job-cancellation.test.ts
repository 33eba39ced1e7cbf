import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { eventually } from "../../support/eventually.ts";
import { createMachine, ended, historyOf, outputOf, run, start } from "./executions-support.ts";
import { etl, runEtl, train, trainModel } from "./jobs-support.ts";
import { startTestCloud, type TestCloud } from "./test-cloud.ts";

describe("Step Functions job tasks that end early", () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud.stop());
  afterEach(() => cloud.backend.reset());

  it("stops the training job of an execution that is stopped", async () => {
    train(cloud, "InProgress");
    const machine = await createMachine(cloud, {
      "Train Model": {
        ...trainModel,
        Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 1 }],
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Record Run" }],
      },
      "Record Run": { Type: "Succeed" },
    });
    const executionArn = await start(cloud, machine, { name: "a" });
    await eventually(async () => cloud.backend.bodies("SageMaker.DescribeTrainingJob")[0]);

    await cloud.clients.sfn.send(new StopExecutionCommand({ executionArn, error: "Enough" }));

    const stops = await eventually(async () => {
      const bodies = cloud.backend.bodies("SageMaker.StopTrainingJob");
      return bodies.length > 0 ? bodies : undefined;
    });
    expect(stops).to.deep.equal([{ TrainingJobName: "a" }]);
    expect((await ended(cloud, executionArn)).status).to.equal("ABORTED");
    const types = (await historyOf(cloud, executionArn)).map(({ type }) => type);
    expect(types.at(-1)).to.equal("ExecutionAborted");
    expect(cloud.backend.bodies("SageMaker.CreateTrainingJob")).to.have.length(1);
  });

  it("stops the Glue job run of a task that times out, and catches the timeout", async () => {
    etl(cloud, "RUNNING");

    const output = await outputOf(
      cloud,
      {
        "Run ETL": {
          ...runEtl,
          TimeoutSeconds: "{% $states.input.timeout %}",
          Catch: [
            {
              ErrorEquals: ["States.Timeout"],
              Output: { caught: "{% $states.errorOutput.Error %}" },
              Next: "Succeed",
            },
          ],
        },
        Succeed: { Type: "Succeed" },
      },
      { timeout: 1 },
    );

    expect(output).to.deep.equal({ caught: "States.Timeout" });
    const stops = await eventually(async () => {
      const bodies = cloud.backend.bodies("AWSGlue.BatchStopJobRun");
      return bodies.length > 0 ? bodies : undefined;
    });
    expect(stops).to.deep.equal([{ JobName: "etl", JobRunIds: ["jr_1"] }]);
  });

  it("stops the job of an execution whose state machine times out", async () => {
    train(cloud, "InProgress");

    const { status, error } = await run(
      cloud,
      { "Train Model": trainModel },
      { name: "a" },
      { TimeoutSeconds: 1 },
    );

    expect(status).to.equal("TIMED_OUT");
    expect(error).to.equal("States.Timeout");
    await eventually(async () => cloud.backend.bodies("SageMaker.StopTrainingJob")[0]);
  });
});
