import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { removeFolder } from "../../local/processes/remove-folder.ts";
import { ExperimentCloud, type Upload } from "./experiment-cloud.ts";
import { processesOf, type RunningProcess, stillRunning } from "./processes.ts";
import type { EndpointState } from "./struck-run.ts";
import { until } from "./until.ts";

/** What a cloud says before it is killed. */
export interface LastWords {
  upload: Upload;
  /** Undefined where there was no endpoint. */
  before: EndpointState | undefined;
}

export interface KilledCloud extends LastWords {
  /** "killed, no process left", or what happened instead. */
  end: string;
  /** The next cloud on the same state folder. */
  bench: ExperimentCloud;
}

/**
 * Starts a cloud in a process of its own, uploads an input, has the process killed (kill -9) at that step of the run, and starts
 * a cloud in this process on what it left.
 *
 * @param served whether the endpoint serves already
 */
export async function killedCloud(step: string, served: boolean): Promise<KilledCloud> {
  const stateDir = await mkdtemp(join(tmpdir(), "retraining-chaos-"));
  const program = join(import.meta.dirname, "cloud-to-be-killed.ts");
  const args = [program, stateDir, `local-cloud-killed=${step}`, served ? "served" : "empty"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  let own: RunningProcess[] = [];
  const watching = setInterval(() => {
    own = union(own, processesOf(stateDir, child.pid));
  }, 100);
  try {
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { value } = await lines.next();
    if (value === undefined) throw new Error("the cloud ended before it was killed");
    const words = JSON.parse(value) as LastWords;
    const [, signal] = await ended;
    clearInterval(watching);
    const left = () => stillRunning(own).length;
    const none = await until("no process", async () => left() === 0 || undefined, 10).catch(
      () => false,
    );
    const end = `${signal === "SIGKILL" ? "killed" : "not killed"}, ${none ? "no process" : `${left()} processes`} left`;
    return { ...words, end, bench: await ExperimentCloud.start({}, stateDir) };
  } catch (error) {
    await removeFolder(stateDir);
    throw error;
  } finally {
    clearInterval(watching);
    child.kill("SIGKILL");
  }
}

function union(some: RunningProcess[], more: RunningProcess[]): RunningProcess[] {
  const known = new Set(some.map(({ pid }) => pid));
  return [...some, ...more.filter(({ pid }) => !known.has(pid))];
}
