import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  GetExecutionHistoryCommand,
} from "@aws-sdk/client-sfn";
import { comparisonNames, maxComparisonTitleLength } from "../../../components/comparison-names.ts";
import { tuningRunPrefix } from "../../../components/names.ts";
import { putInput, type Upload } from "../../../local/cli/put-input.ts";
import { abaloneLibsvm } from "../../../local/sample-data/abalone.ts";
import type { ComparisonOutputs } from "../../../scripts/stack-outputs.ts";
import { shells } from "./compared-shells.ts";
import { trainingStatuses, transformStatuses, tuningStatuses } from "./job-statuses.ts";
import { patientUntil } from "./patient-until.ts";
import { RunWorkshop } from "./run-workshop.ts";

/** The workshop of the comparison shells. */
export class ComparisonWorkshop extends RunWorkshop {
  readonly names = comparisonNames("local", "shells");
  /** The production endpoint. */
  readonly endpointName: string = shells.promotion.endpoint.name;
  readonly #refused = new Set<Upload>();
  #seed = 0;
  #titles = 0;
  #compared: Upload | undefined;

  get outputs(): ComparisonOutputs {
    return this.bench.comparisons["shells"] as ComparisonOutputs;
  }

  /** Compares on an input that was not there before. */
  async run(): Promise<DescribeExecutionOutput> {
    return this.ended(await this.upload());
  }

  /** @param body @default shells that were not there before */
  async upload(body?: string, extension = ".libsvm"): Promise<Upload> {
    const key = `input/shells-${++this.#seed}${extension}`;
    const content = body ?? abaloneLibsvm({ rows: 1500, seed: this.#seed });
    const { s3 } = this.bench.clients;
    return putInput(s3, this.outputs, key, content, maxComparisonTitleLength);
  }

  /** Waits for the end. Of inputs that of the last success stays: each comparison would have more to read otherwise. */
  async ended(upload: Upload): Promise<DescribeExecutionOutput> {
    const { title, executionArn } = upload;
    const execution = await patientUntil(`the end of comparison ${title}`, async () => {
      const found = await this.#describe(executionArn);
      return found?.status === "RUNNING" ? undefined : found;
    });
    const isLast = execution.status === "SUCCEEDED";
    const superfluous = isLast ? this.#compared : upload;
    if (isLast) this.#compared = upload;
    if (superfluous !== undefined) await this.deleteInput(superfluous);
    return execution;
  }

  protected override async stopped(upload: Upload): Promise<void> {
    await this.ended(upload);
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

  /** An upload with that extension whose comparison ended at once, as ETL refused what it holds. */
  async refusedUpload(extension: string): Promise<Upload> {
    const before = [...this.#refused].find(({ key }) => key.endsWith(extension));
    if (before !== undefined) return before;
    const upload = await this.upload("no libsvm\n", extension);
    await patientUntil(`the end of comparison ${upload.title}`, async () => {
      const found = await this.#describe(upload.executionArn);
      return found?.status === "FAILED" || undefined;
    });
    this.#refused.add(upload);
    return upload;
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

  async severalVersions(): Promise<void> {
    while ((await this.titles()).length < 2) await this.run();
  }

  async abortInTraining(): Promise<void> {
    const { sagemaker } = this.bench.clients;
    await this.abortAtWork((title) => trainingStatuses(sagemaker, title));
  }

  async abortInTransform(): Promise<void> {
    const { sagemaker } = this.bench.clients;
    await this.abortAtWork((title) => transformStatuses(sagemaker, title));
  }

  async abortInTuning(): Promise<void> {
    const { sagemaker } = this.bench.clients;
    const { tuningPrefix } = this.names;
    await this.abortAtWork((title) =>
      tuningStatuses(sagemaker, tuningRunPrefix(tuningPrefix, title)),
    );
  }

  async deleteInput(upload: Upload): Promise<void> {
    const { key, versionId } = upload;
    this.#refused.delete(upload);
    const input = { Bucket: this.outputs.bucket, Key: key, VersionId: versionId };
    await this.bench.clients.s3.send(new DeleteObjectCommand(input));
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
