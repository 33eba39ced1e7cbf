import { LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import {
  type CommandLine,
  memberIn,
  memberOptions,
  runCommand,
  UsageError,
} from "./command-line.ts";
import { type FailedEvents, failedEventsIn, failedEventsOf } from "./failed-events.ts";
import { resendEvents, type Source } from "./resend/resend-events.ts";
import { readStackOutputs } from "./stack-outputs.ts";

const usage = `npm run resend -- (--stack STACK [(--pipeline | --comparison) NAME] | --state-machine ARN)

Sends again what could not be handled: uploads that started no run, and ends of runs that could not be recorded. An event
leaves its queue once it was handled. Exit code 1 when some failed again: they stay in the queue.

  --pipeline NAME       of this pipeline only (default: of all pipelines and comparisons that the stack has, by its outputs)
  --comparison NAME     of this comparison only
  --state-machine ARN   of the pipeline or comparison whose state machine this is: npm run local prints it`;

await runCommand(usage, [...memberOptions, "state-machine"], async ({ options }) => {
  const clients = { sqs: new SQSClient({}), lambda: new LambdaClient({}) };
  let failed = 0;
  let sent = 0;
  for (const source of (await queuesIn(options)).flatMap(sourcesOf)) {
    for await (const { succeeded, subject, outcome } of resendEvents(clients, source)) {
      console.log(`${succeeded ? "sent  " : "failed"} ${oneLine(`${subject}: ${outcome}`)}`);
      sent += 1;
      failed += succeeded ? 0 : 1;
    }
  }
  console.log(sent === 0 ? "nothing to send" : `${sent - failed} of ${sent} handled`);
  if (failed > 0) process.exitCode = 1;
});

/** Queues of what the options name: that needs no Pulumi, but for all of a stack. */
async function queuesIn(options: CommandLine["options"]): Promise<FailedEvents[]> {
  const machine = options["state-machine"];
  if (machine !== undefined) return [failedEventsOf(machine)];
  const { stack } = options;
  if (stack === undefined) throw new UsageError("--stack or --state-machine is missing");
  // as Pulumi takes it, organization and project before it or not
  const name = stack.split("/").at(-1) ?? stack;
  const member = memberIn(options);
  if (member !== undefined) return [failedEventsIn(name, member)];
  const { pipelines, comparisons } = await readStackOutputs(stack);
  return [...Object.values(pipelines), ...Object.values(comparisons)].map((outputs) =>
    failedEventsOf(outputs.stateMachineArn),
  );
}

function sourcesOf({ failedStarts, unclosedRuns }: FailedEvents): Source[] {
  return [failedStarts, unclosedRuns];
}

/** Keys may hold line breaks, and errors too. */
function oneLine(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
}
