import { DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { ListEndpointConfigsCommand } from "@aws-sdk/client-sagemaker";
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { bucketLayout } from "../../../components/bucket-layout.ts";
import { executionArnOf } from "../../../components/execution-arn.ts";
import type { PipelineNames } from "../../../components/names.ts";
import type { ExperimentCloud, Upload } from "../experiment-cloud.ts";
import { deleteEndpoint, failEndpoint } from "./endpoints.ts";
import { type EtlRuns, etlRunsOf } from "./etl-runs.ts";
import type { JobStatuses } from "./job-statuses.ts";
import { patientUntil } from "./patient-until.ts";

/** What the account's user does, with keys that may do everything, to bring what has runs into a state or a run to its end. */
export abstract class RunWorkshop {
  readonly bench: ExperimentCloud;
  abstract readonly names: PipelineNames;
  abstract readonly endpointName: string;

  constructor(bench: ExperimentCloud) {
    this.bench = bench;
  }

  abstract get outputs(): { bucket: string; stateMachineArn: string };
  /** Uploads an input that was not there before. */
  abstract upload(): Promise<Upload>;
  /** Makes sure that the endpoint serves, and that as many versions are there as are kept. */
  abstract severalVersions(): Promise<void>;
  /** What is to be done once a run was stopped. */
  protected async stopped(_upload: Upload): Promise<void> {}

  /** Invokes a function; @returns its answer, or its error's message. */
  async invoke(FunctionName: string, event: object): Promise<{ ok: boolean; said: string }> {
    const { Payload, FunctionError } = await this.bench.clients.lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
    );
    return { ok: FunctionError === undefined, said: Buffer.from(Payload ?? []).toString() };
  }

  /** Titles of the runs whose versions are there, the newest first. */
  async titles(): Promise<string[]> {
    const { runPrefix } = this.names;
    const { EndpointConfigs = [] } = await this.bench.clients.sagemaker.send(
      new ListEndpointConfigsCommand({ MaxResults: 100, SortOrder: "Descending" }),
    );
    return EndpointConfigs.flatMap(({ EndpointConfigName: name = "" }) =>
      name.startsWith(runPrefix) ? [name.slice(runPrefix.length)] : [],
    );
  }

  /** Title of a run whose version is there and does not serve. */
  async oldTitle(): Promise<string> {
    await this.severalVersions();
    const [, title = ""] = await this.titles();
    return title;
  }

  async deleteEndpoint(): Promise<void> {
    await deleteEndpoint(this.bench.clients.sagemaker, this.endpointName);
  }

  /** Makes the endpoint one that failed with the newest version. */
  async failedEndpoint(): Promise<void> {
    await this.severalVersions();
    await this.deleteEndpoint();
    const [title] = await this.titles();
    await failEndpoint(this.bench, this.endpointName, `${this.names.runPrefix}${title}`);
  }

  async deleteLogGroup(logGroupName: string): Promise<void> {
    await this.bench.clients.logs
      .send(new DeleteLogGroupCommand({ logGroupName }))
      .catch((error: Error) => {
        if (error.name !== "ResourceNotFoundException") throw error;
      });
  }

  /** The event of a run's end, as if it had not recorded itself; its report is gone. */
  async unrecorded(title: string) {
    const { s3, sfn } = this.bench.clients;
    const { bucket, stateMachineArn } = this.outputs;
    const executionArn = executionArnOf(stateMachineArn, title);
    const { startDate, stopDate, input } = await sfn.send(
      new DescribeExecutionCommand({ executionArn }),
    );
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: bucketLayout.report(title) }));
    return {
      detail: {
        executionArn,
        name: title,
        status: "FAILED",
        startDate: startDate?.getTime(),
        stopDate: stopDate?.getTime(),
        input,
      },
    };
  }

  /** Updates the state machine to what it is; @returns whether that was allowed. */
  async redeploy(): Promise<boolean> {
    const { sfn } = this.bench.clients;
    const { stateMachineArn } = this.outputs;
    const { definition, loggingConfiguration } = await sfn.send(
      new DescribeStateMachineCommand({ stateMachineArn }),
    );
    const update = { stateMachineArn, definition, loggingConfiguration };
    return sfn.send(new UpdateStateMachineCommand(update)).then(
      () => true,
      () => false,
    );
  }

  get etlRuns(): EtlRuns {
    return etlRunsOf(this.bench.clients.glue, this.names.glueJob);
  }

  /** Aborts a new run while its ETL goes on; resolves once its job has ended. */
  async abortInEtl(): Promise<void> {
    const upload = await this.upload();
    const isIn = (states: string[]) => async () =>
      (await this.etlRuns.statesOf(upload.title)).some((state) => states.includes(state)) ||
      undefined;
    await patientUntil("the run's ETL", isIn(["RUNNING"]));
    await this.#abort(upload);
    await patientUntil("the end of the run's ETL", isIn(["STOPPED", "SUCCEEDED", "FAILED"]));
  }

  /** Aborts new runs until one had a job at work at that moment; resolves once its jobs have ended. */
  async abortAtWork(statusesOf: (title: string) => Promise<JobStatuses>): Promise<Upload> {
    for (let attempt = 0; attempt < 5; attempt++) {
      const upload = await this.upload();
      const areAtWork = async () =>
        (await statusesOf(upload.title)).some((status) =>
          ["InProgress", "Stopping"].includes(status),
        );
      await patientUntil("the run's job", async () => (await areAtWork()) || undefined);
      await this.#abort(upload);
      await patientUntil("its jobs' end", async () => !(await areAtWork()) || undefined);
      if ((await statusesOf(upload.title)).includes("Stopped")) return upload;
    }
    throw new Error("no run could be aborted while its job was at work");
  }

  async #abort(upload: Upload): Promise<void> {
    const { executionArn } = upload;
    await this.bench.clients.sfn.send(new StopExecutionCommand({ executionArn }));
    await this.stopped(upload);
  }
}
