import type { SQSClient } from "@aws-sdk/client-sqs";
import { countWaiting, failedEventsIn } from "../../scripts/failed-events.ts";
import type { Member } from "../../scripts/stack-outputs.ts";
import { type Look, say } from "./watch-runs.ts";

/** Says of each event that comes into a dead-letter queue, those of before included, and how it is sent again. */
export function watchDeadLetters(
  sqs: SQSClient,
  stack: string,
  members: readonly Member[],
  everyMs = 3000,
): Look {
  const known = new Map<string, number>();
  let lookedAt = 0;
  return async () => {
    if (Date.now() - lookedAt < everyMs) return;
    lookedAt = Date.now();
    for (const member of members) {
      const { failedStarts, unclosedRuns } = failedEventsIn(stack, member);
      for (const [queue, what] of [
        [failedStarts, "started no run"],
        [unclosedRuns, "ended and could not be recorded"],
      ] as const) {
        const count = await countWaiting(sqs, queue);
        if (count > (known.get(queue.queueName) ?? 0)) {
          const subject = queue === failedStarts ? "upload" : "run";
          const events = count === 1 ? `1 ${subject}` : `${count} ${subject}s`;
          say(`${member.name}  ${events} ${what}: in the dead-letter queue ${queue.queueName}`);
          console.log(
            `  once the cause is gone: npm run resend -- --stack ${stack} --${member.kind} ${member.name}`,
          );
        }
        known.set(queue.queueName, count);
      }
    }
  };
}
