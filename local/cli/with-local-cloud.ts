import { rm } from "node:fs/promises";
import { relative } from "node:path";
import colors from "picocolors";
import { type LocalCloud, startLocalCloud } from "../local-cloud.ts";
import type { StepLines } from "./step-lines.ts";

export interface CloudSession {
  stateDir: string;
  /** @default any free port */
  port?: number;
  /** Whether to begin with an empty cloud. */
  fresh?: boolean;
  lines: StepLines;
}

/** Region of the local cloud where the stack names none. */
const region = "us-east-2";

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
    if (session.fresh) await rm(stateDir, { recursive: true, force: true });
    const started = Date.now();
    lines.running("Start the local cloud");
    cloud = await startLocalCloud({
      stateDir,
      region,
      ...(session.port ? { port: session.port } : {}),
    });
    lines.done("Start the local cloud", (Date.now() - started) / 1000, cloud.url);
    const broken = cloud.failed.then((error) => Promise.reject(error));
    const ended = interrupted.then(() => undefined);
    await Promise.race([work(cloud, interrupted), broken, ended]);
  } catch (error) {
    lines.clear();
    console.error(`\n${colors.red("✘")} ${error instanceof Error ? error.message : String(error)}`);
    if (cloud) console.error(`  log: ${relative(process.cwd(), cloud.logFile)}`);
    process.exitCode = 1;
  } finally {
    lines.clear();
    await cloud?.stop();
  }
  process.exit(); // A client's idle connection would keep the process for seconds.
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
