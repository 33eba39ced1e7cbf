import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { bucketLayout } from "../../components/bucket-layout.ts";
import type { RunReport } from "../../handlers/record-run/report.ts";
import { scoreBinary } from "../../handlers/report-page/binary-scores.ts";
import { scoreClasses } from "../../handlers/report-page/class-scores.ts";
import { readImportance } from "./feature-importance.ts";
import {
  type Answer,
  type LabelledRow,
  type ModelFormat,
  type ModelTask,
  modelFormat,
} from "./model-formats.ts";
import type { Evaluation, PageContent, Prediction, RunSection } from "./page.ts";
import { scoreRegression } from "./regression-scores.ts";
import { askAbout, readLines } from "./test-split.ts";

export interface ReportClients {
  s3: S3Client;
  runtime: SageMakerRuntimeClient;
}

/** Rows of the test split that are scored at most: enough for any picture, and soon done. */
const scoredRows = 10_000;

/** Rows that the page and the demo show one by one. */
const shownRows = 5;

/** The record that a run left, or undefined when it left none. */
export async function readRunReport(
  s3: S3Client,
  bucket: string,
  title: string,
): Promise<RunReport | undefined> {
  const Key = `runs/${title}/report.json`;
  const answer = await s3
    .send(new GetObjectCommand({ Bucket: bucket, Key }))
    .catch((error: Error) => {
      if (error.name === "NoSuchKey") return undefined;
      throw error;
    });
  return answer && (JSON.parse((await answer.Body?.transformToString()) ?? "") as RunReport);
}

/**
 * What the page says of these runs. Where the newest one succeeded its model is asked, through its endpoint, about the rows of
 * its test split.
 *
 * @param reports oldest first
 */
export async function collectPage(
  clients: ReportClients,
  reports: RunReport[],
): Promise<PageContent> {
  const newest = reports.at(-1);
  if (newest === undefined) throw new Error("no run to report on");
  const runs = { pipeline: newest.pipeline, runs: reports.map(runSection) };
  const { endpoint, training } = newest;
  if (newest.status !== "Succeeded" || endpoint === null || training?.modelArtifact == null) {
    return { ...runs, evaluation: undefined, importances: [], predictions: [] };
  }
  const evaluated = await evaluate(clients, newest, training, endpoint.name);
  const importances = await importancesOf(clients.s3, newest, training);
  return { ...runs, ...evaluated, ...importances };
}

type Training = NonNullable<RunReport["training"]>;

/** The newest model against the labels of its test split, as far as the two can be compared. */
async function evaluate(
  { s3, runtime }: ReportClients,
  { input, title }: RunReport,
  { image, hyperparameters }: Training,
  endpointName: string,
): Promise<Pick<PageContent, "evaluation" | "predictions">> {
  const not = (why: string) => ({ evaluation: { kind: "none" as const, why }, predictions: [] });
  const format = modelFormat(
    image ?? "the image",
    (hyperparameters ?? {}) as Record<string, string>,
  );
  if ("why" in format) return not(format.why);
  const lines = await readLines(s3, input.bucket, bucketLayout.test(title));
  if (lines.length === 0) {
    return not("The ETL script wrote no test split (S3_TEST_KEY), so no rows are left to score.");
  }
  const rows = rowsOf(lines.slice(0, scoredRows), format);
  if (rows === undefined) {
    return not(
      "The test split is in a format that this page does not read: it scores CSV and JSON Lines.",
    );
  }
  const answers = await askAbout(runtime, endpointName, rows, format);
  return {
    evaluation: evaluationOf(format, rows, answers),
    predictions: shown(rows, answers, format.task),
  };
}

/** `undefined` where some line has no label that is a number: then these are no lines of this format. */
function rowsOf(lines: string[], format: ModelFormat): LabelledRow[] | undefined {
  try {
    const rows = lines.map(format.row);
    const labelled = rows.every(
      ({ label }) => label.trim() !== "" && Number.isFinite(Number(label)),
    );
    return labelled ? rows : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // no JSON
    throw error;
  }
}

function evaluationOf({ task }: ModelFormat, rows: LabelledRow[], answers: Answer[]): Evaluation {
  const labels = rows.map(({ label }) => Number(label));
  const predicted = answers.map((answer) => answer.predicted);
  if (task === "classes") return { kind: "classes", scores: scoreClasses(labels, predicted) };
  const scores = answers.map(({ score }) => score);
  if (task === "regression") return { kind: "regression", scores: scoreRegression(labels, scores) };
  // Probabilities may be learned from shares too; those have no right or wrong answer.
  const zeroOrOne = labels.every((label) => label === 0 || label === 1);
  if (zeroOrOne) return { kind: "binary", scores: scoreBinary(labels, scores, predicted) };
  return { kind: "regression", scores: scoreRegression(labels, scores) };
}

/** The first rows of either class in turn: the first of all would mostly be of the frequent one. */
function shown(rows: LabelledRow[], answers: Answer[], task: ModelTask): Prediction[] {
  const predictions = rows.map(({ label }, i): Prediction => {
    const answer = answers[i] as Answer;
    return { label, ...answer };
  });
  if (task === "regression") return predictions.slice(0, shownRows);
  const byLabel = [...Map.groupBy(predictions, ({ label }) => label).values()];
  return Array.from({ length: shownRows }, (_, i) => byLabel.flatMap((group) => group[i] ?? []))
    .flat()
    .slice(0, shownRows);
}

/** Trees say what they split by; other models have no such figures. */
async function importancesOf(
  s3: S3Client,
  report: RunReport,
  { image, hyperparameters, modelArtifact }: Training,
): Promise<Pick<PageContent, "importances">> {
  const given = (hyperparameters ?? {}) as Record<string, string>;
  const trees = /\/sagemaker-xgboost:/.test(image ?? "") && given["booster"] !== "gblinear";
  if (!trees || modelArtifact === null || given["_kfold"] !== undefined) return { importances: [] };
  const ahead = given["csv_weights"] === "1" ? 2 : 1;
  const columns = columnsOf(report).slice(ahead);
  return { importances: await readImportance(s3, modelArtifact, columns) };
}

function runSection(report: RunReport): RunSection {
  const { input, etl, training, endpoint, execution } = report;
  const started = Date.parse(execution.startedAt);
  const rows = (etl?.report as { rows?: Record<string, number> } | null)?.rows;
  const facts: [string, string | undefined][] = [
    [
      "Input",
      `s3://${input.bucket}/${input.key} (version ${input.versionId}, ${input.sizeBytes} bytes)`,
    ],
    [
      "Rows",
      rows &&
        Object.entries(rows)
          .map(([name, count]) => `${count} ${name}`)
          .join(", "),
    ],
    ["Training job", training?.jobName ?? undefined],
    ["Image", training?.image ?? undefined],
    ["Metrics", training ? metricText(training.metrics) : undefined],
    ["Gate", gateText(report)],
    [
      "Endpoint",
      endpoint ? `${endpoint.name}: ${endpoint.action}, config ${endpoint.configName}` : undefined,
    ],
    ["Error", report.error && `${report.error.name}: ${report.error.cause}`],
  ];
  return {
    title: report.title,
    status: report.status,
    facts: facts.filter((fact): fact is [string, string] => fact[1] !== undefined),
    timeline: report.stages.map(({ name, startedAt, seconds }) => ({
      name,
      start: (Date.parse(startedAt) - started) / 1000,
      seconds,
    })),
  };
}

/** The gate's number against its threshold, or that there is no gate. */
export function gateText({ gate }: Pick<RunReport, "gate">): string | undefined {
  if (gate === null) return undefined;
  if (!gate.enabled || gate.value === null)
    return gate.enabled ? `${gate.metric} is missing` : "off: every model passes";
  const rule = gate.direction === "min" ? "at most" : "at least";
  return `${gate.metric} ${metricNumber(gate.value)}, ${rule} ${gate.threshold}: ${gate.accepted ? "accepted" : "rejected"}`;
}

function metricText(metrics: Record<string, number>): string {
  if (Object.keys(metrics).length === 0) return "none that SageMaker reads";
  return Object.entries(metrics)
    .map(([name, value]) => `${name} ${metricNumber(value)}`)
    .join(", ");
}

/** Four digits after the point, where these say it best. */
function metricNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000) return String(Math.round(value));
  return size !== 0 && size < 0.001 ? value.toPrecision(4) : value.toFixed(4);
}

function columnsOf(report: RunReport): string[] {
  return (report.etl?.report as { columns?: string[] } | null)?.columns ?? [];
}
