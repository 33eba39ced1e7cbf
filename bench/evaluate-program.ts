// Evaluates the program with N copies of the churn pipeline under Pulumi mocks and exits: what a preview costs before the engine.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { projectRoot } from "../local/setup/node-packages.mjs";
import { record } from "../test/support/mocks.ts";
import { region } from "../test/support/pipeline.ts";

const count = Number(process.argv[2]);
const file = parse(await readFile(join(projectRoot, "Pulumi.dev.yaml"), "utf8"));
const churn = file.config["retraining:pipelines"].churn;
const pipelines = Object.fromEntries(
  Array.from({ length: count }, (_, i) => [
    `p${i}`,
    { ...churn, endpoint: { ...churn.endpoint, name: `endpoint-${i}` } },
  ]),
);
const { parseStackConfig } = await import("../stacks/config.ts");
const { retrainingStack } = await import("../stacks/retraining-stack.ts");
const { resources } = await record(() =>
  retrainingStack(parseStackConfig({ stack: "dev", region, pipelines, projectRoot })),
);
console.log(resources.length);
