import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import type { RunReport } from "../../handlers/record-run/report.ts";
import { scoreBinary } from "./binary-scores.ts";
import { readImportance } from "./feature-importance.ts";
import type { PageContent, Prediction, RunSection } from "./page.ts";
import { type LabelledRow, readSplit, scoreRows } from "./test-split.ts";

export interface ReportClients {
  s3: S3Client;
  runtime: SageMakerRuntimeClient;
}

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
  const { endpoint, training, input, title } = newest;
  if (newest.status !== "Succeeded" || endpoint === null || training?.modelArtifact == null) {
    return { ...runs, scores: undefined, importances: [], predictions: [] };
  }
  const rows = await readSplit(clients.s3, input.bucket, `output/${title}/test/`);
  const scores = await scoreRows(clients.runtime, endpoint.name, rows);
  return {
    ...runs,
    scores: binaryLabels(rows) && scoreBinary(binaryLabels(rows) ?? [], scores),
    importances: await readImportance(clients.s3, training.modelArtifact, columnsOf(newest)),
    predictions: shown(rows, scores),
  };
}

/** The first rows of either label in turn: the first of all would mostly be of the frequent one. */
function shown(rows: LabelledRow[], scores: number[]): Prediction[] {
  const predictions = rows.map(({ label }, i) => ({ label, score: scores[i] ?? Number.NaN }));
  const byLabel = [...Map.groupBy(predictions, ({ label }) => label).values()];
  return Array.from({ length: shownRows }, (_, i) => byLabel.flatMap((group) => group[i] ?? []))
    .flat()
    .slice(0, shownRows);
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
  return `${gate.metric} ${gate.value.toFixed(4)}, ${rule} ${gate.threshold}: ${gate.accepted ? "accepted" : "rejected"}`;
}

function metricText(metrics: Record<string, number>): string {
  return Object.entries(metrics)
    .map(([name, value]) => `${name} ${value.toFixed(4)}`)
    .join(", ");
}

function columnsOf(report: RunReport): string[] {
  return (report.etl?.report as { columns?: string[] } | null)?.columns ?? [];
}

/** Labels as numbers where they are all 0 or 1: only then is there a confusion matrix. */
function binaryLabels(rows: LabelledRow[]): number[] | undefined {
  const labels = rows.map(({ label }) => Number(label));
  return labels.every((label) => label === 0 || label === 1) ? labels : undefined;
}
