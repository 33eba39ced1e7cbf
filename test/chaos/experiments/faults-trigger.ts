import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { resendEvents } from "../../../scripts/resend/resend-events.ts";
import type { Experiment } from "../experiment.ts";
import type { ExperimentCloud, Upload } from "../experiment-cloud.ts";
import { acceptedInput } from "../inputs.ts";
import { withFaults } from "../struck-run.ts";
import { until } from "../until.ts";

const startedOnce = "1 execution SUCCEEDED, no dead letter";
const startedLater =
  "no execution and 1 dead letter; sent again: started; then 1 execution SUCCEEDED, no dead letter";

export const faultsOfTrigger: Experiment[] = [
  {
    name: "event-delivered-twice",
    promise: "one-run-per-upload",
    expected: startedOnce,
    quick: true,
    run: (bench) => struckUpload(bench, "event-twice"),
  },
  {
    name: "trigger-throws",
    promise: "no-upload-lost",
    expected: startedOnce,
    quick: false,
    run: (bench) => struckUpload(bench, "function-throws=start-retraining:2"),
  },
  {
    name: "trigger-throws-for-good",
    promise: "failed-starts-can-be-repeated",
    expected: startedLater,
    quick: true,
    run: (bench) => lostAndSentAgain(bench, "function-throws=start-retraining:3"),
  },
  {
    name: "trigger-times-out",
    promise: "one-run-per-upload",
    expected: startedOnce,
    quick: true,
    run: (bench) => struckUpload(bench, "function-times-out=start-retraining"),
  },
  {
    name: "trigger-throttled",
    promise: "no-upload-lost",
    expected: startedOnce,
    quick: false,
    run: (bench) => struckUpload(bench, "function-throttled=start-retraining:2"),
  },
  {
    name: "s3-slow-for-trigger",
    promise: "no-upload-lost",
    expected: startedOnce,
    quick: true,
    run: (bench) => struckUpload(bench, "s3-slow-down=runs/:2"),
  },
  {
    name: "s3-slow-for-trigger-for-good",
    promise: "failed-starts-can-be-repeated",
    expected: startedLater,
    quick: false,
    // three attempts of the function, each with three of its SDK
    run: (bench) => lostAndSentAgain(bench, "s3-slow-down=runs/:9"),
  },
];

/** An upload whose run starts in spite of the fault. */
async function struckUpload(bench: ExperimentCloud, fault: string): Promise<string> {
  const { upload } = await withFaults(bench, [fault], () => bench.run(acceptedInput())).then(
    (run) => ({ upload: run }),
  );
  return `${await executionsOf(bench, upload)}, ${await deadLettersOf(bench, upload)}`;
}

/** An upload that the fault keeps from starting a run, until what the queue holds is sent again. */
async function lostAndSentAgain(bench: ExperimentCloud, fault: string): Promise<string> {
  const upload = await withFaults(bench, [fault], async () => {
    const lost = await bench.upload(acceptedInput());
    await until("the dead letter", async () =>
      (await deadLettersOf(bench, lost)) === "no dead letter" ? undefined : true,
    );
    return lost;
  });
  const before = `${await executionsOf(bench, upload)} and ${await deadLettersOf(bench, upload)}`;
  const resent = await sendAgain(bench, upload);
  await bench.finished(upload);
  return (
    `${before}; sent again: ${resent}; then ${await executionsOf(bench, upload)}, ` +
    (await deadLettersOf(bench, upload))
  );
}

/** What became of the upload's event: "started". Other letters are sent too, as the command does. */
async function sendAgain(bench: ExperimentCloud, { key }: Upload): Promise<string> {
  const source = {
    queueName: bench.names.failedStartsQueue,
    functionName: bench.names.startRetrainingFunction,
  };
  const outcomes: string[] = [];
  for await (const { subject, outcome } of resendEvents(bench.clients, source)) {
    if (subject === key) outcomes.push(outcome.replace(/: .*/, ""));
  }
  return outcomes.join(", ");
}

/** "1 execution SUCCEEDED", or "no execution". */
async function executionsOf(bench: ExperimentCloud, { title }: Upload): Promise<string> {
  const { executions = [] } = await bench.clients.sfn.send(
    new ListExecutionsCommand({ stateMachineArn: bench.churn.stateMachineArn }),
  );
  const own = executions.filter(({ name }) => name === title).map(({ status }) => status);
  return own.length === 0 ? "no execution" : `${own.length} execution ${own.join(", ")}`;
}

async function deadLettersOf(bench: ExperimentCloud, { key }: Upload): Promise<string> {
  const own = (await bench.deadLetters()).filter(({ Body = "" }) => Body.includes(`"${key}"`));
  return own.length === 0 ? "no dead letter" : `${own.length} dead letter`;
}
