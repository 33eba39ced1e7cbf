import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { comparisonLayout } from "../../components/comparison-layout.ts";
import type { ScoreFile } from "../compare-candidates/logic.ts";
import type { PredictionFile } from "../compare-candidates/predictions.ts";
import type { GatheredInput } from "../gather-inputs/logic.ts";
import { readEtlReport, readJson, writeReport } from "../publish-report.ts";
import { manifestCopies } from "../record-run/upload-names.ts";
import { type DrawnPredictions, drawnPredictions } from "./candidate-pictures.ts";
import { sendComparison } from "./comparison-event.ts";
import type { ComparisonState } from "./comparison-state.ts";
import { type PageData, renderComparison } from "./page.ts";
import { type Comparison, type ComparisonReport, comparisonReport } from "./report.ts";
import { type Curves, trainingCurves } from "./training-curves.ts";

export interface Clients {
  s3: S3Client;
  events: EventBridgeClient;
  sagemaker: SageMakerClient;
  logs: CloudWatchLogsClient;
}

export interface RecordComparisonOptions extends Comparison {
  bucket: string;
}

/** What the state machine ends by. `error` is there unless the comparison succeeded. */
export type ComparisonEnd = Pick<ComparisonReport, "status" | "error">;

/**
 * Writes the report of a comparison, as JSON and as a page, and tells the account's event bus. May be called again: both
 * are written over.
 */
export async function recordComparison(
  clients: Clients,
  options: RecordComparisonOptions,
  state: ComparisonState,
  now: Date,
): Promise<ComparisonEnd> {
  const { bucket } = options;
  const { title } = state.run;
  const etlReport = await readEtlReport(clients.s3, bucket, title);
  const scoresKey = comparisonLayout.scores(title);
  const scores = (await readJson(clients.s3, bucket, scoresKey)) as ScoreFile | null;
  const uploads = await uploadsOf(clients.s3, bucket, state);
  const report = comparisonReport(options, state, etlReport, scores, now, uploads);
  const page = renderComparison(report, await pageData(clients, bucket, report));
  await clients.s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: comparisonLayout.page(title),
      ContentType: "text/html; charset=utf-8",
      Body: page,
    }),
  );
  await writeReport(clients.s3, bucket, report);
  await sendComparison(clients.events, report);
  return { status: report.status, ...(report.error && { error: report.error }) };
}

/** What ETL's error has to call the copies that it read; the manifest is looked at for that alone. */
async function uploadsOf(s3: S3Client, bucket: string, { run, data, failure }: ComparisonState) {
  if (data.manifest === null || failure.name !== "EtlFailed") return undefined;
  const inputs = (await readJson(s3, bucket, data.manifest)) as GatheredInput[] | null;
  return manifestCopies({ bucket, title: run.title }, inputs ?? []);
}

async function pageData(
  { s3, sagemaker, logs }: Clients,
  bucket: string,
  { candidates, rules }: ComparisonReport,
): Promise<PageData> {
  const predictions: Record<string, DrawnPredictions> = {};
  const curves: Record<string, Curves> = {};
  for (const { key, predictions: made, training } of candidates) {
    if (made === null || training === null) continue;
    const file = (await readJson(s3, bucket, made.predictionsKey)) as PredictionFile | null;
    if (file !== null) predictions[key] = drawnPredictions(rules.task, file);
    curves[key] = await trainingCurves(sagemaker, logs, training.jobName);
  }
  return { predictions, curves };
}
