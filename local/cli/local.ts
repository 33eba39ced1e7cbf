// npm run local: a stack in the local cloud, kept up until Ctrl-C, for any AWS client.
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import colors from "picocolors";
import type { PipelineOutputs } from "../../scripts/stack-outputs.ts";
import { parseFault } from "../faults/fault.ts";
import { menuLines } from "../faults/menu.ts";
import { defaultMemoryShare } from "../glue/worker-memory.ts";
import { projectRoot } from "../setup/node-packages.mjs";
import { readStackFile } from "../stack-file.ts";
import { createClients } from "./clients.ts";
import { deployStack } from "./deploy-stack.ts";
import { StepLines } from "./step-lines.ts";
import { watchRuns } from "./watch-runs.ts";
import { withLocalCloud } from "./with-local-cloud.ts";
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
    const pipelines = await deployStack(cloud, stack, lines);
    showOutputs(pipelines);
    showEnvironment(cloud.environment);
    showCommands(pipelines);
    console.log(`\nState: ${stateDir}\nLogs:  ${join(stateDir, "logs")}\nCtrl-C ends it.\n`);
    const clients = createClients(cloud);
    const watching = new AbortController();
    interrupted.then(() => watching.abort());
    await watchRuns(clients.sfn, pipelines, watching.signal, ({ bucket }, title) =>
      writeRunPage(clients, join(stateDir, "report"), bucket, title),
    );
  });
}

type Pipelines = Record<string, PipelineOutputs>;

function showOutputs(pipelines: Pipelines): void {
  console.log(colors.bold("\nOutputs"));
  for (const [name, outputs] of Object.entries(pipelines)) {
    console.log(`  ${name}`);
    for (const [output, value] of Object.entries(outputs)) {
      console.log(`    ${output.padEnd(16)} ${value}`);
    }
  }
}

function showEnvironment(environment: Record<string, string>): void {
  console.log(colors.bold("\nIn another terminal, for the AWS CLI, boto3 and the SDKs"));
  console.log("  unset AWS_PROFILE AWS_SESSION_TOKEN"); // They would come before the keys.
  for (const [name, value] of Object.entries(environment)) console.log(`  export ${name}=${value}`);
}

/** What to do next without the AWS CLI. */
function showCommands(pipelines: Pipelines): void {
  const [first] = Object.values(pipelines);
  if (first === undefined) return;
  console.log(colors.bold("\nThen"));
  console.log(`  npm run upload -- --bucket ${first.bucket} FILE.csv`);
  console.log(`  npm run follow -- --state-machine ${first.stateMachineArn}`);
  console.log(`  npm run invoke -- --endpoint ${first.endpointName} ROWS`);
}

await main().catch((error: Error) => {
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 1;
});
