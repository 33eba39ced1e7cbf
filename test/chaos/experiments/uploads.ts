import { InvokeCommand } from "@aws-sdk/client-lambda";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { bucketLayout } from "../../../components/bucket-layout.ts";
import type { Experiment } from "../experiment.ts";
import type { ExperimentCloud, Upload } from "../experiment-cloud.ts";
import { acceptedInput, brokenInput, rejectedInput } from "../inputs.ts";
import { objectCreated } from "../object-created.ts";
import { endpointState, outcomeLine } from "../struck-run.ts";
import { until } from "../until.ts";

export const uploads: Experiment[] = [
  {
    name: "upload-to-endpoint",
    promise: "no-upload-lost",
    expected: "SUCCEEDED, the endpoint serves this run's model, event Succeeded, no leftovers",
    quick: true,
    async run(bench) {
      const run = await bench.run(acceptedInput(11));
      if (run.status !== "SUCCEEDED") return `${run.ended}: ${run.execution.cause}`;
      const event = await bench.eventOf(run.title);
      const score = Number(await bench.invoke());
      const own = (await bench.endpoint())?.config === `${bench.names.runPrefix}${run.title}`;
      const serves = own && score >= 0 && score <= 1 ? "serves" : "does not serve";
      return `${run.ended}, the endpoint ${serves} this run's model, event ${event.detail.status}, ${await bench.leftoverLine()}`;
    },
  },
  {
    name: "event-twice",
    promise: "one-run-per-upload",
    expected: "1 execution, SUCCEEDED, second event: already started",
    quick: true,
    async run(bench) {
      const upload = await bench.upload(acceptedInput(12));
      const { ended } = await bench.finished(upload);
      const answer = await sendAgain(bench, upload);
      const { executions = [] } = await bench.clients.sfn.send(
        new ListExecutionsCommand({ stateMachineArn: bench.churn.stateMachineArn }),
      );
      const same = executions.filter(({ name }) => name === upload.title);
      return `${same.length} execution, ${ended}, second event: ${answer}`;
    },
  },
  {
    name: "empty-upload",
    promise: "no-upload-lost",
    expected: "no execution, a record of the refusal: it is empty",
    quick: true,
    async run(bench) {
      const upload = await bench.upload("");
      const record = await until("the record of the refusal", () => refusal(bench, upload.title));
      const execution = (await bench.execution(upload)) === undefined ? "no" : "an";
      const why = /is empty/.test(record.reason) ? "it is empty" : record.reason;
      return `${execution} execution, a record of the refusal: ${why}`;
    },
  },
  {
    name: "broken-row",
    promise: "endpoint-keeps-answering",
    expected:
      "FAILED EtlFailed, event Failed EtlFailed, endpoint as before, no leftovers; named: 8, Account Length, many",
    quick: true,
    async run(bench) {
      const before = await endpointState(bench);
      const run = await bench.run(brokenInput());
      const cause = run.execution.cause ?? "";
      const found = ["8", "Account Length", "many"].filter((word) =>
        new RegExp(`\\b${word}\\b`).test(cause),
      );
      return `${await outcomeLine(bench, run, before)}; named: ${found.join(", ")}`;
    },
  },
  {
    name: "model-below-threshold",
    promise: "endpoint-keeps-answering",
    expected:
      "FAILED ModelRejected, event Rejected ModelRejected, endpoint as before, no leftovers; says by how much",
    quick: true,
    async run(bench) {
      const before = await endpointState(bench);
      const run = await bench.run(rejectedInput());
      const much = /above the threshold 0\.25 by 0\.\d+/.test(run.execution.cause ?? "");
      return `${await outcomeLine(bench, run, before)}; ${much ? "says" : "does not say"} by how much`;
    },
  },
];

/** Why an upload started nothing, once it is on record. */
async function refusal(
  { clients, churn }: ExperimentCloud,
  title: string,
): Promise<{ reason: string } | undefined> {
  const Key = bucketLayout.refusal(title);
  const answer = await clients.s3
    .send(new GetObjectCommand({ Bucket: churn.bucket, Key }))
    .catch((error: Error) => {
      if (error.name === "NoSuchKey") return undefined;
      throw error;
    });
  return answer && JSON.parse((await answer.Body?.transformToString()) ?? "");
}

/** Hands the trigger the event of an upload once more, as EventBridge may. */
async function sendAgain(bench: ExperimentCloud, upload: Upload): Promise<string> {
  const { Payload } = await bench.clients.lambda.send(
    new InvokeCommand({
      FunctionName: bench.names.startRetrainingFunction,
      Payload: JSON.stringify(
        objectCreated({ cloud: bench.cloud, bucket: bench.churn.bucket }, upload),
      ),
    }),
  );
  return JSON.parse(Buffer.from(Payload ?? []).toString()).outcome;
}
