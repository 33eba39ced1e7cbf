import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeEndpointCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  type ExecutionStatus,
} from "@aws-sdk/client-sfn";
import { GetQueueUrlCommand, type Message, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { pipelineNames } from "../../components/names.ts";
import type { RunReport } from "../../handlers/record-run/report.ts";
import { deployWholeStack } from "../../local/cli/deploy-stack.ts";
import { putInput, type Upload } from "../../local/cli/put-input.ts";
import { SilentLines } from "../../local/cli/silent-lines.ts";
import { type LocalCloud, startLocalCloud } from "../../local/local-cloud.ts";
import { removeFolder } from "../../local/processes/remove-folder.ts";
import { readRunReport } from "../../local/report/page-content.ts";
import type { ComparisonOutputs, PipelineOutputs } from "../../scripts/stack-outputs.ts";
import { type CloudClients, cloudClients } from "./cloud-clients.ts";
import { type CloudSetup, churnPipeline } from "./experiment.ts";
import { acceptedInput, featureRow } from "./inputs.ts";
import { leftovers } from "./leftovers.ts";
import { type RunEvent, RunEvents } from "./run-events.ts";
import { until } from "./until.ts";

export type { Upload };

const region = "us-east-2";
const stack = "local";

export interface FinishedRun extends Upload {
  status: ExecutionStatus;
  /** "SUCCEEDED", or status and name of the error: "FAILED EtlFailed". */
  ended: string;
  execution: DescribeExecutionOutput;
  /** `runs/<title>/report.json`, undefined where the run left none. */
  report: RunReport | undefined;
}

/** The churn pipeline deployed in a local cloud of its own folder, and what experiments do with it. */
export class ExperimentCloud {
  cloud!: LocalCloud;
  clients!: CloudClients;
  churn!: PipelineOutputs;
  /** Outputs of all pipelines, churn among them. */
  pipelines!: Record<string, PipelineOutputs>;
  comparisons!: Record<string, ComparisonOutputs>;
  readonly stateDir: string;
  /** Physical names of what the stack made for churn. */
  readonly names = pipelineNames(stack, "churn");
  readonly #setup: CloudSetup;
  #events!: RunEvents;
  #uploads = 0;

  private constructor(stateDir: string, setup: CloudSetup) {
    this.stateDir = stateDir;
    this.#setup = setup;
  }

  /** @param stateDir of a cloud that was killed; removed at the end. @default a new one */
  static async start(setup: CloudSetup = {}, stateDir?: string): Promise<ExperimentCloud> {
    const folder = stateDir ?? (await mkdtemp(join(tmpdir(), "retraining-chaos-")));
    const bench = new ExperimentCloud(folder, setup);
    try {
      await bench.startAgain();
      return bench;
    } catch (error) {
      await bench.stop();
      throw error;
    }
  }

  /** Starts the cloud from what its folder holds, after `cloud.stop()` or a violent end, and deploys the stack as `npm run local` does. */
  async startAgain(options: CloudSetup["options"] = this.#setup.options): Promise<void> {
    this.cloud = await startLocalCloud({ ...options, stateDir: this.stateDir, region });
    this.cloud.warmUp();
    this.clients = cloudClients(this.cloud);
    await this.deploy();
    this.#events = await RunEvents.listen(this.clients, this.cloud.accountId);
  }

  /** Deploys the stack, also over one that is there: `pipeline` has the sections of churn's config that are to be others now. */
  async deploy(pipeline = this.#setup.pipeline): Promise<void> {
    const config = {
      churn: { ...churnPipeline, ...pipeline },
      ...this.#setup.otherPipelines,
    };
    const { comparisons } = this.#setup;
    const deployed = await deployWholeStack(this.cloud, stack, new SilentLines(), {
      "aws:region": region,
      "retraining:pipelines": JSON.stringify(config),
      ...(comparisons && { "retraining:comparisons": JSON.stringify(comparisons) }),
    });
    this.pipelines = deployed.pipelines;
    this.comparisons = deployed.comparisons;
    this.churn = this.pipelines["churn"] as PipelineOutputs;
  }

  async stop(): Promise<void> {
    await this.cloud?.stop();
    await removeFolder(this.stateDir);
  }

  /** Uploads an input below `input/`, by default one whose model passes the gate, under a key that was not used before. */
  upload(
    body: string | Uint8Array = acceptedInput(),
    key = `input/experiment-${++this.#uploads}.csv`,
  ): Promise<Upload> {
    return putInput(this.clients.s3, this.churn, key, body);
  }

  /** The execution, or undefined as long as nothing started it. */
  async execution({ executionArn }: Upload): Promise<DescribeExecutionOutput | undefined> {
    return this.clients.sfn
      .send(new DescribeExecutionCommand({ executionArn }))
      .catch((error: Error) => {
        if (error.name === "ExecutionDoesNotExist") return undefined;
        throw error;
      });
  }

  /** Waits until the upload's run has started and ended. */
  async finished(upload: Upload, seconds = 60): Promise<FinishedRun> {
    const execution = await until(
      `the end of run ${upload.title}`,
      async () => {
        const found = await this.execution(upload);
        return found?.status === "RUNNING" ? undefined : found;
      },
      seconds,
    );
    const status = execution.status as ExecutionStatus;
    const ended = [status, execution.error].filter(Boolean).join(" ");
    return { ...upload, status, ended, execution, report: await this.report(upload.title) };
  }

  /** Uploads and waits for the end of the run. */
  async run(body?: string | Uint8Array, key?: string): Promise<FinishedRun> {
    return this.finished(await this.upload(body, key));
  }

  report(title: string): Promise<RunReport | undefined> {
    return readRunReport(this.clients.s3, this.churn.bucket, title);
  }

  /** The endpoint's status and the config that it serves; undefined when there is none. */
  async endpoint(): Promise<{ status: string; config: string | undefined } | undefined> {
    const EndpointName = this.churn.endpointName;
    return this.clients.sagemaker.send(new DescribeEndpointCommand({ EndpointName })).then(
      (answer) => ({ status: `${answer.EndpointStatus}`, config: answer.EndpointConfigName }),
      (error: Error) => {
        if (/Could not find endpoint/.test(error.message)) return undefined;
        throw error;
      },
    );
  }

  /** Makes sure that the endpoint serves, by a run when it does not yet; returns the config that it serves. */
  async serving(): Promise<string> {
    const before = await this.endpoint();
    if (before?.status === "InService" && before.config) return before.config;
    const { status, execution } = await this.run();
    if (status !== "SUCCEEDED") throw new Error(`no endpoint: ${execution.cause}`);
    return (await this.endpoint())?.config as string;
  }

  /** What the endpoint answers to CSV rows: a score a line. */
  async invoke(rows = featureRow, contentType = "text/csv"): Promise<string> {
    const { Body } = await this.clients.runtime.send(
      new InvokeEndpointCommand({
        EndpointName: this.churn.endpointName,
        ContentType: contentType,
        Body: rows,
      }),
    );
    return Buffer.from(Body).toString().trim();
  }

  /** `Retraining Run Finished` events of all runs, as far as they have come: a receiver may see one twice. */
  events(): Promise<RunEvent[]> {
    return this.#events.seen();
  }

  async eventsOf(title: string): Promise<RunEvent[]> {
    return (await this.events()).filter(({ detail }) => detail.title === title);
  }

  /** The first event of a run, waited for. */
  eventOf(title: string): Promise<RunEvent> {
    return until(`the event of run ${title}`, async () => (await this.eventsOf(title))[0]);
  }

  /** Messages of the dead-letter queue of failed starts; they stay there. */
  async deadLetters(): Promise<Message[]> {
    const QueueName = this.names.failedStartsQueue;
    const { QueueUrl } = await this.clients.sqs.send(new GetQueueUrlCommand({ QueueName }));
    const found = new Map<string | undefined, Message>();
    for (;;) {
      const { Messages = [] } = await this.clients.sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
      );
      const unseen = Messages.filter(({ MessageId }) => !found.has(MessageId));
      if (unseen.length === 0) return [...found.values()];
      for (const message of unseen) found.set(message.MessageId, message);
    }
  }

  /** What ended runs left that they should not have: see leftovers.ts. Empty when all is well. */
  async leftovers(): Promise<string[]> {
    const { clients, names, stateDir } = this;
    const { stateMachineArn } = this.churn;
    const endpoint = { ...churnPipeline.endpoint, ...(this.#setup.pipeline?.["endpoint"] ?? {}) };
    const { keepVersions } = endpoint;
    return leftovers({ clients, names, stateMachineArn, stateDir, keepVersions });
  }

  /** "no leftovers", or what is left; waits a moment for processes that are about to end. */
  async leftoverLine(): Promise<string> {
    const none = "no leftovers";
    const clean = async () => ((await this.leftovers()).length === 0 ? none : undefined);
    return until(none, clean, 15).catch(
      async () => `left over: ${(await this.leftovers()).join(", ")}`,
    );
  }
}
