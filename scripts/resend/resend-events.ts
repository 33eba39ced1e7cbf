import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

export interface Clients {
  sqs: SQSClient;
  lambda: LambdaClient;
}

/** A queue of events that failed, and the function that they were for. */
export interface Source {
  queueName: string;
  functionName: string;
}

/** What became of one event. */
export interface Resent {
  succeeded: boolean;
  /** What the event is about: the key of an upload, or the title of a run. */
  subject: string;
  /** What the function did, or why it failed again. */
  outcome: string;
}

/** Longer than a function may take, so that nobody else receives the message meanwhile. */
const hiddenSeconds = 1000;

/**
 * Invokes the function with each event of the queue, as it was, and waits for its answer. A message is deleted once the
 * function succeeded with it; the others are in the queue again at the end.
 *
 * An event that is sent twice does no harm: the functions are made for that.
 */
export async function* resendEvents(
  { sqs, lambda }: Clients,
  { queueName, functionName }: Source,
): AsyncGenerator<Resent> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queueName }));
  const failed: Message[] = [];
  try {
    for (;;) {
      const { Messages: messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: hiddenSeconds,
          WaitTimeSeconds: 2, // asks all of SQS's servers: without, a message here or there is missed
        }),
      );
      if (messages.length === 0) return;
      const results = await Promise.all(
        messages.map(async (message) => {
          const resent = await resend(lambda, functionName, message.Body ?? "");
          const { ReceiptHandle } = message;
          if (resent.succeeded)
            await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
          else failed.push(message);
          return resent;
        }),
      );
      yield* results;
    }
  } finally {
    for (const { ReceiptHandle } of failed) {
      await sqs.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
      );
    }
  }
}

async function resend(lambda: LambdaClient, functionName: string, body: string): Promise<Resent> {
  const subject = subjectOf(body);
  try {
    const { FunctionError: failed, Payload: payload } = await lambda.send(
      new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(body) }),
    );
    const answer = JSON.parse(Buffer.from(payload ?? []).toString() || "null");
    return failed === undefined
      ? { succeeded: true, subject, outcome: `${answer?.outcome}: ${answer?.title}` }
      : { succeeded: false, subject, outcome: `${answer?.errorType}: ${answer?.errorMessage}` };
  } catch (error) {
    const { name, message } = error as Error;
    return { succeeded: false, subject, outcome: `${name}: ${message}` };
  }
}

function subjectOf(body: string): string {
  try {
    const { detail } = JSON.parse(body);
    return String(detail.object?.key ?? detail.name);
  } catch {
    return body.slice(0, 80); // no event: the function will say so
  }
}
