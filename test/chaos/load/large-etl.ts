import { GetJobRunCommand, GetJobRunsCommand, type JobRun } from "@aws-sdk/client-glue";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { Upload as MultipartUpload } from "@aws-sdk/lib-storage";
import { bucketLayout } from "../../../components/bucket-layout.ts";
import { executionArnOf } from "../../../components/execution-arn.ts";
import { runTitle } from "../../../components/names.ts";
import type { ExperimentCloud, Upload } from "../experiment-cloud.ts";
import { until } from "../until.ts";
import { largeCsv } from "./large-csv.ts";
import { MemoryWatch } from "./memory-watch.ts";

/** What a large input took, from the upload in parts to the end of ETL. */
export interface LargeEtl {
  bytes: number;
  rows: number;
  /** Rows by what became of them, as the script reports them. */
  reported: { read: number; dropped: number; train: number; validate: number; test: number };
  uploadSeconds: number;
  /** From the end of the upload to the start of Glue: trigger and copy of the version included. */
  startSeconds: number;
  etlSeconds: number;
  state: string;
  error: string | undefined;
  memory: MemoryWatch;
}

const partBytes = 16 * 2 ** 20;
const partsAtOnce = 2;

/** Uploads a CSV below `input/`, in parts, and follows its run to the end of ETL, where the run is stopped: training is not measured. */
export async function largeEtl(bench: ExperimentCloud, bytes: number): Promise<LargeEtl> {
  const memory = new MemoryWatch(bench.stateDir);
  try {
    const begun = performance.now();
    const since = () => (performance.now() - begun) / 1000;
    const csv = largeCsv(bytes);
    const upload = await uploadInParts(bench, csv.stream, "input/large.csv");
    const uploadSeconds = since();
    const started = await until("the Glue run", () => glueRun(bench), 600, 500);
    const startSeconds = since() - uploadSeconds;
    const ended = await until("the end of ETL", () => endedRun(bench, started), 3600, 1000);
    const etlSeconds = since() - uploadSeconds - startSeconds;
    await bench.clients.sfn
      .send(new StopExecutionCommand({ executionArn: upload.executionArn }))
      .catch(() => {}); // It has ended by itself.
    return {
      bytes,
      rows: csv.rows(),
      reported: await reportedRows(bench, upload),
      uploadSeconds,
      startSeconds,
      etlSeconds,
      state: `${ended.JobRunState}`,
      error: ended.ErrorMessage,
      memory,
    };
  } finally {
    memory.stop();
  }
}

async function uploadInParts(
  { clients, churn }: ExperimentCloud,
  stream: NodeJS.ReadableStream,
  key: string,
): Promise<Upload> {
  const { VersionId: versionId = "" } = await new MultipartUpload({
    client: clients.s3,
    params: { Bucket: churn.bucket, Key: key, Body: stream as never },
    partSize: partBytes,
    queueSize: partsAtOnce,
  }).done();
  const title = runTitle({ bucket: churn.bucket, key, versionId });
  return { key, versionId, title, executionArn: executionArnOf(churn.stateMachineArn, title) };
}

async function glueRun({ clients, names }: ExperimentCloud): Promise<JobRun | undefined> {
  const { JobRuns = [] } = await clients.glue.send(
    new GetJobRunsCommand({ JobName: names.glueJob }),
  );
  return JobRuns[0];
}

async function endedRun(
  { clients, names }: ExperimentCloud,
  { Id }: JobRun,
): Promise<JobRun | undefined> {
  const { JobRun: run } = await clients.glue.send(
    new GetJobRunCommand({ JobName: names.glueJob, RunId: Id }),
  );
  return run?.JobRunState === "STARTING" || run?.JobRunState === "RUNNING" ? undefined : run;
}

async function reportedRows({ clients, churn }: ExperimentCloud, { title }: Upload) {
  const Key = `${bucketLayout.outputPrefix}${title}/etl.json`;
  const answer = await clients.s3
    .send(new GetObjectCommand({ Bucket: churn.bucket, Key }))
    .catch(() => undefined); // ETL failed: what it says is in `error`.
  const none = { rows: { read: 0, dropped: 0, train: 0, validate: 0, test: 0 } };
  return (answer ? JSON.parse(`${await answer.Body?.transformToString()}`) : none).rows;
}
