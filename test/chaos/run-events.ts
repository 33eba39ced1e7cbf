import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import type { CloudClients } from "./cloud-clients.ts";

/** A `Retraining Run Finished` event as a receiver in the account sees it. */
export interface RunEvent {
  source: string;
  "detail-type": string;
  detail: { title: string; status: string; error?: { name: string } } & Record<string, unknown>;
}

const name = "run-events-of-experiments";

/** The events that runs send at their end, caught as a user would: by a rule and a queue. */
export class RunEvents {
  readonly #clients: CloudClients;
  readonly #queueUrl: string;
  readonly #seen: RunEvent[] = [];

  private constructor(clients: CloudClients, queueUrl: string) {
    this.#clients = clients;
    this.#queueUrl = queueUrl;
  }

  static async listen(clients: CloudClients, accountId: string): Promise<RunEvents> {
    const region = (await clients.events.config.region()) as string;
    const arn = `arn:aws:sqs:${region}:${accountId}:${name}`;
    const policy = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: arn,
          Condition: {
            ArnEquals: { "aws:SourceArn": `arn:aws:events:${region}:${accountId}:rule/${name}` },
          },
        },
      ],
    };
    const { QueueUrl = "" } = await clients.sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes: { Policy: JSON.stringify(policy) } }),
    );
    await clients.events.send(
      new PutRuleCommand({
        Name: name,
        EventPattern: JSON.stringify({
          source: ["retraining"],
          "detail-type": ["Retraining Run Finished"],
        }),
      }),
    );
    await clients.events.send(
      new PutTargetsCommand({ Rule: name, Targets: [{ Id: "queue", Arn: arn }] }),
    );
    return new RunEvents(clients, QueueUrl);
  }

  /** All that came so far, oldest first. */
  async seen(): Promise<RunEvent[]> {
    for (;;) {
      const { Messages = [] } = await this.#clients.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: this.#queueUrl, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return this.#seen;
      for (const { Body = "", ReceiptHandle } of Messages) {
        this.#seen.push(JSON.parse(Body) as RunEvent);
        await this.#clients.sqs.send(
          new DeleteMessageCommand({ QueueUrl: this.#queueUrl, ReceiptHandle }),
        );
      }
    }
  }
}
