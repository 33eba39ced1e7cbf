import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { finished } from "node:stream/promises";
import { type Child, type Exit, spawnChild } from "../processes/child.ts";
import { removeFolder } from "../processes/remove-folder.ts";

export interface MinistackOptions {
  /** Python of the environment that has ministack installed. */
  python: string;
  /** Folder for the state: buckets with their objects, functions, roles, ... A later start with it goes on from there. */
  stateDir: string;
  /** Base URL of the project's own SageMaker and Glue. */
  backendUrl: string;
  /** File that gets the log; appended to. */
  logFile: string;
  region: string;
  /** Keys of the account's root user: with them alone may anything be done. */
  root: { accessKeyId: string; secretAccessKey: string };
  /** Folder of the `node` that runs the Lambda functions. */
  nodeBinDir: string;
  /** @default any free one */
  port?: number;
  /** The secret of an earlier process on the same state: sessions that it gave go on with it. @default a new one */
  secret?: string;
  /**
   * What the waits of state machines (Wait states, pauses before retries) are multiplied by: here endpoints come up in a second,
   * where AWS takes minutes.
   * @default 0.05
   */
  waitScale?: number;
}

export interface Ministack {
  /** What AWS_ENDPOINT_URL is set to. */
  url: string;
  pid: number;
  /** What the launcher's own routes (`/_local/`) want to see in the header `x-local-secret`. */
  secret: string;
  /** Settles when the process has ended, whoever ended it. */
  exited: Promise<Exit>;
  /** Lets go on what an earlier process left in the middle: to be called once the backend answers. */
  resume(): void;
  /** Executions and asynchronous invocations stand still from now on: to be called before the backend ends. */
  halt(): void;
  /** Saves the state and ends the process and the functions that it runs. */
  stop(): Promise<void>;
}

/** Functions that run at once: what a laptop's memory bears. More wait for their turn. */
const functionConcurrency = 4;
/** State is at most this much behind when the process is killed. */
const autosaveSeconds = 2;
/** Saving state takes a moment; a function that is running may take two. */
const stopGraceMs = 10_000;

/**
 * Starts ministack, which serves S3, Lambda, EventBridge, Step Functions and so on, with SageMaker and Glue handed to the backend.
 * Resolves when it answers requests; its process ends with this one, however this one ends.
 *
 * @throws when it ends before that, with the last lines that it logged
 */
export async function startMinistack(options: MinistackOptions): Promise<Ministack> {
  const temporary = join(options.stateDir, "tmp");
  await removeFolder(temporary); // What functions left when they were killed.
  await mkdir(temporary, { recursive: true });
  // Its runner of Node.js functions is a CommonJS .js file in this folder, which may lie inside a package of ES modules.
  await writeFile(join(temporary, "package.json"), '{ "type": "commonjs" }\n');
  await mkdir(dirname(options.logFile), { recursive: true });
  const log = createWriteStream(options.logFile, { flags: "a" });
  await new Promise<void>((resolve, reject) =>
    log.once("open", () => resolve()).once("error", reject),
  );

  const tail: string[] = [];
  const write = (line: string): void => {
    log.write(`${line}\n`);
    tail.push(line);
    if (tail.length > 20) tail.shift();
  };
  const secret = options.secret ?? randomBytes(32).toString("base64url");
  const listening = Promise.withResolvers<number>();
  const child = spawnChild({
    command: options.python,
    args: ["-m", "launcher"],
    cwd: options.stateDir,
    env: environment(options, temporary, secret),
    onStdoutLine: (line) => {
      const port = /^\{"listening": (\d+)\}$/.exec(line)?.[1];
      if (port !== undefined) listening.resolve(Number(port));
      write(line);
    },
    onStderrLine: write,
  });
  const exited = closeLog(child, log);
  void exited.then((exit) => {
    const how = exit.signal ?? `status ${exit.code}`;
    listening.reject(
      new Error(`ministack ended with ${how}; its log is ${options.logFile}:\n${tail.join("\n")}`),
    );
  });
  const port = await listening.promise;

  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid,
    secret,
    exited,
    resume: () => child.stdin.write("resume\n"),
    halt: () => child.stdin.write("halt\n"),
    stop: async () => {
      await child.stop(stopGraceMs);
      await exited;
    },
  };
}

async function closeLog(child: Child, log: NodeJS.WritableStream): Promise<Exit> {
  const exit = await child.exited;
  log.end();
  await finished(log);
  return exit;
}

/** All that ministack gets: the functions that it runs inherit it, so nothing of the user's own environment is in it. */
function environment(
  options: MinistackOptions,
  temporary: string,
  secret: string,
): Record<string, string> {
  return {
    PATH: `${options.nodeBinDir}:/usr/local/bin:/usr/bin:/bin`,
    HOME: temporary,
    TMPDIR: temporary,
    LANG: "C.UTF-8",
    TZ: "UTC",
    PYTHONPATH: import.meta.dirname,
    PYTHONDONTWRITEBYTECODE: "1",
    LAUNCHER_BACKEND_URL: options.backendUrl,
    LAUNCHER_PORT: String(options.port ?? 0),
    LAUNCHER_SECRET: secret,
    LAUNCHER_ROOT_ACCESS_KEY_ID: options.root.accessKeyId,
    LAUNCHER_ROOT_SECRET_ACCESS_KEY: options.root.secretAccessKey,
    LAUNCHER_AUTOSAVE_SECONDS: String(autosaveSeconds),
    AUTH: "true",
    LOG_LEVEL: "WARNING",
    MINISTACK_REGION: options.region,
    PERSIST_STATE: "1",
    STATE_DIR: join(options.stateDir, "services"),
    S3_PERSIST: "1",
    S3_DATA_DIR: join(options.stateDir, "s3"),
    LAMBDA_ACCOUNT_CONCURRENCY: String(functionConcurrency),
    LAMBDA_WARM_TTL_SECONDS: "20",
    SFN_WAIT_SCALE: String(options.waitScale ?? 0.05),
    IOT_MTLS_ENABLED: "0",
    SFTP_ENABLED: "0",
  };
}
