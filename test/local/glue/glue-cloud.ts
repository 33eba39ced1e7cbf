import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateJobCommand,
  type CreateJobCommandInput,
  GetJobRunCommand,
  GlueClient,
  type JobRun,
  StartJobRunCommand,
} from "@aws-sdk/client-glue";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { zipSync } from "fflate";
import { type Backend, createBackend } from "../../../local/cloud/backend.ts";
import { createGlue, type GlueService } from "../../../local/glue/service.ts";
import { interpreter } from "../../../local/setup/python-environments.mjs";
import {
  client,
  type MinistackFixture,
  roleArn,
  startMinistackFixture,
} from "../ministack-fixture.ts";

export const bucket = "glue-test";

/** A minute of a job's Timeout, in these tests. */
const minuteMs = 1500;

export const definition = {
  Role: roleArn,
  GlueVersion: "5.0",
  WorkerType: "G.1X",
  NumberOfWorkers: 2,
  Command: { Name: "glueetl", PythonVersion: "3", ScriptLocation: `s3://${bucket}/code/job.py` },
} satisfies Partial<CreateJobCommandInput>;

/** What a pipeline passes to the script of each run, whether it asks for it or not. */
export function runArguments(title: string): Record<string, string> {
  return {
    "--S3_INPUT_FILE": `s3://${bucket}/input/${title}.csv`,
    "--S3_TRAIN_KEY": `s3://${bucket}/output/${title}/train/`,
    "--S3_VALIDATE_KEY": `s3://${bucket}/output/${title}/validate/`,
    "--S3_TEST_KEY": `s3://${bucket}/output/${title}/test/`,
    "--S3_REPORT_KEY": `s3://${bucket}/output/${title}/etl.json`,
  };
}

/** Glue behind its HTTP server, with S3 and Logs of a ministack. */
export class GlueCloud {
  readonly context: MinistackFixture["context"];
  readonly logs: MinistackFixture["logs"];
  readonly logLines: string[];
  glue!: GlueClient;
  service!: GlueService;
  readonly #fixture: MinistackFixture;
  #backend!: Backend;

  private constructor(fixture: MinistackFixture) {
    this.#fixture = fixture;
    this.context = fixture.context;
    this.logs = fixture.logs;
    this.logLines = fixture.logLines;
  }

  static async start(): Promise<GlueCloud> {
    const fixture = await startMinistackFixture(bucket, {
      interpreters: { cloud: await interpreter("cloud"), spark: await interpreter("spark") },
      containerPython: async () => "/nonexistent",
    });
    const cloud = new GlueCloud(fixture);
    await cloud.#up();
    return cloud;
  }

  /** Ends the service and starts it again on the same folder. */
  async restart(): Promise<void> {
    await this.#down();
    await this.#up();
  }

  async stop(): Promise<void> {
    await this.#down();
    await this.#fixture.stop();
  }

  async put(key: string, body: string | Uint8Array): Promise<void> {
    await this.context.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  }

  async get(key: string): Promise<string> {
    const object = await this.context.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await object.Body?.transformToString()) as string;
  }

  async keys(prefix: string): Promise<string[]> {
    const page = await this.context.s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }),
    );
    return (page.Contents ?? []).map((object) => object.Key as string);
  }

  /** A job with this script. */
  async createJob(name: string, script: string, more: Partial<CreateJobCommandInput> = {}) {
    const key = `code/${name}.py`;
    await this.put(key, script);
    const Command = { ...definition.Command, ScriptLocation: `s3://${bucket}/${key}` };
    await this.glue.send(new CreateJobCommand({ Name: name, ...definition, Command, ...more }));
  }

  /** Starts a run; its id. */
  async startRun(name: string, args: Record<string, string> = {}): Promise<string> {
    const { JobRunId } = await this.glue.send(
      new StartJobRunCommand({ JobName: name, Arguments: args }),
    );
    return JobRunId as string;
  }

  /** The run, once `condition` holds. */
  async runWhen(name: string, id: string, condition: (run: JobRun) => boolean): Promise<JobRun> {
    for (;;) {
      const { JobRun } = await this.glue.send(new GetJobRunCommand({ JobName: name, RunId: id }));
      if (JobRun && condition(JobRun)) return JobRun;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  ended(name: string, id: string): Promise<JobRun> {
    return this.runWhen(name, id, (run) => run.CompletedOn !== undefined);
  }

  async run(name: string, args: Record<string, string> = {}): Promise<JobRun> {
    return this.ended(name, await this.startRun(name, args));
  }

  async logged(group: string, stream: string): Promise<string[]> {
    const page = await this.logs.send(
      new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, startFromHead: true }),
    );
    return (page.events ?? []).map((event) => event.message as string);
  }

  /** Resolves once a run has logged this line. */
  async whenLogged(group: string, stream: string, line: string): Promise<void> {
    for (;;) {
      const lines = await this.logged(group, stream).catch((error: Error) => {
        if (error.name !== "ResourceNotFoundException") throw error;
        return [] as string[];
      });
      if (lines.includes(line)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** What lies in the folders that runs and Spark work in. */
  async workFiles(folder: "work" | "workers"): Promise<string[]> {
    const path = join(this.context.stateDir, "glue", folder);
    return existsSync(path) ? readdir(path) : [];
  }

  async #up(): Promise<void> {
    this.service = await createGlue(this.context, { minuteMs });
    const none = { operations: {}, checks: {}, close: async () => {} };
    this.#backend = await createBackend(this.context, {
      sagemaker: none,
      runtime: { handle: () => {} },
      glue: this.service,
    });
    this.glue = new GlueClient({ ...client, endpoint: this.#backend.url, maxAttempts: 1 });
  }

  async #down(): Promise<void> {
    this.glue.destroy();
    await this.#backend.close();
    await this.service.close();
  }
}

const glueFolder = fileURLToPath(new URL("../../../glue/", import.meta.url));

/** glue/<name>_etl.py */
export function etlScript(name: string): Promise<string> {
  return readFile(join(glueFolder, `${name}_etl.py`), "utf8");
}

/** glue/lib as `--extra-py-files` takes it. */
export async function etlLibrary(): Promise<Uint8Array> {
  const folder = join(glueFolder, "lib");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.name.endsWith(".py"));
  const contents = await Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), new Uint8Array(await readFile(path))] as const;
    }),
  );
  return zipSync(Object.fromEntries(contents));
}
