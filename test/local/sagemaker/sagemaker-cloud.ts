import { fileURLToPath } from "node:url";
import { DescribeLogStreamsCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import {
  DescribeEndpointCommand,
  type DescribeEndpointOutput,
  DescribeTrainingJobCommand,
  type DescribeTrainingJobResponse,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { type Backend, createBackend } from "../../../local/cloud/backend.ts";
import type { BuiltinContainer } from "../../../local/sagemaker/builtin-containers.ts";
import { createSageMaker, type SageMakerService } from "../../../local/sagemaker/service.ts";
import { xgboostMetrics } from "../../../local/sagemaker/xgboost-metrics.ts";
import { interpreter } from "../../../local/setup/python-environments.mjs";
import { eventually } from "../../support/eventually.ts";
import {
  accountId,
  client,
  type MinistackFixture,
  region,
  startMinistackFixture,
} from "../ministack-fixture.ts";

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

/** SageMaker behind its HTTP server, with S3 and Logs of a ministack, and clients for all of them. */
export class SageMakerCloud {
  readonly context: MinistackFixture["context"];
  readonly logs: MinistackFixture["logs"];
  readonly logLines: string[];
  service!: SageMakerService;
  sagemaker!: SageMakerClient;
  runtime!: SageMakerRuntimeClient;
  url!: string;
  readonly #fixture: MinistackFixture;
  readonly #worker: "fake" | "builtin";
  #backend!: Backend;

  private constructor(fixture: MinistackFixture, worker: "fake" | "builtin") {
    this.#fixture = fixture;
    this.context = fixture.context;
    this.logs = fixture.logs;
    this.logLines = fixture.logLines;
    this.#worker = worker;
  }

  /** @param worker the one in test/fixtures, or those of the built-in algorithms */
  static async start(worker: "fake" | "builtin" = "fake"): Promise<SageMakerCloud> {
    const python = await interpreter("cloud");
    const fixture = await startMinistackFixture(bucket, {
      interpreters: { cloud: python, spark: python },
      containerPython: async (name) => (worker === "fake" ? python : interpreter(name)),
    });
    const cloud = new SageMakerCloud(fixture, worker);
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
