import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { type Resent, resendEvents } from "../../../scripts/resend/resend-events.ts";
import { fakeClient, serviceError } from "../../support/fake-client.ts";

const source = {
  queueName: "dev-churn-failed-starts",
  functionName: "dev-churn-start-retraining",
};
const upload = (key: string) => JSON.stringify({ detail: { object: { key } } });

/** @param bodies of each batch that the queue gives; `answers` of the function, by body */
async function resending(
  bodies: string[][],
  answer: (body: string) => { error?: boolean; payload: object },
) {
  const sqs = fakeClient<SQSClient>({
    GetQueueUrl: () => ({ QueueUrl: "url" }),
    ReceiveMessage: (_input, calls) => ({
      Messages: bodies[calls]?.map((Body) => ({ Body, ReceiptHandle: `receipt of ${Body}` })),
    }),
    DeleteMessage: () => ({}),
    ChangeMessageVisibility: () => ({}),
  });
  const lambda = fakeClient<LambdaClient>({
    Invoke: ({ Payload }: { Payload: Uint8Array }) => {
      const { error, payload } = answer(Buffer.from(Payload).toString());
      return {
        Payload: Buffer.from(JSON.stringify(payload)),
        ...(error && { FunctionError: "Unhandled" }),
      };
    },
  });
  const results: Resent[] = [];
  const clients = { sqs: sqs.client, lambda: lambda.client };
  for await (const resent of resendEvents(clients, source)) results.push(resent);
  const receipts = (command: string) =>
    sqs.sent
      .filter((each) => each.command === command)
      .map(({ input }) => String(input["ReceiptHandle"]).replace("receipt of ", ""));
  return { results, sqs: sqs.sent, lambda: lambda.sent, receipts };
}

describe("resendEvents", () => {
  it("invokes the function with each event as it was, batch by batch, and deletes what succeeded", async () => {
    const [one, other] = [upload("input/a.csv"), upload("input/b.csv")];

    const { results, lambda, receipts } = await resending([[one], [other]], () => ({
      payload: { outcome: "started", title: "t" },
    }));

    expect(results).to.deep.equal([
      { succeeded: true, subject: "input/a.csv", outcome: "started: t" },
      { succeeded: true, subject: "input/b.csv", outcome: "started: t" },
    ]);
    expect(lambda.map(({ input }) => input)).to.deep.equal(
      [one, other].map((body) => ({
        FunctionName: "dev-churn-start-retraining",
        Payload: Buffer.from(body),
      })),
    );
    expect(receipts("DeleteMessage")).to.deep.equal([one, other]);
    expect(receipts("ChangeMessageVisibility")).to.deep.equal([]);
  });

  it("leaves what fails again in the queue, visible at once, and goes on with the rest", async () => {
    const [bad, good] = [upload("input/bad.csv"), upload("input/good.csv")];

    const { results, receipts } = await resending([[bad, good]], (body) =>
      body === bad
        ? { error: true, payload: { errorType: "SlowDown", errorMessage: "reduce your rate" } }
        : { payload: { outcome: "already started", title: "t" } },
    );

    expect(results).to.deep.equal([
      { succeeded: false, subject: "input/bad.csv", outcome: "SlowDown: reduce your rate" },
      { succeeded: true, subject: "input/good.csv", outcome: "already started: t" },
    ]);
    expect(receipts("DeleteMessage")).to.deep.equal([good]);
    expect(receipts("ChangeMessageVisibility")).to.deep.equal([bad]);
  });

  it("counts a call that was refused as failed", async () => {
    const { results, receipts } = await resending([["no event"]], () => {
      throw serviceError("TooManyRequestsException", "Rate exceeded");
    });

    expect(results).to.deep.equal([
      {
        succeeded: false,
        subject: "no event",
        outcome: "TooManyRequestsException: Rate exceeded",
      },
    ]);
    expect(receipts("DeleteMessage")).to.deep.equal([]);
  });

  it("names the run of an end that could not be recorded", async () => {
    const body = JSON.stringify({ detail: { name: "request-01-0123456789", status: "ABORTED" } });

    const { results } = await resending([[body]], () => ({
      payload: { outcome: "closed", title: "request-01-0123456789" },
    }));

    expect(results[0]?.subject).to.equal("request-01-0123456789");
  });

  it("hides messages from others for longer than a function may take", async () => {
    const { sqs } = await resending([], () => ({ payload: {} }));

    expect(sqs[1]?.input).to.include({ VisibilityTimeout: 1000, MaxNumberOfMessages: 10 });
  });
});
