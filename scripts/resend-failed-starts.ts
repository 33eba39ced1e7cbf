import { LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import { pipelineNames } from "../components/names.ts";
import { runCommand, UsageError } from "./command-line.ts";
import { resendEvents, type Source } from "./resend/resend-events.ts";
import { readStackOutputs } from "./stack-outputs.ts";

const usage = `npm run resend -- --stack STACK [--pipeline NAME]

Sends again what could not be handled: uploads that started no run, and ends of runs that could not be recorded. An event
leaves its queue once it was handled. Exit code 1 when some failed again: they stay in the queue.

  --pipeline NAME       of this pipeline only (default: of all that the stack has, by its outputs)`;

await runCommand(usage, ["stack", "pipeline"], async ({ options }) => {
  const { stack, pipeline } = options;
  if (stack === undefined) throw new UsageError("--stack is missing");
  const clients = { sqs: new SQSClient({}), lambda: new LambdaClient({}) };
  const pipelines = pipeline ? [pipeline] : Object.keys(await readStackOutputs(stack));
  let failed = 0;
  let sent = 0;
  for (const source of pipelines.flatMap((name) => sourcesOf(stack, name))) {
    for await (const { succeeded, subject, outcome } of resendEvents(clients, source)) {
      console.log(`${succeeded ? "sent  " : "failed"} ${oneLine(`${subject}: ${outcome}`)}`);
      sent += 1;
      failed += succeeded ? 0 : 1;
    }
  }
  console.log(sent === 0 ? "nothing to send" : `${sent - failed} of ${sent} handled`);
  if (failed > 0) process.exitCode = 1;
});

/** @param stack as Pulumi takes it, organization and project before it or not */
function sourcesOf(stack: string, pipeline: string): Source[] {
  const names = pipelineNames(stack.split("/").at(-1) ?? stack, pipeline);
  return [
    { queueName: names.failedStartsQueue, functionName: names.startRetrainingFunction },
    { queueName: names.unclosedRunsQueue, functionName: names.closeRunFunction },
  ];
}

/** Keys may hold line breaks, and errors too. */
function oneLine(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
}
