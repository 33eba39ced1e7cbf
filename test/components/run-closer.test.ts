import { expect } from "chai";
import { closeRunStatements, RunCloser } from "../../components/run-closer.ts";
import { record } from "../support/mocks.ts";
import { churnContext, tunedContext } from "../support/pipeline.ts";

const { bucket } = churnContext();
const arn = (service: string, resource: string) =>
  `arn:aws:${service}:eu-west-1:123456789012:${resource}`;

function runCloser() {
  return record(() => new RunCloser("closer", { context: churnContext() }));
}

describe("RunCloser", () => {
  it("creates a rule with its target, the function, and a queue with an alarm", async () => {
    const { resources } = await runCloser();

    expect(resources.map(({ type, name }) => `${type} ${name}`)).to.have.members([
      "aws:sqs/queue:Queue closer-unclosed-runs",
      "aws:sqs/queuePolicy:QueuePolicy closer-unclosed-runs-policy",
      "aws:cloudwatch/metricAlarm:MetricAlarm closer-unclosed-runs-alarm",
      "aws:cloudwatch/logGroup:LogGroup closer-close-run-logs",
      "aws:iam/role:Role closer-close-run-role",
      "aws:iam/rolePolicy:RolePolicy closer-close-run-policy",
      "aws:lambda/function:Function closer-close-run",
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig closer-retries",
      "aws:cloudwatch/eventRule:EventRule closer-ended",
      "aws:lambda/permission:Permission closer-permission",
      "aws:cloudwatch/eventTarget:EventTarget closer-target",
    ]);
  });

  it("listens to every run of its own state machine that did not succeed", async () => {
    const { find } = await runCloser();

    expect(JSON.parse(find("closer-ended").inputs["eventPattern"])).to.deep.equal({
      source: ["aws.states"],
      "detail-type": ["Step Functions Execution Status Change"],
      detail: {
        stateMachineArn: [arn("states", "stateMachine:dev-churn-retraining")],
        status: ["ABORTED", "TIMED_OUT", "FAILED"],
      },
    });
  });

  it("retries, and keeps what could not be handled, wherever it got stuck", async () => {
    const { find } = await runCloser();

    const queue = arn("sqs", "dev-churn-unclosed-runs");
    expect(find("closer-target").inputs).to.deep.include({
      rule: "dev-churn-run-ended",
      deadLetterConfig: { arn: queue },
    });
    expect(find("closer-retries").inputs).to.include({ maximumRetryAttempts: 2 });
    expect(find("closer-close-run").inputs["deadLetterConfig"]).to.deep.equal({
      targetArn: queue,
    });
    expect(find("closer-unclosed-runs-alarm").inputs).to.deep.include({
      name: "dev-churn-unclosed-runs",
      dimensions: { QueueName: "dev-churn-unclosed-runs" },
      threshold: 0,
    });
  });

  it("tells the function what it may close", async () => {
    const { find } = await runCloser();

    expect(find("closer-close-run").inputs["environment"]).to.deep.equal({
      variables: {
        BUCKET: bucket,
        STACK: "dev",
        PIPELINE: "churn",
        RUN_PREFIX: "dev-churn--",
        ENDPOINT_NAME: "churn",
        GLUE_JOB: "dev-churn-etl",
      },
    });
  });

  it("lets the function stop tuning jobs where runs have those in place of training jobs", () => {
    const { tuningPrefix } = tunedContext().names;
    const stops = closeRunStatements(tunedContext()).filter(({ Action }) =>
      Action.join().includes("sagemaker:Stop"),
    );

    expect(stops).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["sagemaker:StopHyperParameterTuningJob"],
        Resource: [arn("sagemaker", `hyper-parameter-tuning-job/${tuningPrefix}*`)],
      },
    ]);
  });

  it("lets the function look, stop, discard, record and tell, nothing else", () => {
    const report = `arn:aws:s3:::${bucket}/runs/*/report.json`;
    const etlReport = `arn:aws:s3:::${bucket}/output/*/etl.json`;
    const statements = closeRunStatements(churnContext()).map(
      ({ Effect, Action, Resource, Condition }) => [Effect, Action, Resource, Condition],
    );

    expect(statements).to.deep.equal([
      [
        "Allow",
        ["states:GetExecutionHistory"],
        [arn("states", "execution:dev-churn-retraining:*")],
        undefined,
      ],
      [
        "Allow",
        ["glue:GetJobRuns", "glue:BatchStopJobRun"],
        [arn("glue", "job/dev-churn-etl")],
        undefined,
      ],
      [
        "Allow",
        ["sagemaker:StopTrainingJob"],
        [arn("sagemaker", "training-job/dev-churn--*")],
        undefined,
      ],
      [
        "Allow",
        ["sagemaker:DescribeEndpoint", "sagemaker:DeleteEndpoint"],
        [arn("sagemaker", "endpoint/churn")],
        undefined,
      ],
      [
        "Allow",
        ["sagemaker:DeleteEndpointConfig"],
        [arn("sagemaker", "endpoint-config/dev-churn--*")],
        undefined,
      ],
      ["Allow", ["sagemaker:DeleteModel"], [arn("sagemaker", "model/dev-churn--*")], undefined],
      ["Allow", ["s3:GetObject"], [report, etlReport], undefined],
      ["Allow", ["s3:ListBucket"], [`arn:aws:s3:::${bucket}`], undefined],
      ["Allow", ["s3:PutObject"], [report], undefined],
      [
        "Allow",
        ["events:PutEvents"],
        [arn("events", "event-bus/default")],
        { StringEquals: { "events:source": "retraining" } },
      ],
      ["Allow", ["sqs:SendMessage"], [arn("sqs", "dev-churn-unclosed-runs")], undefined],
    ]);
  });
});
