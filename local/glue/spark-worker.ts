import { fileURLToPath } from "node:url";
import type { CloudContext } from "../cloud/context.ts";
import { type Child, spawnChild } from "../processes/child.ts";
import { removeFolder } from "../processes/remove-folder.ts";

/** One run of a script, as the worker takes it; see python/spark_worker/__main__.py. */
export interface ScriptRun {
  run: string;
  /** Local path. */
  script: string;
  /** What follows the script in `sys.argv`. */
  argv: string[];
  /** Local paths. */
  pyFiles: string[];
  /** Folder of each bucket that `s3://` paths may name. */
  buckets: Record<string, string>;
  /** Hadoop's settings, beside those that lead to the folders. */
  hadoop: Record<string, string>;
  /** Working directory. */
  cwd: string;
  /** Environment of the script, on the driver and in Spark's Python processes: the keys of the run's role. */
  env: Record<string, string>;
}

export type OutputStream = "stdout" | "stderr";
export type OnLine = (stream: OutputStream, line: string) => void;

type Message =
  | { event: "ready" }
  | { event: "output"; stream: OutputStream; line: string }
  | { event: "finished"; run: string; error: string | null };

const pythonPath = fileURLToPath(new URL("python", import.meta.url));
const lastLinesKept = 10;

/** A Spark process, which runs one script at a time. */
export class SparkWorker {
  /** Settles when a run would start at once; rejects when the process ends before that. */
  readonly ready: Promise<void>;
  /** Settles when the process has ended, with its last words, and its folder is removed. */
  readonly ended: Promise<string>;
  readonly heapMegabytes: number;
  readonly #child: Child;
  readonly #lastLines: string[] = [];
  readonly #readiness = Promise.withResolvers<void>();
  #current: { onLine: OnLine; finish: (error: string | null) => void } | undefined;

  /** @param folder the worker's own, for all that Spark writes beside its output; removed at the end */
  constructor(context: CloudContext, folder: string, heapMegabytes: number) {
    this.heapMegabytes = heapMegabytes;
    this.#child = spawnChild({
      command: context.interpreters.spark,
      args: ["-m", "spark_worker", "--work-dir", folder, "--heap-megabytes", `${heapMegabytes}`],
      env: environment(context),
      onStdoutLine: (line) => this.#onMessage(JSON.parse(line) as Message),
      onStderrLine: (line) => this.#remember(line),
    });
    this.ready = this.#readiness.promise;
    this.ready.catch(() => {}); // Whoever waits sees it; a worker that nobody waits for is told of by `ended`.
    this.ended = this.#child.exited.then(async ({ code, signal }) => {
      await removeFolder(folder).catch(({ message }) => context.log(`glue: ${message}`));
      const reason = [`the Spark process ended with ${signal ?? code}`, ...this.#lastLines];
      this.#readiness.reject(new Error(reason.join("\n")));
      return reason.join("\n");
    });
  }

  /**
   * Runs a script to its end.
   * @returns what a failure is reported with; null after a success
   * @throws Error when the process ends first
   */
  async run(run: ScriptRun, onLine: OnLine): Promise<string | null> {
    if (this.#current) throw new Error("the worker is running another script");
    const finished = Promise.withResolvers<string | null>();
    this.#current = { onLine, finish: finished.resolve };
    this.#child.stdin.write(`${JSON.stringify(run)}\n`);
    const crashed = this.ended.then((reason) => {
      throw new Error(reason);
    });
    try {
      return await Promise.race([finished.promise, crashed]);
    } finally {
      this.#current = undefined;
    }
  }

  /** Ends the process, whatever it is doing. */
  async kill(): Promise<void> {
    await this.#child.stop(0);
    await this.ended;
  }

  #onMessage(message: Message): void {
    switch (message.event) {
      case "ready":
        this.#readiness.resolve();
        break;
      case "output":
        this.#current?.onLine(message.stream, message.line);
        this.#remember(message.line);
        break;
      case "finished":
        this.#current?.finish(message.error);
        break;
    }
  }

  #remember(line: string): void {
    this.#lastLines.push(line);
    if (this.#lastLines.length > lastLinesKept) this.#lastLines.shift();
  }
}

/** No keys: those of a run come with it. */
function environment(context: CloudContext): Record<string, string> {
  return {
    PATH: "/usr/bin:/bin",
    LANG: "C.UTF-8",
    PYTHONPATH: pythonPath,
    AWS_ENDPOINT_URL: context.endpointUrl,
    AWS_REGION: context.region,
    AWS_DEFAULT_REGION: context.region,
  };
}
