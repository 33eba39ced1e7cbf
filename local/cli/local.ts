// npm run local: a stack in the local cloud, kept up until Ctrl-C, for any AWS client.
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import colors from "picocolors";
import type { Member } from "../../scripts/stack-outputs.ts";
import { parseFault } from "../faults/fault.ts";
import { menuLines } from "../faults/menu.ts";
import { defaultMemoryShare } from "../glue/worker-memory.ts";
import type { ReportClients } from "../report/page-content.ts";
import { projectRoot } from "../setup/node-packages.mjs";
import { readStackFile } from "../stack-file.ts";
import { createClients } from "./clients.ts";
import { type DeployedStack, deployWholeStack } from "./deploy-stack.ts";
import { commandLines, outputLines } from "./stack-lines.ts";
import { StepLines } from "./step-lines.ts";
import { watchDeadLetters } from "./watch-dead-letters.ts";
import { watchFaults } from "./watch-faults.ts";
import { watchRefusals } from "./watch-refusals.ts";
import { type Watched, watchRuns } from "./watch-runs.ts";
import { withLocalCloud } from "./with-local-cloud.ts";
import { writeComparisonPage } from "./write-comparison-page.ts";
import { writeRunPage } from "./write-run-page.ts";

const usage = `npm run local -- [--stack NAME] [--state DIR] [--port N] [--glue-memory SHARE] [--fault FAULT]...

Deploys a stack into the local cloud and keeps it up until Ctrl-C.

  --stack NAME   which Pulumi.NAME.yaml (default: local)
  --state DIR    where buckets, models, endpoints, ... are kept; the next start goes on from there (default: .local/NAME)
  --port N       port of the AWS endpoint on 127.0.0.1, N + 1 being SageMaker's and Glue's own (default: free ones)
  --glue-memory SHARE  of a Glue worker's memory on AWS, the part that is Spark's heap here (default: 0.125, 2 GB for G.1X)
  --fault FAULT  name[=target][:times][@first], more than once if need be: what goes wrong, how often, from which call on;
                 once, at the first, unless told otherwise (--help has the menu, docs/faults.md the whole)`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      stack: { type: "string", default: "local" },
      state: { type: "string" },
      port: { type: "string" },
      "glue-memory": { type: "string", default: String(defaultMemoryShare) },
      fault: { type: "string", multiple: true, default: [] },
      help: { type: "boolean", default: false },
    },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) {
    throw new Error(`--port ${values.port} is no port: give a number from 1 to 65535`);
  }
  const glueMemoryShare = Number(values["glue-memory"]);
  if (!(glueMemoryShare > 0 && glueMemoryShare <= 1)) {
    throw new Error(`--glue-memory ${values["glue-memory"]} is no share: give a number up to 1`);
  }
  const stateDir = resolve(values.state ?? join(projectRoot, ".local", values.stack));
  const faults = values.fault.map(parseFault);
  return { stack: values.stack, stateDir, port, faults, glueMemoryShare, help: values.help };
}

async function main() {
  const { stack, stateDir, port, faults, glueMemoryShare, help } = readOptions();
  if (help) return console.log([usage, "\nFaults\n", ...menuLines()].join("\n  "));
  const settings = await readStackFile(projectRoot, stack).catch((error: Error) => error);
  if (settings instanceof Error) {
    console.error(`${colors.red("✘")} ${settings.message}`);
    process.exitCode = 1;
    return;
  }
  const region = settings["aws:region"];
  const lines = new StepLines();
  const session = {
    stateDir,
    lines,
    region,
    faults,
    glueMemoryShare,
    ...(port ? { port } : {}),
  };
  await withLocalCloud(session, async (cloud, interrupted) => {
    cloud.warmUp();
    const deployed = await deployWholeStack(cloud, stack, lines);
    console.log(outputLines(deployed).join("\n"));
    showEnvironment(cloud.environment);
    console.log(commandLines(deployed).join("\n"));
    console.log(`\nState: ${stateDir}\nLogs:  ${join(stateDir, "logs")}\nCtrl-C ends it.\n`);
    const watching = new AbortController();
    void interrupted.then(() => watching.abort());
    const { sqs, ...clients } = createClients(cloud);
    const folder = join(stateDir, "report");
    const logs = ["local-cloud.log", "ministack.log"].map((name) => join(stateDir, "logs", name));
    await watchRuns(clients.sfn, watchedOf(deployed, clients, folder), watching.signal, [
      ...(faults.length > 0 ? [await watchFaults(logs)] : []),
      watchDeadLetters(sqs, stack, membersOf(deployed)),
      await watchRefusals(clients.s3, bucketsOf(deployed)),
    ]);
  });
}

function watchedOf(
  { pipelines, comparisons }: DeployedStack,
  clients: ReportClients,
  folder: string,
): Watched[] {
  return [
    ...Object.entries(pipelines).map(([name, { stateMachineArn, bucket }]) => ({
      name,
      stateMachineArn,
      ended: (title: string) => writeRunPage(clients, folder, bucket, title),
    })),
    ...Object.entries(comparisons).map(([name, { stateMachineArn, bucket }]) => ({
      name,
      stateMachineArn,
      ended: (title: string) => writeComparisonPage(clients.s3, folder, name, bucket, title),
    })),
  ];
}

function bucketsOf({ pipelines, comparisons }: DeployedStack): Record<string, string> {
  const all = [...Object.entries(pipelines), ...Object.entries(comparisons)];
  return Object.fromEntries(all.map(([name, { bucket }]) => [name, bucket]));
}

function membersOf({ pipelines, comparisons }: DeployedStack): Member[] {
  return [
    ...Object.keys(pipelines).map((name) => ({ kind: "pipeline", name }) as const),
    ...Object.keys(comparisons).map((name) => ({ kind: "comparison", name }) as const),
  ];
}

function showEnvironment(environment: Record<string, string>): void {
  console.log(colors.bold("\nIn another terminal, for the AWS CLI, boto3 and the SDKs"));
  console.log("  unset AWS_PROFILE AWS_SESSION_TOKEN"); // They would come before the keys.
  for (const [name, value] of Object.entries(environment)) console.log(`  export ${name}=${value}`);
}

await main().catch((error: Error) => {
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 1;
});
