import { GetObjectCommand } from "@aws-sdk/client-s3";
import { DescribeExecutionCommand } from "@aws-sdk/client-sfn";
import { executionArnOf } from "../../../components/execution-arn.ts";
import type { Experiment } from "../experiment.ts";
import { acceptedInput } from "../inputs.ts";
import { killedCloud } from "../killed-cloud.ts";
import { endpointState, outcomeLine } from "../struck-run.ts";

const succeeded =
  "killed, no process left; SUCCEEDED, event Succeeded, endpoint serves this run's model, no leftovers; next run SUCCEEDED";
const failed = (name: string, endpoint = "endpoint as before") =>
  `killed, no process left; FAILED ${name}, event Failed ${name}, ${endpoint}, no leftovers; next run SUCCEEDED`;

/** kill -9 of the process that a user's command is, SageMaker and Glue in it: jobs that run end with it, and say so. */
const steps: { name: string; at: string; served?: boolean; expected: string; quick?: boolean }[] = [
  { name: "etl-starts", at: "Run ETL", expected: succeeded },
  { name: "etl-runs", at: "Run ETL/submitted", expected: failed("EtlFailed") },
  // A job that ends for an internal error is no reason to give up: another one is started.
  { name: "training-runs", at: "Train Model/submitted", expected: succeeded, quick: true },
  { name: "model-is-there", at: "Create Model/done", expected: succeeded },
  {
    name: "endpoint-comes",
    at: "Create Endpoint/done",
    served: false,
    expected: failed("EndpointCreationFailed", "endpoint is gone"),
  },
  {
    name: "endpoint-updates",
    at: "Update Endpoint/done",
    expected: failed("EndpointUpdateFailed"),
  },
  { name: "run-is-recorded", at: "Record Run/done", expected: succeeded },
];

export const killsOfLocalCloud: Experiment[] = [
  ...steps.map(
    ({ name, at, served = true, expected, quick = false }): Experiment => ({
      name: `local-cloud-killed-as-${name}`,
      promise: "crashes-are-survived",
      expected,
      quick,
      standalone: true,
      run: () => killedAt(at, served),
    }),
  ),
  {
    name: "finished-work-after-a-kill",
    promise: "finished-work-survives",
    expected:
      "the finished run SUCCEEDED, report Succeeded, its input byte for byte; the endpoint's config and answer as before",
    quick: false,
    standalone: true,
    run: finishedWork,
  },
];

async function killedAt(step: string, served: boolean): Promise<string> {
  const { end, bench, upload, before } = await killedCloud(step, served);
  try {
    const run = await bench.finished(upload);
    const outcome = await outcomeLine(bench, run, before ?? { config: "none", answer: "none" });
    const next = await bench.run(undefined, "input/next.csv");
    return `${end}; ${outcome}; next run ${next.ended}`;
  } finally {
    await bench.stop();
  }
}

/** What the run that made the endpoint left, after a kill in the middle of the next one. */
async function finishedWork(): Promise<string> {
  const { bench, upload, before } = await killedCloud("Run ETL/submitted", true);
  try {
    await bench.finished(upload);
    const title = before?.config.slice(bench.names.runPrefix.length) ?? "";
    const { sfn, s3 } = bench.clients;
    const executionArn = executionArnOf(bench.churn.stateMachineArn, title);
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket: bench.churn.bucket, Key: `runs/${title}/input.csv` }),
    );
    const input = await Body?.transformToString();
    const report = await bench.report(title);
    const now = await endpointState(bench);
    const kept = now.config === before?.config && now.answer === before.answer;
    return `the finished run ${status}, report ${report?.status}, its input ${input === acceptedInput() ? "byte for byte" : "another"}; the endpoint's config and answer ${kept ? "as before" : "others"}`;
  } finally {
    await bench.stop();
  }
}
