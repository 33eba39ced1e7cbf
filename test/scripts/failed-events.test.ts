import type { SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { countWaiting, failedEventsIn, failedEventsOf } from "../../scripts/failed-events.ts";
import { fakeClient, serviceError } from "../support/fake-client.ts";

const arn = "arn:aws:states:us-east-2:000000000000:stateMachine";
const source = { queueName: "dev-churn-failed-starts", functionName: "f" };

describe("failedEventsOf", () => {
  it("knows queues and functions of a pipeline by its state machine, wherever its stack's name ends", () => {
    const events = failedEventsOf(`${arn}:dev-eu-churn-retraining`);

    expect(events).to.deep.equal(failedEventsIn("dev-eu", { kind: "pipeline", name: "churn" }));
    expect(events.unclosedRuns).to.deep.equal({
      queueName: "dev-eu-churn-unclosed-runs",
      functionName: "dev-eu-churn-close-run",
    });
  });

  it("knows the function that closes a comparison", () => {
    const { failedStarts, unclosedRuns } = failedEventsOf(`${arn}:dev-abalone-comparison`);

    expect(failedStarts.functionName).to.equal("dev-abalone-start-retraining");
    expect(unclosedRuns.functionName).to.equal("dev-abalone-close-comparison");
  });

  it("refuses another state machine", () => {
    expect(() => failedEventsOf(`${arn}:mine`)).to.throw(":mine is no state machine of a pipeline");
  });
});

describe("countWaiting", () => {
  it("counts what waits and what is being sent again", async () => {
    const { client } = fakeClient<SQSClient>({
      GetQueueUrl: () => ({ QueueUrl: "url" }),
      GetQueueAttributes: () => ({
        Attributes: {
          ApproximateNumberOfMessages: "2",
          ApproximateNumberOfMessagesNotVisible: "1",
        },
      }),
    });

    expect(await countWaiting(client, source)).to.equal(3);
  });

  it("finds nothing where there is no such queue", async () => {
    const { client } = fakeClient<SQSClient>({
      GetQueueUrl: () => {
        throw serviceError("QueueDoesNotExist");
      },
    });

    expect(await countWaiting(client, source)).to.equal(0);
  });
});
