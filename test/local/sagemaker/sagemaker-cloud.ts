import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DescribeEndpointCommand,
  type DescribeEndpointOutput,
  DescribeTrainingJobCommand,
  type DescribeTrainingJobResponse,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { type Backend, createBackend } from "../../../local/cloud/backend.ts";
import type { CloudContext } from "../../../local/cloud/context.ts";
import { FaultPlan } from "../../../local/faults/fault-plan.ts";
import { ministackIdentity } from "../../../local/ministack/identity.ts";
import { type Ministack, startMinistack } from "../../../local/ministack/ministack.ts";
import { removeFolder } from "../../../local/processes/remove-folder.ts";
import type { BuiltinContainer } from "../../../local/sagemaker/builtin-containers.ts";
import { createSageMaker, type SageMakerService } from "../../../local/sagemaker/service.ts";
import { xgboostMetrics } from "../../../local/sagemaker/xgboost-metrics.ts";
import { interpreter } from "../../../local/setup/python-environments.mjs";
import { createExecutionRole } from "../../support/execution-role.ts";

export const region = "us-east-2";
export const accountId = "000000000000";
export const roleArn = `arn:aws:iam::${accountId}:role/test`;
export const bucket = "sagemaker-test";
export const arnOf = (kind: string, name: string): string =>
  `arn:aws:sagemaker:${region}:${accountId}:${kind}/${name}`;

/** Registry path of the worker in test/fixtures/worker-container. */
export const fakeImage = `${accountId}.dkr.ecr.${region}.amazonaws.com/fake-algorithm:1`;

const fakeContainer: BuiltinContainer = {
  repository: "fake-algorithm",
  tags: ["1"],
  environment: "xgboost",
  packageFolder: fileURLToPath(new URL("../../fixtures/worker-container", import.meta.url)),
  trainModule: "fake_container.train",
  serveModule: "fake_container.serve",
  metricDefinitions: xgboostMetrics,
};

const client = { region, credentials: { accessKeyId: "test", secretAccessKey: "test" } };

/** SageMaker behind its HTTP server, with S3 and Logs of a ministack, and clients for all of them. */
export class SageMakerCloud {
  readonly context: CloudContext;
  readonly logLines: string[];
  service!: SageMakerService;
  sagemaker!: SageMakerClient;
  runtime!: SageMakerRuntimeClient;
  url!: string;
  readonly #folder: string;
  readonly #ministack: Ministack;
  readonly logs: CloudWatchLogsClient;
  readonly #worker: "fake" | "builtin";
  #backend!: Backend;

  private constructor(
    folder: string,
    ministack: Ministack,
    context: CloudContext,
    logLines: string[],
    worker: "fake" | "builtin",
  ) {
    this.#folder = folder;
    this.#ministack = ministack;
    this.logs = new CloudWatchLogsClient({ ...client, endpoint: ministack.url });
    this.context = context;
    this.logLines = logLines;
    this.#worker = worker;
  }

  /** @param worker the one in test/fixtures, or those of the built-in algorithms */
  static async start(worker: "fake" | "builtin" = "fake"): Promise<SageMakerCloud> {
    const folder = await mkdtemp(join(tmpdir(), "sagemaker-test-"));
    const python = await interpreter("cloud");
    const ministack = await startMinistack({
      python,
      stateDir: join(folder, "ministack"),
      backendUrl: "http://127.0.0.1:9",
      logFile: join(folder, "ministack.log"),
      region,
      root: client.credentials,
      nodeBinDir: dirname(process.execPath),
    });
    const logLines: string[] = [];
    const context: CloudContext = {
      region,
      accountId,
      stateDir: join(folder, "state"),
      endpointUrl: ministack.url,
      interpreters: {
        cloud: python,
        spark: python,
      },
      containerPython: async (name) => (worker === "fake" ? python : interpreter(name)),
      faults: new FaultPlan(),
      s3: new S3Client({ ...client, endpoint: ministack.url, forcePathStyle: true }),
      identity: ministackIdentity(ministack),
      log: (line) => logLines.push(line),
    };
    const cloud = new SageMakerCloud(folder, ministack, context, logLines, worker);
    await context.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    await createExecutionRole({ ...client, endpoint: ministack.url }, "test");
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
    this.context.s3.destroy();
    this.logs.destroy();
    await this.#ministack.stop();
    await removeFolder(this.#folder);
  }

  async put(key: string, body: string | Buffer): Promise<void> {
    await this.context.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  }

  /** The job, once it has ended. */
  async ended(name: string): Promise<DescribeTrainingJobResponse> {
    return eventually(async () => {
      const job = await this.sagemaker.send(
        new DescribeTrainingJobCommand({ TrainingJobName: name }),
      );
      const going = job.TrainingJobStatus === "InProgress" || job.TrainingJobStatus === "Stopping";
      return going ? undefined : job;
    });
  }

  /** The endpoint, once no change of it is under way. */
  async settled(name: string): Promise<DescribeEndpointOutput> {
    return eventually(async () => {
      const endpoint = await this.sagemaker.send(
        new DescribeEndpointCommand({ EndpointName: name }),
      );
      const status = endpoint.EndpointStatus ?? "";
      return ["InService", "Failed"].includes(status) ? endpoint : undefined;
    });
  }

  /** Lines of all streams of a log group whose names start so. */
  async logged(group: string, prefix: string): Promise<string[]> {
    const { logStreams = [] } = await this.logs.send(
      new DescribeLogStreamsCommand({ logGroupName: group, logStreamNamePrefix: prefix }),
    );
    const pages = await Promise.all(
      logStreams.map((stream) =>
        this.logs.send(
          new GetLogEventsCommand({
            logGroupName: group,
            logStreamName: stream.logStreamName,
            startFromHead: true,
          }),
        ),
      ),
    );
    return pages.flatMap((page) => (page.events ?? []).map((event) => event.message as string));
  }

  async #up(): Promise<void> {
    this.service = await createSageMaker(
      this.context,
      this.#worker === "fake" ? { containers: [fakeContainer] } : {},
    );
    const none = { operations: {}, checks: {}, close: async () => {} };
    this.#backend = await createBackend(this.context, {
      sagemaker: this.service,
      runtime: this.service.runtime,
      glue: none,
    });
    this.url = this.#backend.url;
    this.sagemaker = new SageMakerClient({ ...client, endpoint: this.url, maxAttempts: 1 });
    this.runtime = new SageMakerRuntimeClient({ ...client, endpoint: this.url, maxAttempts: 1 });
  }

  async #down(): Promise<void> {
    this.sagemaker.destroy();
    this.runtime.destroy();
    await this.#backend.close();
    await this.service.close();
  }
}

/** What `probe` gives once it gives something; asked again until then. The test's own timeout ends it. */
export async function eventually<T>(probe: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const value = await probe();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The error that a call is expected to end with. */
export async function failureOf(call: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await call;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error("the call succeeded");
}
