import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import {
  InvokeEndpointCommand,
  type SageMakerRuntimeClient,
} from "@aws-sdk/client-sagemaker-runtime";
import type { Answer } from "../../components/algorithms/comparable.ts";
import { bucketLayout } from "../../components/bucket-layout.ts";
import { comparisonLayout } from "../../components/comparison-layout.ts";
import { maxPredictedRows } from "../../components/max-predicted-rows.ts";
import type { CandidateFormat } from "../../stacks/comparison-config.ts";
import type { PredictionFile, Predictions } from "../compare-candidates/predictions.ts";
import { forEachConcurrently } from "../for-each-concurrently.ts";
import { readJson } from "../publish-report.ts";
import { readAnswer, UnreadableAnswer } from "./answers.ts";
import { type Batch, batches, testRow } from "./requests.ts";
import { chosenRows, linesBelow } from "./test-rows.ts";

export interface Clients {
  s3: S3Client;
  runtime: SageMakerRuntimeClient;
}

/** A candidate that can be asked: an endpoint, or the output of a batch transform. */
export interface PredictRequest {
  title: string;
  candidate: {
    /** `c01`. */
    number: string;
    format: CandidateFormat;
    requestContentType: string;
    answer: Answer;
  };
  samples: "all" | number;
  seed: number;
  source: { endpointName: string } | { transform: true };
}

export interface Predicted {
  predictionsKey: string;
  rows: number;
  seconds: number;
}

/** Requests under way at a time: one instance answers no faster for more. */
const requestsAtOnce = 4;

/**
 * Predictions of one candidate for the test rows, written to `predictions.json`.
 *
 * @throws UnreadableAnswer where the model says something else than predictions, or another number of them
 */
export async function predictCandidate(
  clients: Clients,
  bucket: string,
  request: PredictRequest,
  now: () => number = Date.now,
): Promise<Predicted> {
  const startedAt = now();
  const { title, candidate, samples } = request;
  const testRows = await testRowsOf(clients.s3, bucket, title);
  const count = samples === "all" ? testRows : Math.min(samples, testRows);
  if (count > maxPredictedRows) {
    throw new RangeError(
      `the test split has ${testRows} rows, and ${maxPredictedRows} can be compared: set evaluation.samples`,
    );
  }
  const isChosen = chosenRows(testRows, samples, request.seed);
  const labels: number[] = [];
  const lines = chosenLines(clients.s3, bucket, request, isChosen, labels);
  const parts =
    "endpointName" in request.source
      ? await askEndpoint(clients.runtime, request.source.endpointName, candidate, lines)
      : await readTransform(clients.s3, bucket, request, lines, isChosen);
  const predictions = joined(parts);
  if (predictions.values.length !== count || labels.length !== count) {
    throw new UnreadableAnswer(
      `${count} rows were asked about, ${labels.length} found and ${predictions.values.length} answered`,
    );
  }
  const file: PredictionFile = { labels, ...predictions };
  const key = comparisonLayout.predictions(title, candidate.number);
  await clients.s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: JSON.stringify(file),
      ContentType: "application/json",
    }),
  );
  return { predictionsKey: key, rows: count, seconds: (now() - startedAt) / 1000 };
}

/** As the ETL report has it. */
async function testRowsOf(s3: S3Client, bucket: string, title: string): Promise<number> {
  const key = bucketLayout.etlReport(title);
  const report = (await readJson(s3, bucket, key)) as { rows?: { test?: number } } | null;
  const rows = report?.rows?.test;
  if (typeof rows !== "number") throw new Error(`${key} does not say how many test rows there are`);
  return rows;
}

/** What is asked about; labels are set aside on the way. */
async function* chosenLines(
  s3: S3Client,
  bucket: string,
  { title, candidate: { format } }: PredictRequest,
  isChosen: (row: number) => boolean,
  labels: number[],
): AsyncGenerator<string> {
  let row = 0;
  for await (const text of linesBelow(s3, bucket, comparisonLayout.split(title, format, "test"))) {
    if (isChosen(row++)) {
      const { label, line } = testRow(format, text);
      labels.push(label);
      yield line;
    }
  }
}

async function askEndpoint(
  runtime: SageMakerRuntimeClient,
  endpointName: string,
  { format, requestContentType, answer }: PredictRequest["candidate"],
  lines: AsyncIterable<string>,
): Promise<Predictions[]> {
  const answers: Predictions[] = [];
  await forEachConcurrently(requestsAtOnce, batches(format, lines), async (batch, index) => {
    const { Body: body } = await runtime.send(
      new InvokeEndpointCommand({
        EndpointName: endpointName,
        ContentType: requestContentType,
        Accept: answer.format === "csv" ? "text/csv" : "application/json",
        Body: Buffer.from(batch.body),
      }),
    );
    answers[index] = ofBatch(batch, readAnswer(answer, Buffer.from(body ?? "").toString()));
  });
  return answers;
}

function ofBatch({ rows, oneMore }: Batch, { values, probabilities }: Predictions): Predictions {
  const asked = rows + Number(oneMore);
  if (values.length !== asked) {
    throw new UnreadableAnswer(`the model answered ${values.length} predictions for ${asked} rows`);
  }
  return {
    values: values.slice(0, rows),
    ...(probabilities && { probabilities: probabilities.slice(0, rows) }),
  };
}

/** The transform predicts all rows: those that were not chosen are left out. */
async function readTransform(
  s3: S3Client,
  bucket: string,
  { title, candidate: { number, answer } }: PredictRequest,
  lines: AsyncIterable<string>,
  isChosen: (row: number) => boolean,
): Promise<Predictions[]> {
  for await (const _ of lines); // for their labels
  const texts: string[] = [];
  for await (const line of linesBelow(s3, bucket, comparisonLayout.transform(title, number))) {
    texts.push(line);
  }
  const { values, probabilities } = readAnswer(answer, texts.join("\n"));
  const chosen = (_: unknown, row: number) => isChosen(row);
  return [
    {
      values: values.filter(chosen),
      ...(probabilities && { probabilities: probabilities.filter(chosen) }),
    },
  ];
}

function joined(parts: readonly Predictions[]): Predictions {
  const probabilities = parts.flatMap((part) => part.probabilities ?? []);
  return {
    values: parts.flatMap(({ values }) => values),
    ...(probabilities.length > 0 && { probabilities }),
  };
}
