import { GetJobRunsCommand } from "@aws-sdk/client-glue";
import {
  DescribeEndpointCommand,
  ListEndpointConfigsCommand,
  ListEndpointsCommand,
  ListModelsCommand,
  ListTrainingJobsCommand,
} from "@aws-sdk/client-sagemaker";
import { DescribeExecutionCommand, ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { executionArnOf } from "../../components/execution-arn.ts";
import type { PipelineNames } from "../../components/names.ts";
import { recordFailed } from "../../components/record-failed.ts";
import type { CloudClients } from "./cloud-clients.ts";
import { kindOf, processesOf } from "./processes.ts";

interface Place {
  clients: CloudClients;
  names: PipelineNames;
  stateMachineArn: string;
  stateDir: string;
  keepVersions: number;
}

/**
 * What no run that has ended may leave behind: work in progress, models and configs of runs that did not succeed or beyond those
 * that are kept, and processes that serve nobody. Empty when all is well; each entry says what it is.
 */
export async function leftovers(place: Place): Promise<string[]> {
  const found = await Promise.all([
    executionsInProgress(place),
    glueRunsInProgress(place),
    trainingInProgress(place),
    endpointsAndProcesses(place),
    versions(place),
  ]);
  return found.flat();
}

async function executionsInProgress({ clients, stateMachineArn }: Place): Promise<string[]> {
  const { executions = [] } = await clients.sfn.send(
    new ListExecutionsCommand({ stateMachineArn, statusFilter: "RUNNING" }),
  );
  return executions.map(({ name }) => `execution ${name} RUNNING`);
}

async function glueRunsInProgress({ clients, names }: Place): Promise<string[]> {
  const { JobRuns = [] } = await clients.glue.send(
    new GetJobRunsCommand({ JobName: names.glueJob }),
  );
  return JobRuns.filter(({ JobRunState = "" }) =>
    ["STARTING", "RUNNING", "STOPPING", "WAITING"].includes(JobRunState),
  ).map(({ Id, JobRunState }) => `Glue run ${Id} ${JobRunState}`);
}

async function trainingInProgress({ clients }: Place): Promise<string[]> {
  const { TrainingJobSummaries = [] } = await clients.sagemaker.send(
    new ListTrainingJobsCommand({ MaxResults: 100 }),
  );
  return TrainingJobSummaries.filter(({ TrainingJobStatus = "" }) =>
    ["InProgress", "Stopping"].includes(TrainingJobStatus),
  ).map((job) => `training job ${job.TrainingJobName} ${job.TrainingJobStatus}`);
}

/** One serving process per endpoint, and of each kind at most one that waits for the next job. */
async function endpointsAndProcesses({ clients, stateDir }: Place): Promise<string[]> {
  const { Endpoints = [] } = await clients.sagemaker.send(new ListEndpointsCommand({}));
  const unsettled = Endpoints.filter(({ EndpointStatus }) => EndpointStatus !== "InService");
  const running = processesOf(stateDir).map((item) => kindOf(item));
  const count = (kind: string) => running.filter((item) => item === kind).length;
  const most = { training: 1, serving: Endpoints.length + 1, spark: 2, ministack: 1 };
  return [
    ...unsettled.map((item) => `endpoint ${item.EndpointName} ${item.EndpointStatus}`),
    ...Object.entries(most)
      .filter(([kind, limit]) => count(kind) > limit)
      .map(([kind, limit]) => `${count(kind)} ${kind} processes where at most ${limit} are needed`),
  ];
}

async function versions(place: Place): Promise<string[]> {
  const { clients, names, keepVersions } = place;
  const { Models = [] } = await clients.sagemaker.send(new ListModelsCommand({ MaxResults: 100 }));
  const { EndpointConfigs = [] } = await clients.sagemaker.send(
    new ListEndpointConfigsCommand({ MaxResults: 100 }),
  );
  const made = {
    model: Models.map(({ ModelName = "" }) => ModelName),
    config: EndpointConfigs.map(({ EndpointConfigName = "" }) => EndpointConfigName),
  };
  const found: string[] = [];
  for (const [what, all] of Object.entries(made)) {
    const own = all.filter((name) => name.startsWith(names.runPrefix));
    for (const name of own) if (!(await mayStay(place, name))) found.push(`${what} ${name}`);
    if (own.length > keepVersions) found.push(`${own.length} ${what}s, ${keepVersions} kept`);
  }
  return found;
}

/** Whether a version was deployed: its run succeeded, or the endpoint serves it, or nothing but the record failed. */
async function mayStay({ clients, names, stateMachineArn }: Place, version: string) {
  const { Endpoints = [] } = await clients.sagemaker.send(new ListEndpointsCommand({}));
  for (const { EndpointName } of Endpoints) {
    const endpoint = await clients.sagemaker.send(new DescribeEndpointCommand({ EndpointName }));
    if (endpoint.EndpointConfigName === version) return true;
  }
  const executionArn = executionArnOf(stateMachineArn, version.slice(names.runPrefix.length));
  const { status, error } = await clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
  return status === "SUCCEEDED" || error === recordFailed;
}
