import { readdir, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import colors from "picocolors";
import { ConfigError } from "../../stacks/config-error.ts";
import type { Fault } from "../faults/fault.ts";
import { type LocalCloud, startLocalCloud } from "../local-cloud.ts";
import { UnsupportedPipelinesError } from "./local-trainings.ts";
import type { StepLines } from "./step-lines.ts";

export interface CloudSession {
  stateDir: string;
  /** @default any free port */
  port?: number;
  /** Whether to begin with an empty cloud. @default false */
  fresh?: boolean;
  /** @default us-east-2 */
  region?: string | undefined;
  /** What is to go wrong. @default nothing */
  faults?: readonly Fault[];
  /** Of the memory of a Glue worker, the part that is Spark's heap here. @default 1/8 */
  glueMemoryShare?: number;
  lines: StepLines;
}

const defaultRegion = "us-east-2";

/**
 * Runs `work` with a local cloud and ends the cloud afterwards, whatever happens: also on Ctrl-C, SIGTERM and SIGHUP.
 * An error becomes a message and exit code 1.
 */
export async function withLocalCloud(
  session: CloudSession,
  work: (cloud: LocalCloud, interrupted: Promise<unknown>) => Promise<void>,
): Promise<void> {
  const { lines, stateDir } = session;
  const interrupted = nextSignal();
  let cloud: LocalCloud | undefined;
  try {
    const started = Date.now();
    lines.running("Start the local cloud");
    cloud = await startLocalCloud({
      stateDir,
      region: session.region ?? defaultRegion,
      fresh: session.fresh ?? false,
      ...(session.port ? { port: session.port } : {}),
      ...(session.faults ? { faults: session.faults } : {}),
      ...(session.glueMemoryShare ? { glueMemoryShare: session.glueMemoryShare } : {}),
    });
    lines.done("Start the local cloud", (Date.now() - started) / 1000, cloud.url);
    const broken = cloud.failed.then((error) => Promise.reject(error));
    const ended = interrupted.then(() => undefined);
    await Promise.race([work(cloud, interrupted), broken, ended]);
  } catch (error) {
    lines.clear();
    console.error(`\n${colors.red("✘")} ${error instanceof Error ? error.message : String(error)}`);
    if (cloud && !isAboutConfig(error)) await nameLogs(cloud);
    process.exitCode = 1;
  } finally {
    lines.running("Stopping");
    await cloud?.stop();
    lines.clear();
  }
  process.exit(); // A client's idle connection would keep the process for seconds.
}

/** Whether no log says more than the message does. */
function isAboutConfig(error: unknown): boolean {
  return error instanceof ConfigError || error instanceof UnsupportedPipelinesError;
}

/** Names the logs that say something. */
async function nameLogs({ logFile }: LocalCloud): Promise<void> {
  const folder = dirname(logFile);
  for (const name of await readdir(folder)) {
    const { size } = await stat(join(folder, name));
    if (size > 0) console.error(`  log: ${relative(process.cwd(), join(folder, name))}`);
  }
}

function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => {
        process.exitCode = signal === "SIGINT" ? 130 : 143;
        resolve(signal);
      });
    }
  });
}
