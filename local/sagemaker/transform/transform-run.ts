import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { RoleSession } from "../../cloud/authorization/role-session.ts";
import type { CloudContext } from "../../cloud/context.ts";
import { LogStream } from "../../cloud/log-stream.ts";
import { executionSession } from "../execution-role.ts";
import { DeploymentFailure, downloadModel, type ServedModel } from "../hosting/deployment.ts";
import { ModelServer } from "../hosting/model-server.ts";
import type { Runners } from "../runners.ts";
import { keysBelow } from "../s3-objects.ts";
import { parseS3Uri, type S3Location } from "../s3-uri.ts";
import type { TransformJobRecord } from "../sagemaker.ts";
import type { Workers } from "../workers.ts";
import { askModel } from "./ask-model.ts";
import { type ExecutionParameters, executionParameters } from "./execution-parameters.ts";
import { csvFilter } from "./input-filter.ts";
import { algorithmFailed, TransformFailure } from "./transform-failure.ts";
import { transformObjects } from "./transform-objects.ts";
import { uploadTransformOutput } from "./transform-output.ts";

/** SageMaker's default for ModelClientConfig.InvocationsTimeoutInSeconds. */
const DEFAULT_INVOCATION_TIMEOUT_SECONDS = 600;

const logGroup = "/aws/sagemaker/TransformJobs";

export interface TransformRunOptions {
  context: CloudContext;
  job: TransformJobRecord;
  model: ServedModel;
  runners: Runners;
  workers: Workers;
  /** Of the job alone; removed by who gave it. */
  folder: string;
  /** Called when the work begins. */
  started(): void;
}

/** One transform job, from its model's download to the upload of its output. */
export class TransformRun {
  readonly #options: TransformRunOptions;
  readonly #session: RoleSession;
  readonly #logs: { container: LogStream; data: LogStream };
  readonly #stopping = new AbortController();
  readonly #server: ModelServer<ServedModel>;
  readonly #result: Promise<"Completed" | "Stopped">;

  constructor(options: TransformRunOptions) {
    const { context, job, model, runners, workers } = options;
    this.#options = options;
    this.#session = executionSession(context, model.roleArn, job.TransformJobArn as string);
    const instance = `i-${randomBytes(9).toString("hex").slice(0, 17)}`;
    const stream = `${job.TransformJobName}/${instance}-${Math.floor(Date.now() / 1000)}`;
    this.#logs = {
      container: new LogStream(this.#session.logs, logGroup, stream),
      data: new LogStream(this.#session.logs, logGroup, `${stream}/data-log`),
    };
    const { InvocationsTimeoutInSeconds: timeout = DEFAULT_INVOCATION_TIMEOUT_SECONDS } =
      job.ModelClientConfig ?? {};
    this.#server = new ModelServer({
      context,
      variant: model,
      runner: runners.of(model.image),
      workers,
      log: this.#logs.container,
      restarts: false,
      responseTimeoutMs: timeout * 1000,
    });
    this.#result = this.#run();
  }

  /** @throws TransformFailure when the job fails */
  done(): Promise<"Completed" | "Stopped"> {
    return this.#result;
  }

  /** Ends the model's process; the output of a stopped job is not kept. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#server.stop();
  }

  async #run(): Promise<"Completed" | "Stopped"> {
    // The caller hears of nothing before it knows this run.
    await Promise.resolve();
    this.#options.started();
    try {
      await this.#transform();
      return this.#stopping.signal.aborted ? "Stopped" : "Completed";
    } catch (error) {
      if (this.#stopping.signal.aborted) return "Stopped";
      throw error;
    } finally {
      await this.#server.stop();
      await this.#closeLogs();
      this.#session.close();
    }
  }

  async #transform(): Promise<void> {
    const { signal } = this.#stopping;
    const parameters = await this.#serve();
    const objects = await this.#answered(parameters);
    signal.throwIfAborted();
    await uploadTransformOutput(this.#session, this.#options.job, objects);
    const failed = objects.find(({ failure }) => failure);
    if (failed?.failure) throw failed.failure;
  }

  /** Brings the model and starts its container. */
  async #serve(): Promise<ExecutionParameters> {
    const { context, job, model } = this.#options;
    const { signal } = this.#stopping;
    await downloadModel(context, model).catch((error: Error) => {
      if (!(error instanceof DeploymentFailure)) throw error;
      throw new TransformFailure(`ClientError: ${error.message}`);
    });
    signal.throwIfAborted();
    await this.#server.start().catch((error: Error) => {
      throw error instanceof DeploymentFailure ? algorithmFailed() : error;
    });
    signal.throwIfAborted();
    const question = "GET /execution-parameters HTTP/1.1\r\nhost: 127.0.0.1\r\n";
    const answer = await this.#server.invoke(question, Buffer.alloc(0)).catch(() => undefined);
    const parameters = executionParameters(job, answer);
    const { maxConcurrentTransforms, maxPayloadInMb, batchStrategy } = parameters;
    const strategy = batchStrategy === "MultiRecord" ? "MULTI_RECORD" : "SINGLE_RECORD";
    this.#note(
      `MaxConcurrentTransforms=${maxConcurrentTransforms}, MaxPayloadInMB=${maxPayloadInMb}, BatchStrategy=${strategy}`,
    );
    return parameters;
  }

  async #answered({ maxConcurrentTransforms, maxPayloadInMb, batchStrategy }: ExecutionParameters) {
    const { job, folder } = this.#options;
    const answers = join(folder, "answers");
    await mkdir(answers, { recursive: true });
    const note = ({ bucket, key }: S3Location, line: string) =>
      this.#note(`${bucket}/${key}: ${line}`);
    return transformObjects({
      s3: this.#session.s3,
      sources: await this.#sources(),
      folder: answers,
      splitting: {
        byLine: job.TransformInput?.SplitType === "Line",
        strategy: batchStrategy,
        maxBytes: maxPayloadInMb * 1024 * 1024,
      },
      filter: csvFilter(job.DataProcessing?.InputFilter ?? "$"),
      concurrency: maxConcurrentTransforms,
      endLines: job.TransformOutput?.AssembleWith === "Line",
      invoke: (payload, source) =>
        askModel(this.#server, job, payload, (line) => note(source, line)),
      note,
      signal: this.#stopping.signal,
    });
  }

  async #sources(): Promise<S3Location[]> {
    const uri = this.#options.job.TransformInput?.DataSource?.S3DataSource?.S3Uri as string;
    const location = parseS3Uri(uri, "S3Uri");
    const sources: S3Location[] = [];
    try {
      for await (const key of keysBelow(this.#session.s3, location)) {
        sources.push({ bucket: location.bucket, key });
      }
    } catch (error) {
      throw new TransformFailure(
        `ClientError: Failed to list objects under ${uri}: ${(error as Error).message}`,
      );
    }
    if (sources.length === 0) {
      throw new TransformFailure(`ClientError: No S3 objects found under S3 URL ${uri}`);
    }
    return sources;
  }

  #note(line: string): void {
    const time = new Date().toISOString().replace("Z", "");
    this.#logs.data.write(`${time}:[sagemaker logs]: ${line}`);
  }

  async #closeLogs(): Promise<void> {
    const { context, job } = this.#options;
    for (const log of [this.#logs.container, this.#logs.data]) {
      await log.close().catch((error: unknown) => {
        context.log(`transform job ${job.TransformJobName}: log lines were lost: ${String(error)}`);
      });
    }
  }
}
