// npm run demo: the churn pipeline, whole, on this machine: two uploads, a served model, a report.
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import colors from "picocolors";
import type { RunReport } from "../../handlers/record-run/report.ts";
import type { PipelineOutputs } from "../../scripts/stack-outputs.ts";
import type { LocalCloud } from "../local-cloud.ts";
import { removeFolder } from "../processes/remove-folder.ts";
import { aucText, type PageContent, renderPage } from "../report/page.ts";
import { collectPage, gateText, readRunReport } from "../report/page-content.ts";
import { projectRoot } from "../setup/node-packages.mjs";
import { type Clients, createClients } from "./clients.ts";
import { type Input, readInputs, usage } from "./demo-inputs.ts";
import { deployStack } from "./deploy-stack.ts";
import { explainFailure } from "./explain-failure.ts";
import { putInput } from "./put-input.ts";
import { showRun } from "./run-lines.ts";
import { StepLines } from "./step-lines.ts";
import { withLocalCloud } from "./with-local-cloud.ts";

const pipelineName = "churn";
const stateDir = join(projectRoot, ".local", "demo");
const lines = new StepLines();

try {
  const inputs = await readInputs();
  if (inputs === undefined) console.log(usage);
  else
    await withLocalCloud({ stateDir, fresh: true, lines }, (cloud) => demonstrate(cloud, inputs));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function demonstrate(cloud: LocalCloud, inputs: Input[]): Promise<void> {
  cloud.warmUp();
  const clients = createClients(cloud);
  const pipelines = await deployStack(cloud, "local", lines);
  const pipeline = pipelines[pipelineName];
  if (pipeline === undefined) throw new Error(`Pulumi.local.yaml has no pipeline ${pipelineName}`);
  const reports: RunReport[] = [];
  const failure = await retrainAll(clients, pipeline, inputs, reports).catch(
    (error: Error) => error,
  );
  if (reports.length > 0) {
    const page = await collectPage(clients, reports);
    showPredictions(page);
    await writeReports(reports, page);
  }
  if (failure) throw failure;
  showNext();
}

async function retrainAll(
  clients: Clients,
  pipeline: PipelineOutputs,
  inputs: Input[],
  reports: RunReport[],
): Promise<void> {
  for (const input of inputs) await retrain(clients, pipeline, input, reports);
}

/** Uploads one input and follows its run; what the run recorded is added to `reports`, also when it failed. */
async function retrain(
  clients: Clients,
  pipeline: PipelineOutputs,
  { key, body }: Input,
  reports: RunReport[],
): Promise<void> {
  const { bucket } = pipeline;
  console.log(colors.bold(`\nUpload s3://${bucket}/${key} (${Math.ceil(body.length / 1024)} KB)`));
  const uploaded = Date.now();
  const { title, executionArn } = await putInput(clients.s3, pipeline, key, body);
  const execution = await showRun(clients.sfn, executionArn, lines);
  const report = await readRunReport(clients.s3, bucket, title);
  if (report) reports.push(report);
  if (execution.status !== "SUCCEEDED" || report?.status !== "Succeeded") {
    throw new Error(explainFailure(execution, report));
  }
  const verb = report.endpoint?.action === "update" ? "updated" : "created";
  lines.done(`Gate: ${gateText(report)}`);
  lines.done(
    `Endpoint ${report.endpoint?.name} ${verb}`,
    (Date.now() - uploaded) / 1000,
    "since the upload",
  );
}

function showPredictions({ predictions, evaluation }: PageContent): void {
  if (evaluation?.kind === "none") console.log(`\n${evaluation.why}`);
  if (evaluation?.kind !== "binary") return;
  const { scores } = evaluation;
  const count = `${predictions.length} customers`;
  console.log(colors.bold(`\n${count} that the model has not seen, scored through the AWS SDK`));
  for (const { label, score, predicted } of predictions) {
    const mark = String(predicted) === label ? colors.green("✔") : colors.red("✘");
    console.log(`  ${mark} churn probability ${score.toFixed(4)}   label ${label}`);
  }
  const accuracy = (100 * scores.accuracy).toFixed(1);
  console.log(
    `  all ${scores.rows} rows of the test split: accuracy ${accuracy} %, ${aucText(scores)}`,
  );
}

async function writeReports(reports: RunReport[], page: PageContent): Promise<void> {
  const dir = join(stateDir, "report");
  await removeFolder(dir);
  await mkdir(dir, { recursive: true });
  console.log(colors.bold("\nReports"));
  for (const report of reports) {
    await writeReport(join(dir, `${report.title}.json`), `${JSON.stringify(report, null, 2)}\n`);
  }
  await writeReport(join(dir, "index.html"), renderPage(page));
}

async function writeReport(path: string, text: string): Promise<void> {
  await writeFile(path, text);
  console.log(`  ${relative(process.cwd(), path)}`);
}

function showNext(): void {
  console.log(`${colors.bold("\nNext")}
  npm run demo -- --input FILE    your own CSV with the same header
  npm run local                   the same cloud, kept up: use it with the AWS CLI, boto3, any SDK
  pulumi up -s dev                the same program in your AWS account`);
}
