// npm run local: a stack in the local cloud, kept up until Ctrl-C, for any AWS client.
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import colors from "picocolors";
import { projectRoot } from "../setup/node-packages.mjs";
import { deployStack } from "./deploy-stack.ts";
import { StepLines } from "./step-lines.ts";
import { withLocalCloud } from "./with-local-cloud.ts";

const usage = `npm run local -- [--stack NAME] [--state DIR] [--port N]

Deploys a stack into the local cloud and keeps it up until Ctrl-C.

  --stack NAME   which Pulumi.NAME.yaml (default: local)
  --state DIR    where buckets, models, endpoints, ... are kept; the next start goes on from there (default: .local/NAME)
  --port N       port of the AWS endpoint on 127.0.0.1 (default: a free one)`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      stack: { type: "string", default: "local" },
      state: { type: "string" },
      port: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) {
    throw new Error(`--port ${values.port} is no port: give a number from 1 to 65535`);
  }
  const stateDir = resolve(values.state ?? join(projectRoot, ".local", values.stack));
  return { stack: values.stack, stateDir, port, help: values.help };
}

async function main() {
  const { stack, stateDir, port, help } = readOptions();
  if (help) return console.log(usage);
  const lines = new StepLines();
  await withLocalCloud(
    { stateDir, lines, ...(port ? { port } : {}) },
    async (cloud, interrupted) => {
      cloud.warmUp();
      const pipelines = await deployStack(cloud, stack, lines);
      console.log(colors.bold("\nOutputs"));
      for (const [name, outputs] of Object.entries(pipelines)) {
        console.log(`  ${name}`);
        for (const [output, value] of Object.entries(outputs))
          console.log(`    ${output.padEnd(16)} ${value}`);
      }
      console.log(colors.bold("\nIn another terminal, for the AWS CLI, boto3 and the SDKs"));
      for (const [name, value] of Object.entries(cloud.environment))
        console.log(`  export ${name}=${value}`);
      console.log(`\nState: ${stateDir}\nLog:   ${cloud.logFile}\nCtrl-C ends it.`);
      await interrupted;
    },
  );
}

await main().catch((error: Error) => {
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 1;
});
