import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { GlueClient } from "@aws-sdk/client-glue";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SFNClient } from "@aws-sdk/client-sfn";
import type { Clients } from "../../../handlers/clean-up-runs/logic.ts";
import { type Answers, fakeClient, serviceError } from "../../support/fake-client.ts";

export interface FakeEndpoint {
  config: string;
  status: string;
}

/** What an account has. Everything that is asked to stop or go does so at once, unless `answers` say otherwise. */
export interface FakeAccount {
  executions: string[];
  trainingJobs: Record<string, string>;
  tuningJobs: Record<string, string>;
  transformJobs: Record<string, string>;
  jobRuns: Record<string, string>;
  endpoints: Record<string, FakeEndpoint>;
  configs: string[];
  models: string[];
  logGroups: string[];
  /** Endpoint that a config is marked as kept for, by the config's ARN. */
  keptFor: Record<string, string>;
}

export function fakeAccount(has: Partial<FakeAccount> = {}, changes: Answers = {}) {
  const account: FakeAccount = {
    executions: [],
    trainingJobs: {},
    tuningJobs: {},
    transformJobs: {},
    jobRuns: {},
    endpoints: {},
    configs: [],
    models: [],
    logGroups: [],
    keptFor: {},
    ...has,
  };
  const { client, sent } = fakeClient<SageMakerClient>({ ...answersOf(account), ...changes });
  const region = "eu-west-1";
  const clients: Clients = {
    sagemaker: new SageMakerClient({ region }),
    stepFunctions: new SFNClient({ region }),
    glue: new GlueClient({ region }),
    logs: new CloudWatchLogsClient({ region }),
  };
  // real clients whose send is replaced: the SDK's paginators accept no others
  for (const each of Object.values(clients)) each.send = client.send as never;
  const changing = sent as { command: string; input: Record<string, unknown> }[];
  /** What was asked for beyond looking. */
  const done = () =>
    changing
      .filter(({ command }) => !/^(List|Describe|Get)/.test(command))
      .map(({ command, input }) => `${command} ${Object.values(input)[0]}`);
  return { account, clients, done, sent };
}

interface TuningJob {
  HyperParameterTuningJobName: string;
}

function answersOf(account: FakeAccount): Answers {
  const without = (list: string[], name: string) => list.filter((each) => each !== name);
  const missing = (what: string) => serviceError("ValidationException", `Could not find ${what}.`);
  return {
    DescribeLogGroups: ({ logGroupNamePrefix: prefix }: { logGroupNamePrefix: string }) => ({
      logGroups: account.logGroups
        .filter((name) => name.startsWith(prefix))
        .map((logGroupName) => ({ logGroupName })),
    }),
    DeleteLogGroup: ({ logGroupName: name }: { logGroupName: string }) => {
      account.logGroups = without(account.logGroups, name);
      return {};
    },
    PutRetentionPolicy: ({ logGroupName: name }: { logGroupName: string }) => {
      if (!account.logGroups.includes(name)) throw serviceError("ResourceNotFoundException");
      return {};
    },
    ListExecutions: () => ({
      executions: account.executions.map((executionArn) => ({ executionArn })),
    }),
    StopExecution: ({ executionArn }: { executionArn: string }) => {
      account.executions = without(account.executions, executionArn);
      return {};
    },
    ListTrainingJobs: ({ StatusEquals: status }: { StatusEquals: string }) => ({
      TrainingJobSummaries: Object.entries(account.trainingJobs)
        .filter(([, each]) => each === status)
        .map(([name, each]) => ({ TrainingJobName: name, TrainingJobStatus: each })),
    }),
    StopTrainingJob: ({ TrainingJobName: name }: { TrainingJobName: string }) => {
      account.trainingJobs[name] = "Stopped";
      return {};
    },
    ListHyperParameterTuningJobs: ({ StatusEquals: status }: { StatusEquals: string }) => ({
      HyperParameterTuningJobSummaries: Object.entries(account.tuningJobs)
        .filter(([, each]) => each === status)
        .map(([name]) => ({ HyperParameterTuningJobName: name })),
    }),
    StopHyperParameterTuningJob: ({ HyperParameterTuningJobName: name }: TuningJob) => {
      account.tuningJobs[name] = "Stopped";
      return {};
    },
    ListTransformJobs: ({ StatusEquals: status }: { StatusEquals: string }) => ({
      TransformJobSummaries: Object.entries(account.transformJobs)
        .filter(([, each]) => each === status)
        .map(([name]) => ({ TransformJobName: name })),
    }),
    StopTransformJob: ({ TransformJobName: name }: { TransformJobName: string }) => {
      account.transformJobs[name] = "Stopped";
      return {};
    },
    ListEndpoints: () => ({
      Endpoints: Object.keys(account.endpoints).map((EndpointName) => ({ EndpointName })),
    }),
    GetJobRuns: () => ({
      JobRuns: Object.entries(account.jobRuns).map(([Id, JobRunState]) => ({ Id, JobRunState })),
    }),
    BatchStopJobRun: ({ JobRunIds: ids }: { JobRunIds: string[] }) => {
      for (const id of ids) account.jobRuns[id] = "STOPPED";
      return {};
    },
    DescribeEndpoint: ({ EndpointName: name }: { EndpointName: string }) => {
      const endpoint = account.endpoints[name];
      if (!endpoint) throw missing(`endpoint "${name}"`);
      return { EndpointConfigName: endpoint.config, EndpointStatus: endpoint.status };
    },
    DeleteEndpoint: ({ EndpointName: name }: { EndpointName: string }) => {
      delete account.endpoints[name];
      return {};
    },
    ListEndpointConfigs: () => ({
      EndpointConfigs: account.configs.map((name) => ({
        EndpointConfigName: name,
        EndpointConfigArn: `arn:${name}`,
        CreationTime: new Date(0),
      })),
    }),
    ListModels: () => ({ Models: account.models.map((ModelName) => ({ ModelName })) }),
    ListTags: ({ ResourceArn: arn }: { ResourceArn: string }) => ({
      Tags:
        account.keptFor[arn] === undefined
          ? []
          : [{ Key: "retraining:kept-for", Value: account.keptFor[arn] }],
    }),
    AddTags: ({
      ResourceArn: arn,
      Tags: [tag],
    }: {
      ResourceArn: string;
      Tags: { Value: string }[];
    }) => {
      account.keptFor[arn] = tag?.Value ?? "";
      return {};
    },
    DeleteEndpointConfig: ({ EndpointConfigName: name }: { EndpointConfigName: string }) => {
      if (!account.configs.includes(name)) throw missing("endpoint configuration");
      account.configs = without(account.configs, name);
      return {};
    },
    DeleteModel: ({ ModelName: name }: { ModelName: string }) => {
      if (!account.models.includes(name)) throw missing("model");
      account.models = without(account.models, name);
      return {};
    },
  };
}
