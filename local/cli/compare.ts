// npm run compare: a comparison of algorithms, whole, on this machine: uploads, scores, the winner, a report.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import {
  ListEndpointConfigsCommand,
  ListEndpointsCommand,
  ListModelsCommand,
} from "@aws-sdk/client-sagemaker";
import colors from "picocolors";
import { bucketLayout } from "../../components/bucket-layout.ts";
import { comparisonLayout } from "../../components/comparison-layout.ts";
import { maxComparisonTitleLength } from "../../components/comparison-names.ts";
import { executionArnOf } from "../../components/execution-arn.ts";
import { runTitle } from "../../components/names.ts";
import type { ComparisonReport } from "../../handlers/record-comparison/report.ts";
import type { ComparisonOutputs } from "../../scripts/stack-outputs.ts";
import type { LocalCloud } from "../local-cloud.ts";
import { projectRoot } from "../setup/node-packages.mjs";
import { readStackFile, type StackSettings } from "../stack-file.ts";
import { type Clients, createClients } from "./clients.ts";
import { type CompareOptions, readCompareOptions, usage } from "./compare-inputs.ts";
import { comparisonTable } from "./comparison-table.ts";
import type { Input } from "./demo-inputs.ts";
import { deployWholeStack } from "./deploy-stack.ts";
import { showRun } from "./run-lines.ts";
import { StepLines } from "./step-lines.ts";
import { withLocalCloud } from "./with-local-cloud.ts";

const stack = "local";
const stateDir = join(projectRoot, ".local", "compare");
const lines = new StepLines();

try {
  const options = await readCompareOptions();
  if (options === undefined) console.log(usage);
  else {
    const { name, settings } = await comparisonSettings(options);
    await withLocalCloud({ stateDir, fresh: true, lines }, (cloud) =>
      compare(cloud, name, settings, options.inputs),
    );
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

/** Config of the local stack with this comparison alone, and with what the options say of it. */
async function comparisonSettings({
  comparison,
  promote,
  by,
}: CompareOptions): Promise<{ name: string; settings: StackSettings }> {
  const { "retraining:pipelines": _, ...settings } = await readStackFile(projectRoot, stack);
  const all = JSON.parse(settings["retraining:comparisons"] ?? "{}");
  const name = comparison ?? Object.keys(all)[0];
  const config = name === undefined ? undefined : all[name];
  if (name === undefined || config === undefined) {
    const there = Object.keys(all).join(", ") || "none";
    throw new Error(`Pulumi.${stack}.yaml has no comparison ${comparison ?? ""}: it has ${there}`);
  }
  const changed = {
    ...config,
    enabled: true,
    ...(by && { evaluation: { ...config.evaluation, by } }),
    ...(promote && { promotion: { ...config.promotion, enabled: true } }),
  };
  return {
    name,
    settings: { ...settings, "retraining:comparisons": JSON.stringify({ [name]: changed }) },
  };
}

async function compare(
  cloud: LocalCloud,
  name: string,
  settings: StackSettings,
  inputs: Input[],
): Promise<void> {
  cloud.warmUp();
  const clients = createClients(cloud);
  const { comparisons } = await deployWholeStack(cloud, stack, lines, settings);
  const outputs = comparisons[name];
  if (outputs === undefined) throw new Error(`the program deployed no comparison ${name}`);
  await rm(join(stateDir, "report"), { recursive: true, force: true });
  for (const input of inputs) await compareInput(clients, outputs, input);
  await showWhatIsLeft(clients);
}

async function compareInput(
  clients: Clients,
  { bucket, stateMachineArn }: ComparisonOutputs,
  { key, body }: Input,
): Promise<void> {
  console.log(colors.bold(`\nUpload s3://${bucket}/${key} (${Math.ceil(body.length / 1024)} KB)`));
  const uploaded = Date.now();
  const { VersionId } = await clients.s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }),
  );
  const object = { bucket, key, versionId: VersionId ?? "" };
  const title = runTitle(object, maxComparisonTitleLength);
  const execution = await showRun(clients.sfn, executionArnOf(stateMachineArn, title), lines);
  const seconds = (Date.now() - uploaded) / 1000;
  if (execution.status !== "SUCCEEDED") {
    throw new Error(`${execution.error}: ${execution.cause}`);
  }
  const text = await download(clients, bucket, bucketLayout.report(title));
  const report = JSON.parse(text) as ComparisonReport;
  console.log(`\n${comparisonTable(report).join("\n")}`);
  lines.done("Compared", seconds, "since the upload");
  await keep(`${title}.json`, text);
  await keep(`${title}.html`, await download(clients, bucket, comparisonLayout.page(title)));
}

async function download({ s3 }: Clients, bucket: string, key: string): Promise<string> {
  const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return (await body?.transformToString()) ?? "";
}

async function keep(name: string, text: string): Promise<void> {
  const dir = join(stateDir, "report");
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, name), text);
  console.log(`  ${relative(process.cwd(), join(dir, name))}`);
}

/** Everything that runs made and that is still there: production's, or nothing. */
async function showWhatIsLeft({ sagemaker }: Clients): Promise<void> {
  const [endpoints, configs, models] = await Promise.all([
    sagemaker.send(new ListEndpointsCommand({})),
    sagemaker.send(new ListEndpointConfigsCommand({})),
    sagemaker.send(new ListModelsCommand({})),
  ]);
  const left = {
    endpoints: endpoints.Endpoints?.map((each) => each.EndpointName) ?? [],
    "endpoint configs": configs.EndpointConfigs?.map((each) => each.EndpointConfigName) ?? [],
    models: models.Models?.map((each) => each.ModelName) ?? [],
  };
  console.log(colors.bold("\nStill there in SageMaker"));
  for (const [what, names] of Object.entries(left)) {
    console.log(`  ${what.padEnd(17)} ${names.length === 0 ? "none" : names.join(", ")}`);
  }
}
