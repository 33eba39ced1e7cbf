import { expect } from "chai";
import { InputTrigger, startRetrainingStatements } from "../../components/input-trigger.ts";
import { record } from "../support/mocks.ts";
import { churnContext } from "../support/pipeline.ts";

const machine = "arn:aws:states:eu-west-1:123456789012:stateMachine:dev-churn-retraining";
const { bucket } = churnContext();

function inputTrigger() {
  const context = churnContext();
  return record(() => new InputTrigger("input", { context, stateMachineArn: machine }));
}

describe("InputTrigger", () => {
  it("creates a rule with its target, the function, and a queue with an alarm", async () => {
    const { resources } = await inputTrigger();

    expect(resources.map(({ type, name }) => `${type} ${name}`)).to.have.members([
      "aws:sqs/queue:Queue input-failed-starts",
      "aws:sqs/queuePolicy:QueuePolicy input-failed-starts-policy",
      "aws:cloudwatch/metricAlarm:MetricAlarm input-failed-starts-alarm",
      "aws:cloudwatch/logGroup:LogGroup input-start-retraining-logs",
      "aws:iam/role:Role input-start-retraining-role",
      "aws:iam/rolePolicy:RolePolicy input-start-retraining-policy",
      "aws:lambda/function:Function input-start-retraining",
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig input-retries",
      "aws:cloudwatch/eventRule:EventRule input-uploaded",
      "aws:lambda/permission:Permission input-permission",
      "aws:cloudwatch/eventTarget:EventTarget input-target",
    ]);
  });

  it("listens to every object that comes to be below input/ of its bucket", async () => {
    const { find } = await inputTrigger();

    expect(JSON.parse(find("input-uploaded").inputs["eventPattern"])).to.deep.equal({
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: { bucket: { name: [bucket] }, object: { key: [{ prefix: "input/" }] } },
    });
  });

  it("retries, and keeps what could not be handled, wherever it got stuck", async () => {
    const { find } = await inputTrigger();

    const queue = "arn:aws:sqs:eu-west-1:123456789012:dev-churn-failed-starts";
    expect(find("input-target").inputs).to.deep.equal({
      rule: "dev-churn-input-uploaded",
      arn: "arn:aws:lambda:eu-west-1:123456789012:dev-churn-start-retraining",
      retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 21_600 },
      deadLetterConfig: { arn: queue },
    });
    expect(find("input-retries").inputs).to.deep.equal({
      functionName: "dev-churn-start-retraining",
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 21_600,
    });
    expect(find("input-start-retraining").inputs["deadLetterConfig"]).to.deep.equal({
      targetArn: queue,
    });
  });

  it("alarms as soon as the queue holds a message", async () => {
    const { find } = await inputTrigger();

    expect(find("input-failed-starts-alarm").inputs).to.deep.include({
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: "dev-churn-failed-starts" },
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
    });
  });

  it("encrypts the queue, takes messages from the rule alone, and refuses requests without TLS", async () => {
    const { find } = await inputTrigger();

    const queue = "arn:aws:sqs:eu-west-1:123456789012:dev-churn-failed-starts";
    expect(find("input-failed-starts").inputs).to.deep.equal({
      name: "dev-churn-failed-starts",
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 1_209_600,
    });
    expect(JSON.parse(find("input-failed-starts-policy").inputs["policy"]).Statement).to.deep.equal(
      [
        {
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: ["sqs:SendMessage"],
          Resource: [queue],
          Condition: {
            ArnEquals: {
              "aws:SourceArn":
                "arn:aws:events:eu-west-1:123456789012:rule/dev-churn-input-uploaded",
            },
          },
        },
        {
          Effect: "Deny",
          Principal: "*",
          Action: ["sqs:*"],
          Resource: [queue],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    );
  });

  it("lets that rule alone invoke the function", async () => {
    const { find } = await inputTrigger();

    expect(find("input-permission").inputs).to.deep.equal({
      action: "lambda:InvokeFunction",
      function: "dev-churn-start-retraining",
      principal: "events.amazonaws.com",
      sourceArn: "arn:aws:cloudwatch:eu-west-1:123456789012:dev-churn-input-uploaded",
    });
  });

  it("lets the function copy uploads, start runs, refuse, and give up, nothing else", () => {
    const arn = `arn:aws:s3:::${bucket}`;

    expect(startRetrainingStatements(churnContext())).to.deep.equal([
      { Effect: "Allow", Action: ["s3:GetObjectVersion"], Resource: [`${arn}/input/*`] },
      {
        Effect: "Allow",
        Action: ["s3:PutObject"],
        Resource: [`${arn}/runs/*/input.csv`, `${arn}/refused/*.json`],
      },
      {
        Effect: "Allow",
        Action: ["s3:AbortMultipartUpload"],
        Resource: [`${arn}/runs/*/input.csv`],
      },
      { Effect: "Allow", Action: ["states:StartExecution"], Resource: [machine] },
      {
        Effect: "Allow",
        Action: ["sqs:SendMessage"],
        Resource: ["arn:aws:sqs:eu-west-1:123456789012:dev-churn-failed-starts"],
      },
    ]);
  });
});
