// npm run compare: a comparison of algorithms, whole, on this machine: uploads, scores, the winner, a report.
import { join } from "node:path";
import {
  ListEndpointConfigsCommand,
  ListEndpointsCommand,
  ListModelsCommand,
} from "@aws-sdk/client-sagemaker";
import type { DescribeExecutionOutput } from "@aws-sdk/client-sfn";
import colors from "picocolors";
import { maxComparisonTitleLength } from "../../components/comparison-names.ts";
import { failureLines, labelLines } from "../../scripts/comparison-outcome.ts";
import type { ComparisonOutputs } from "../../scripts/stack-outputs.ts";
import type { LocalCloud } from "../local-cloud.ts";
import { projectRoot } from "../setup/node-packages.mjs";
import { readStackFile, type StackSettings } from "../stack-file.ts";
import { type Clients, createClients } from "./clients.ts";
import { readCompareOptions, usage } from "./compare-inputs.ts";
import { type KeptReport, keepComparisonReport } from "./comparison-reports.ts";
import { comparisonSettings } from "./comparison-settings.ts";
import { comparisonTable } from "./comparison-table.ts";
import type { Input } from "./demo-inputs.ts";
import { deployWholeStack } from "./deploy-stack.ts";
import { explainFailure } from "./explain-failure.ts";
import { putInput } from "./put-input.ts";
import { showRun } from "./run-lines.ts";
import { StepLines } from "./step-lines.ts";
import { withLocalCloud } from "./with-local-cloud.ts";

const stack = "local";
const stateDir = join(projectRoot, ".local", "compare");
/** Beside the state, which each start empties: what was found out before stays. */
const reportDir = join(projectRoot, ".local", "compare-reports");
const lines = new StepLines();

try {
  const options = await readCompareOptions();
  if (options === undefined) console.log(usage);
  else {
    const file = await readStackFile(projectRoot, stack);
    const { name, settings } = comparisonSettings(stack, file, options);
    await withLocalCloud({ stateDir, fresh: true, lines }, (cloud) =>
      compare(cloud, name, settings, options.inputs),
    );
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
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
  for (const input of inputs) await compareInput(clients, outputs, input);
  await showWhatIsLeft(clients);
}

async function compareInput(
  clients: Clients,
  outputs: ComparisonOutputs,
  { key, body }: Input,
): Promise<void> {
  const { bucket } = outputs;
  console.log(colors.bold(`\nUpload s3://${bucket}/${key} (${Math.ceil(body.length / 1024)} KB)`));
  const uploaded = Date.now();
  const upload = await putInput(clients.s3, outputs, key, body, maxComparisonTitleLength);
  const { title, executionArn } = upload;
  const execution = await showRun(clients.sfn, executionArn, lines);
  const seconds = (Date.now() - uploaded) / 1000;
  const kept = await keepComparisonReport(clients.s3, bucket, title, reportDir);
  if (execution.status !== "SUCCEEDED") throw new Error(explain(execution, kept));
  if (kept === undefined) throw new Error(`run ${title} left no report`);
  const { report, paths } = kept;
  console.log();
  for (const line of labelLines(report)) console.log(`  ${line}\n`);
  console.log(comparisonTable(report).join("\n"));
  lines.done("Compared", seconds, "since the upload");
  for (const path of paths) console.log(`  ${path}`);
}

/** Why a run failed, what else it found out, and where the rest is. */
function explain(execution: DescribeExecutionOutput, kept: KeptReport | undefined): string {
  const { report, paths = [] } = kept ?? {};
  const found = report === undefined ? [] : [...labelLines(report), ...failureLines(report)];
  return [
    explainFailure(execution, undefined),
    ...found.map((line) => `  ${line}`),
    ...paths.map((path) => `  report: ${path}`),
  ].join("\n");
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
  const [endpoint] = left.endpoints;
  if (endpoint !== undefined) {
    console.log(
      `\nEndpoint ${endpoint} ends with this command. npm run local keeps one running: set enabled and promotion.enabled of the\n` +
        `comparison to true in Pulumi.${stack}.yaml, and upload.`,
    );
  }
}
