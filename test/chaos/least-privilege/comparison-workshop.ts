import { DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetJobRunsCommand } from "@aws-sdk/client-glue";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { ListEndpointConfigsCommand, ListTrainingJobsCommand } from "@aws-sdk/client-sagemaker";
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  GetExecutionHistoryCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { bucketLayout } from "../../../components/bucket-layout.ts";
import { comparisonNames, maxComparisonTitleLength } from "../../../components/comparison-names.ts";
import { executionArnOf } from "../../../components/execution-arn.ts";
import { runTitle } from "../../../components/names.ts";
import { abaloneLibsvm } from "../../../local/sample-data/abalone.ts";
import type { ComparisonOutputs } from "../../../scripts/stack-outputs.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { until as untilSeen } from "../until.ts";
import { shells } from "./compared-shells.ts";

/** A machine that does much else may take long: a bound, not what is expected. */
const patienceSeconds = 240;

export function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  return untilSeen(what, look, patienceSeconds);
}

interface Upload {
  key: string;
  versionId: string;
  title: string;
  executionArn: string;
}

/** What the account's user does, with keys that may do everything, to bring a comparison into a state or to its end. */
export class ComparisonWorkshop {
  readonly bench: ExperimentCloud;
  readonly names = comparisonNames("local", "shells");
  /** The production endpoint. */
  readonly endpointName: string = shells.promotion.endpoint.name;
  #seed = 0;
  #titles = 0;
  #compared: Upload | undefined;

  constructor(bench: ExperimentCloud) {
    this.bench = bench;
  }

  /** Compares on an input that was not there before. */
  async run(): Promise<DescribeExecutionOutput> {
    return this.ended(await this.upload());
  }

  /** @param body @default shells that were not there before */
  async upload(body?: string): Promise<Upload> {
    const { s3 } = this.bench.clients;
    const { bucket, stateMachineArn } = this.#outputs;
    const key = `input/shells-${++this.#seed}.libsvm`;
    const Body = body ?? abaloneLibsvm({ rows: 1500, seed: this.#seed });
    const { VersionId: versionId = "" } = await s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body }),
    );
    const title = runTitle({ bucket, key, versionId }, maxComparisonTitleLength);
    return { key, versionId, title, executionArn: executionArnOf(stateMachineArn, title) };
  }

  /** Waits for the end. Of inputs that of the last success stays: each comparison would have more to read otherwise. */
  async ended(upload: Upload): Promise<DescribeExecutionOutput> {
    const { title, executionArn } = upload;
    const execution = await until(`the end of comparison ${title}`, async () => {
      const found = await this.#describe(executionArn);
      return found?.status === "RUNNING" ? undefined : found;
    });
    const isLast = execution.status === "SUCCEEDED";
    const superfluous = isLast ? this.#compared : upload;
    if (isLast) this.#compared = upload;
    if (superfluous !== undefined) await this.#deleteInput(superfluous);
    return execution;
  }

  /** Of no comparison that there is. */
  anotherTitle(): string {
    return `left-${++this.#titles}`;
  }

  /** A comparison that came to its end: the last one, or a new one where there was none. */
  async compared(): Promise<Upload> {
    if (this.#compared === undefined) {
      const { status, cause } = await this.run();
      if (status !== "SUCCEEDED") throw new Error(`no comparison: ${cause}`);
    }
    return this.#compared as Upload;
  }

  /** What the last comparison called a function with, the first time. */
  async askedOf(functionName: string): Promise<Record<string, unknown>> {
    const { executionArn } = await this.compared();
    const { events = [] } = await this.bench.clients.sfn.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
    );
    for (const { taskScheduledEventDetails: asked } of events) {
      const { FunctionName = "", Payload } = JSON.parse(asked?.parameters ?? "{}");
      if (FunctionName.endsWith(`:${functionName}`)) return Payload;
    }
    throw new Error(`the comparison did not call ${functionName}`);
  }

  /** Invokes a function; @returns whether it answered. */
  async invoke(FunctionName: string, event: object): Promise<boolean> {
    const { FunctionError } = await this.bench.clients.lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
    );
    return FunctionError === undefined;
  }

  /** Titles of the comparisons whose winner is there as a version, the newest first. */
  async titles(): Promise<string[]> {
    const { runPrefix } = this.names;
    const { EndpointConfigs = [] } = await this.bench.clients.sagemaker.send(
      new ListEndpointConfigsCommand({ MaxResults: 100, SortOrder: "Descending" }),
    );
    return EndpointConfigs.flatMap(({ EndpointConfigName: name = "" }) =>
      name.startsWith(runPrefix) ? [name.slice(runPrefix.length)] : [],
    );
  }

  /** Title of a comparison whose winner is there and does not serve. */
  async oldTitle(): Promise<string> {
    for (;;) {
      const [, old] = await this.titles();
      if (old !== undefined) return old;
      await this.run();
    }
  }

  async deleteLogGroup(logGroupName: string): Promise<void> {
    await this.bench.clients.logs
      .send(new DeleteLogGroupCommand({ logGroupName }))
      .catch((error: Error) => {
        if (error.name !== "ResourceNotFoundException") throw error;
      });
  }

  /** The event of a comparison's end, as if it had not recorded itself; its report is gone. */
  async unrecorded(title: string) {
    const { bucket, stateMachineArn } = this.#outputs;
    const executionArn = executionArnOf(stateMachineArn, title);
    const execution = await this.#describe(executionArn);
    const Key = bucketLayout.report(title);
    await this.bench.clients.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    return {
      detail: {
        executionArn,
        name: title,
        status: "FAILED",
        startDate: execution?.startDate?.getTime(),
        stopDate: execution?.stopDate?.getTime(),
        input: execution?.input,
      },
    };
  }

  /** Aborts a new comparison while its ETL goes on; resolves once its job has ended. */
  async abortInEtl(): Promise<void> {
    const { glue } = this.bench.clients;
    const upload = await this.upload();
    const isIn = (states: string[]) => async () => {
      const { JobRuns = [] } = await glue.send(
        new GetJobRunsCommand({ JobName: this.names.glueJob }),
      );
      const own = JobRuns.filter(({ Arguments: given = {} }) =>
        Object.values(given).some((value) => value.includes(upload.title)),
      );
      return own.some(({ JobRunState = "" }) => states.includes(JobRunState)) || undefined;
    };
    await until("the comparison's ETL", isIn(["RUNNING"]));
    await this.#abort(upload);
    await until("the end of its ETL", isIn(["STOPPED", "SUCCEEDED", "FAILED"]));
  }

  /** Aborts new comparisons until one was training at that moment. */
  async abortInTraining(): Promise<void> {
    const { sagemaker } = this.bench.clients;
    for (let attempt = 0; attempt < 5; attempt++) {
      const upload = await this.upload();
      const jobs = async () => {
        const { TrainingJobSummaries = [] } = await sagemaker.send(
          new ListTrainingJobsCommand({ NameContains: upload.title }),
        );
        return TrainingJobSummaries.map(({ TrainingJobStatus: status = "" }) => status);
      };
      const isAtWork = (status: string) => ["InProgress", "Stopping"].includes(status);
      await until("its training", async () => (await jobs()).some(isAtWork) || undefined);
      await this.#abort(upload);
      await until("its jobs' end", async () => !(await jobs()).some(isAtWork) || undefined);
      if ((await jobs()).includes("Stopped")) return;
    }
    throw new Error("no comparison could be aborted while it was training");
  }

  async #abort(upload: Upload): Promise<void> {
    const { executionArn } = upload;
    await this.bench.clients.sfn.send(new StopExecutionCommand({ executionArn }));
    await this.ended(upload);
  }

  async #deleteInput({ key, versionId }: Upload): Promise<void> {
    const input = { Bucket: this.#outputs.bucket, Key: key, VersionId: versionId };
    await this.bench.clients.s3.send(new DeleteObjectCommand(input));
  }

  get #outputs(): ComparisonOutputs {
    return this.bench.comparisons["shells"] as ComparisonOutputs;
  }

  async #describe(executionArn: string): Promise<DescribeExecutionOutput | undefined> {
    return this.bench.clients.sfn
      .send(new DescribeExecutionCommand({ executionArn }))
      .catch((error: Error) => {
        if (error.name === "ExecutionDoesNotExist") return undefined;
        throw error;
      });
  }
}
