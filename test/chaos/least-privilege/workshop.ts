import { DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetJobRunsCommand, type JobRun, StartJobRunCommand } from "@aws-sdk/client-glue";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import {
  CreateEndpointCommand,
  CreateTrainingJobCommand,
  DeleteEndpointCommand,
  DescribeTrainingJobCommand,
  ListEndpointConfigsCommand,
  ListTrainingJobsCommand,
} from "@aws-sdk/client-sagemaker";
import { DescribeExecutionCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { bucketLayout } from "../../../components/bucket-layout.ts";
import { executionArnOf } from "../../../components/execution-arn.ts";
import type { ExperimentCloud, FinishedRun, Upload } from "../experiment-cloud.ts";
import { acceptedInput } from "../inputs.ts";
import { withFaults } from "../struck-run.ts";
import { until as untilSeen } from "../until.ts";

/** A machine that does much else may take long: a bound, not what is expected. */
const patienceSeconds = 120;

function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  return untilSeen(what, look, patienceSeconds);
}

/** What the account's user does, with keys that may do everything, to bring the cloud into a state or a run to its end. */
export class Workshop {
  readonly bench: ExperimentCloud;
  #seed = 1000;
  #jobs = 0;
  #abortedInTraining: Upload | undefined;
  #earlier: Upload | undefined;

  constructor(bench: ExperimentCloud) {
    this.bench = bench;
  }

  /** A run from an input that was not there before. */
  run(): Promise<FinishedRun> {
    return this.bench.run(acceptedInput(this.#seed++));
  }

  upload(): Promise<Upload> {
    return this.bench.upload(acceptedInput(this.#seed++));
  }

  /** Makes sure that the endpoint serves, and that as many versions are there as are kept. */
  async severalVersions(): Promise<void> {
    await this.bench.serving();
    while ((await this.titles()).length < 2) await this.run();
  }

  /** An upload whose run has ended long since. */
  async earlierUpload(): Promise<Upload> {
    this.#earlier ??= await this.run();
    return this.#earlier;
  }

  /** Titles of the runs whose versions are there, the newest first. */
  async titles(): Promise<string[]> {
    const { runPrefix } = this.bench.names;
    const { EndpointConfigs = [] } = await this.bench.clients.sagemaker.send(
      new ListEndpointConfigsCommand({ MaxResults: 100, SortOrder: "Descending" }),
    );
    return EndpointConfigs.flatMap(({ EndpointConfigName: name = "" }) =>
      name.startsWith(runPrefix) ? [name.slice(runPrefix.length)] : [],
    );
  }

  async deleteEndpoint(): Promise<void> {
    const { clients, churn } = this.bench;
    if (!(await this.bench.endpoint())) return;
    await clients.sagemaker.send(new DeleteEndpointCommand({ EndpointName: churn.endpointName }));
    await until("the endpoint's end", async () =>
      (await this.bench.endpoint()) ? undefined : true,
    );
  }

  async deleteLogGroup(logGroupName: string): Promise<void> {
    await this.bench.clients.logs
      .send(new DeleteLogGroupCommand({ logGroupName }))
      .catch((error: Error) => {
        if (error.name !== "ResourceNotFoundException") throw error;
      });
  }

  /** An endpoint that failed with the newest version; @returns that version's title. */
  async failedEndpoint(): Promise<string> {
    await this.severalVersions();
    await this.deleteEndpoint();
    const [title = ""] = await this.titles();
    const { clients, churn, names } = this.bench;
    await withFaults(this.bench, ["create-endpoint-fails"], async () => {
      await clients.sagemaker.send(
        new CreateEndpointCommand({
          EndpointName: churn.endpointName,
          EndpointConfigName: `${names.runPrefix}${title}`,
        }),
      );
      await until("the endpoint's failure", async () =>
        (await this.bench.endpoint())?.status === "Failed" ? true : undefined,
      );
    });
    return title;
  }

  /** Invokes a function; @returns its answer, or its error's message. */
  async invoke(FunctionName: string, event: object): Promise<{ ok: boolean; said: string }> {
    const { Payload, FunctionError } = await this.bench.clients.lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
    );
    return { ok: FunctionError === undefined, said: Buffer.from(Payload ?? []).toString() };
  }

  /** The event of a run's end, as if it had not recorded itself; its report is gone. */
  async unrecorded(title: string) {
    const { clients, churn } = this.bench;
    const executionArn = executionArnOf(churn.stateMachineArn, title);
    const { startDate, stopDate, input } = await clients.sfn.send(
      new DescribeExecutionCommand({ executionArn }),
    );
    const Key = bucketLayout.report(title);
    await clients.s3.send(new DeleteObjectCommand({ Bucket: churn.bucket, Key }));
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

  /** An event of a run whose version does not serve. */
  async unrecordedOldRun() {
    await this.severalVersions();
    const [, title = ""] = await this.titles();
    return this.unrecorded(title);
  }

  /** Starts an ETL run that no execution waits for, with what an earlier one read and wrote. */
  async startEtl(title?: string): Promise<void> {
    const { clients, names } = this.bench;
    const runs = await this.#etlRuns();
    const model = runs.find(
      ({ Arguments: given = {} }) =>
        title === undefined || Object.values(given).some((value) => value.includes(title)),
    );
    await clients.glue.send(
      new StartJobRunCommand({ JobName: names.glueJob, Arguments: model?.Arguments ?? {} }),
    );
  }

  /** Starts a training job that no execution waits for, and that takes its time. */
  async startTraining(): Promise<void> {
    const { sagemaker } = this.bench.clients;
    const { TrainingJobSummaries: [last] = [] } = await sagemaker.send(
      new ListTrainingJobsCommand({ StatusEquals: "Completed", SortOrder: "Descending" }),
    );
    const job = await sagemaker.send(
      new DescribeTrainingJobCommand({ TrainingJobName: last?.TrainingJobName }),
    );
    const TrainingJobName = `${this.bench.names.runPrefix}long-${++this.#jobs}`;
    await sagemaker.send(
      new CreateTrainingJobCommand({
        TrainingJobName,
        RoleArn: job.RoleArn,
        AlgorithmSpecification: {
          TrainingImage: job.AlgorithmSpecification?.TrainingImage,
          TrainingInputMode: job.AlgorithmSpecification?.TrainingInputMode,
        },
        InputDataConfig: job.InputDataConfig,
        OutputDataConfig: job.OutputDataConfig,
        ResourceConfig: job.ResourceConfig,
        StoppingCondition: job.StoppingCondition,
        HyperParameters: { ...job.HyperParameters, num_round: "1000000" },
      }),
    );
    await until(`training job ${TrainingJobName} at work`, async () => {
      const { SecondaryStatus: status } = await sagemaker.send(
        new DescribeTrainingJobCommand({ TrainingJobName }),
      );
      return status === "Training" ? true : undefined;
    });
  }

  /** Aborts a new run while its ETL goes on; resolves once its job has ended. */
  async abortInEtl(): Promise<void> {
    const upload = await this.upload();
    const mine = ({ Arguments: given = {} }: JobRun) =>
      Object.values(given).some((value) => value.includes(upload.title));
    const inState = (states: string[]) => async () =>
      (await this.#etlRuns()).some((run) => mine(run) && states.includes(run.JobRunState ?? ""))
        ? true
        : undefined;
    await until("the run's ETL", inState(["RUNNING"]));
    await this.#abort(upload);
    await until("the end of the run's ETL", inState(["STOPPED", "SUCCEEDED", "FAILED"]));
  }

  /** Aborts new runs until one was training at that moment. */
  async abortInTraining(): Promise<Upload> {
    const { sagemaker } = this.bench.clients;
    for (let attempt = 0; attempt < 5; attempt++) {
      const upload = await this.upload();
      const name = await until("the run's training", async () => {
        const { TrainingJobSummaries: jobs = [] } = await sagemaker.send(
          new ListTrainingJobsCommand({ NameContains: upload.title }),
        );
        return jobs[0]?.TrainingJobName;
      });
      await this.#abort(upload);
      const ended = await until("the end of the run's training", async () => {
        const job = await sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
        const { TrainingJobStatus: status = "" } = job;
        return ["InProgress", "Stopping"].includes(status) ? undefined : status;
      });
      if (ended === "Stopped") return upload;
    }
    throw new Error("no run could be aborted while it was training");
  }

  async abortedInTraining(): Promise<Upload> {
    this.#abortedInTraining ??= await this.abortInTraining();
    return this.#abortedInTraining;
  }

  async #abort({ executionArn }: Upload): Promise<void> {
    await this.bench.clients.sfn.send(new StopExecutionCommand({ executionArn }));
  }

  async #etlRuns(): Promise<JobRun[]> {
    const { JobRuns = [] } = await this.bench.clients.glue.send(
      new GetJobRunsCommand({ JobName: this.bench.names.glueJob }),
    );
    return JobRuns;
  }
}
