import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { projectRoot } from "../local/setup/node-packages.mjs";
import { startEngineCloud } from "../test/local/engine/engine-cloud.ts";
import { EngineRun, type Outcome } from "../test/local/engine/engine-run.ts";
import { copyOfProgram } from "../test/local/engine/project.ts";
import { median, printFigure, seconds } from "./table.ts";

const repetitions = 3;

/** Ways to run the program under the engine: arguments of Node.js in Pulumi.yaml, and the environment of the command. */
const evaluations: [what: string, nodeArgs: string, environment: Record<string, string>][] = [
  ["type stripping alone", "", { NODE_DISABLE_COMPILE_CACHE: "1" }],
  ["no stack traces", "--stack-trace-limit=0", { NODE_DISABLE_COMPILE_CACHE: "1" }],
  ["a compile cache", "", {}],
  ["both", "--stack-trace-limit=0", {}],
];

/** Seconds of the real engine's commands against the local cloud, CLI and all. */
export async function benchEngine(): Promise<void> {
  console.log("\nThe real engine against the local cloud (whole commands)");
  const cloud = await startEngineCloud();
  const project = await copyOfProgram();
  try {
    const engine = await EngineRun.of(project, cloud);
    for (const count of [1, 10]) {
      await project.configure("local", await configOf(count));
      const pipelines = count === 1 ? "one pipeline" : `${count} pipelines`;
      await figure(`up of ${pipelines}`, () => engine.up());
      await figure(`up that changes nothing, ${pipelines}`, () => engine.up());
      if (count === 1) await evaluate(engine, project.folder);
      await figure(`destroy of ${pipelines}`, () => engine.destroy());
    }
  } finally {
    await project.remove();
    await cloud.stop();
  }
}

async function evaluate(engine: EngineRun, folder: string): Promise<void> {
  const file = join(folder, "Pulumi.yaml");
  const own = await readFile(file, "utf8");
  for (const [what, nodeargs, environment] of evaluations) {
    const settings = parse(own);
    settings.runtime.options.nodeargs = nodeargs;
    await writeFile(file, stringify(settings));
    const times: number[] = [];
    // One more: the first fills the cache.
    for (let i = 0; i <= repetitions; i += 1) {
      times.push((await withEnvironment(environment, () => timed(() => engine.preview()))).seconds);
    }
    const label = `preview that changes nothing, ${what}`;
    printFigure(label, seconds(median(times.slice(1))), `median of ${repetitions}`);
  }
  await writeFile(file, own);
}

async function figure(what: string, command: () => Promise<Outcome>): Promise<void> {
  const { outcome, seconds: taken } = await timed(command);
  const changes = Object.entries(outcome.changes).map(([op, count]) => `${count} ${op}`);
  printFigure(what, seconds(taken), changes.join(", "));
}

async function timed(command: () => Promise<Outcome>) {
  const started = performance.now();
  const outcome = await command();
  if (outcome.code !== 0) throw new Error(outcome.text);
  return { outcome, seconds: (performance.now() - started) / 1000 };
}

/** The engine inherits what this process has. */
async function withEnvironment<T>(
  environment: Record<string, string>,
  work: () => Promise<T>,
): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    return await work();
  } finally {
    process.env = before;
  }
}

async function configOf(count: number): Promise<Record<string, unknown>> {
  const text = await readFile(join(projectRoot, "Pulumi.local.yaml"), "utf8");
  const { config } = parse(text);
  const { churn } = config["retraining:pipelines"];
  const pipelines = Array.from({ length: count }, (_, index) => [
    `p${index}`,
    { ...churn, endpoint: { ...churn.endpoint, name: `endpoint-${index}` } },
  ]);
  return { ...config, "retraining:pipelines": Object.fromEntries(pipelines) };
}
