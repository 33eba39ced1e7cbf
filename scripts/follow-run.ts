import { setTimeout as sleep } from "node:timers/promises";
import { S3Client } from "@aws-sdk/client-s3";
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  ListExecutionsCommand,
  SFNClient,
} from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { bucketLayout } from "../components/bucket-layout.ts";
import { executionArnOf } from "../components/execution-arn.ts";
import { memberOptions, resolveName, runCommand } from "./command-line.ts";
import { outcomeLines } from "./comparison-outcome.ts";
import { readComparisonReport, reportPlaces } from "./comparison-report.ts";
import { countWaiting, failedEventsOf } from "./failed-events.ts";
import { bucketOf, describeRefusal, readRefusal } from "./refusals.ts";
import {
  comparisonLabelWidth,
  followRun,
  labelOf,
  type Step,
  secondsOf,
  settledSteps,
} from "./run-history.ts";

const usage = `npm run follow -- (--stack STACK (--pipeline | --comparison) NAME | --state-machine ARN) [TITLE]

Shows the steps of a run until it ends: the run named, or the newest; of a comparison, then who wins, and where its report is. Exit
code 1 when it did not succeed.`;

const pollMs = 2000;

/** A run that was just uploaded for is there within moments. */
const startWaitMs = 10_000;
const graceMs = 2000;

await runCommand(
  usage,
  [...memberOptions, "state-machine"],
  async ({ options, positionals }) => {
    const stateMachineArn = await resolveName(options, "state-machine", "stateMachineArn");
    const client = new SFNClient({});
    const [title] = positionals;
    const arn = await findRun(client, stateMachineArn, title);
    const shown = new Set<number>();
    for await (const snapshot of followRun(client, arn, pollMs)) {
      for (const [i, step] of settledSteps(snapshot)) {
        if (step.endedAt !== undefined && !shown.has(i)) showStep(step);
        shown.add(i);
      }
      const { finished, execution, isComparison } = snapshot;
      if (!finished) continue;
      const error = execution.error ? `: ${execution.error}: ${execution.cause}` : "";
      console.log(`${execution.name} ${execution.status}${error}`);
      if (isComparison) await showOutcome(execution);
      process.exitCode = execution.status === "SUCCEEDED" ? 0 : 1;
    }
  },
  { most: 1 },
);

function showStep(step: Step): void {
  const width = step.part === undefined ? 26 : comparisonLabelWidth;
  const failed = step.failed ? "  failed" : "";
  console.log(`${labelOf(step).padEnd(width)} ${secondsOf(step).toFixed(1)} s${failed}`);
}

async function showOutcome({ input, error }: DescribeExecutionOutput): Promise<void> {
  const { bucket, title } = JSON.parse(input ?? "{}") as { bucket: string; title: string };
  const report = await readComparisonReport(new S3Client({}), bucket, title);
  if (report === undefined) return console.log("no report: it ended before it was recorded");
  for (const line of [...outcomeLines(report, error), ...reportPlaces(bucket, title)])
    console.log(line);
}

/** @throws an Error that says why there is none, and what to do */
async function findRun(
  client: SFNClient,
  stateMachineArn: string,
  title: string | undefined,
): Promise<string> {
  const sqs = new SQSClient({});
  const s3 = new S3Client({});
  const started = Date.now();
  for (;;) {
    const found =
      title === undefined
        ? await newestRun(client, stateMachineArn)
        : await runOf(client, executionArnOf(stateMachineArn, title));
    if (found !== undefined) return found;
    if (title !== undefined) await checkRefusal(s3, stateMachineArn, title);
    const waited = Date.now() - started;
    // what was uploaded before may wait in the queue while this one starts
    if (waited > graceMs) await checkDeadLetters(sqs, stateMachineArn);
    if (waited > startWaitMs) throw new Error(noRun(title));
    await sleep(pollMs / 4);
  }
}

async function newestRun(client: SFNClient, stateMachineArn: string): Promise<string | undefined> {
  const { executions } = await client.send(
    new ListExecutionsCommand({ stateMachineArn, maxResults: 1 }),
  );
  return executions?.[0]?.executionArn;
}

async function runOf(client: SFNClient, executionArn: string): Promise<string | undefined> {
  try {
    await client.send(new DescribeExecutionCommand({ executionArn }));
    return executionArn;
  } catch (error) {
    if ((error as Error).name === "ExecutionDoesNotExist") return undefined;
    throw error;
  }
}

function noRun(title: string | undefined): string {
  return title === undefined
    ? "there is no run yet: upload an input first"
    : `there is no run ${title}: the upload starts it within moments, unless it was refused (refused/ in the bucket says why)`;
}

async function checkRefusal(s3: S3Client, stateMachineArn: string, title: string): Promise<void> {
  const bucket = bucketOf(stateMachineArn);
  if (bucket === undefined) return;
  // who may follow runs need not be allowed to read the bucket
  const refusal = await readRefusal(s3, bucket, bucketLayout.refusal(title)).catch(() => undefined);
  if (refusal !== undefined) throw new Error(`no run ${title}: ${describeRefusal(refusal)}`);
}

async function checkDeadLetters(sqs: SQSClient, stateMachineArn: string): Promise<void> {
  const { failedStarts } = failedEventsOf(stateMachineArn);
  const waiting = await countWaiting(sqs, failedStarts);
  if (waiting === 0) return;
  const what = waiting === 1 ? "1 upload" : `${waiting} uploads`;
  throw new Error(
    `${what} could not start a run: the events wait in the dead-letter queue ${failedStarts.queueName}.\n` +
      `Once the cause is gone: npm run resend -- --state-machine ${stateMachineArn}`,
  );
}
