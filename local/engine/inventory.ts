import { CloudWatchClient, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import { ECRClient, paginateDescribeRepositories } from "@aws-sdk/client-ecr";
import { EventBridgeClient, ListRulesCommand } from "@aws-sdk/client-eventbridge";
import {
  GlueClient,
  paginateGetJobs,
  paginateGetSecurityConfigurations,
} from "@aws-sdk/client-glue";
import { IAMClient, paginateListRoles } from "@aws-sdk/client-iam";
import { LambdaClient, paginateListFunctions } from "@aws-sdk/client-lambda";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import {
  paginateListEndpointConfigs,
  paginateListEndpoints,
  paginateListModels,
  paginateListTrainingJobs,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { paginateListStateMachines, SFNClient } from "@aws-sdk/client-sfn";
import { paginateListQueues, SQSClient } from "@aws-sdk/client-sqs";
import type { CloudEndpoint } from "../provider/clients.ts";

/** What a cloud holds: names by kind. Kinds that it has none of are left out. */
export type Inventory = Record<string, string[]>;

type Names = (string | undefined)[] | undefined;

/**
 * Everything that the program, its runs and SageMaker can have made in a cloud, asked of each service.
 *
 * @returns `resources` that somebody has to delete, and `records` that AWS keeps by itself: training jobs cannot be deleted, and
 * all that an account ever had share one log group
 */
export async function takeInventory(
  cloud: CloudEndpoint,
): Promise<{ resources: Inventory; records: Inventory }> {
  const config = {
    endpoint: cloud.endpointUrl,
    region: cloud.region,
    credentials: cloud.credentials,
  };
  const clients = {
    s3: new S3Client({ ...config, forcePathStyle: true }),
    lambda: new LambdaClient(config),
    sfn: new SFNClient(config),
    iam: new IAMClient(config),
    glue: new GlueClient(config),
    logs: new CloudWatchLogsClient(config),
    events: new EventBridgeClient(config),
    ecr: new ECRClient(config),
    alarms: new CloudWatchClient(config),
    sqs: new SQSClient(config),
    sagemaker: new SageMakerClient(config),
  };
  try {
    return await take(clients);
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}

const trainingLogGroup = "/aws/sagemaker/TrainingJobs";

async function take(clients: {
  s3: S3Client;
  lambda: LambdaClient;
  sfn: SFNClient;
  iam: IAMClient;
  glue: GlueClient;
  logs: CloudWatchLogsClient;
  events: EventBridgeClient;
  ecr: ECRClient;
  alarms: CloudWatchClient;
  sqs: SQSClient;
  sagemaker: SageMakerClient;
}) {
  const { s3, lambda, sfn, iam, glue, logs, events, ecr, alarms, sqs, sagemaker } = clients;
  const of = <C>(client: C) => ({ client, pageSize: 100 });
  const names = await inParallel({
    "S3 buckets": s3
      .send(new ListBucketsCommand({}))
      .then((page) => [page.Buckets?.map(({ Name }) => Name)]),
    "Lambda functions": all(paginateListFunctions({ client: lambda }, {}), (page) =>
      page.Functions?.map(({ FunctionName }) => FunctionName),
    ),
    "state machines": all(paginateListStateMachines(of(sfn), {}), (page) =>
      page.stateMachines?.map(({ name }) => name),
    ),
    "IAM roles": all(paginateListRoles(of(iam), {}), (page) =>
      page.Roles?.map(({ RoleName }) => RoleName),
    ),
    "Glue jobs": all(paginateGetJobs(of(glue), {}), (page) => page.Jobs?.map(({ Name }) => Name)),
    "Glue security configurations": all(paginateGetSecurityConfigurations(of(glue), {}), (page) =>
      page.SecurityConfigurations?.map(({ Name }) => Name),
    ),
    "log groups": all(paginateDescribeLogGroups({ client: logs }, {}), (page) =>
      page.logGroups?.map(({ logGroupName }) => logGroupName),
    ),
    "event rules": events
      .send(new ListRulesCommand({}))
      .then((page) => [page.Rules?.map(({ Name }) => Name)]),
    "ECR repositories": all(paginateDescribeRepositories(of(ecr), {}), (page) =>
      page.repositories?.map(({ repositoryName }) => repositoryName),
    ),
    alarms: all(paginateDescribeAlarms(of(alarms), {}), (page) =>
      page.MetricAlarms?.map(({ AlarmName }) => AlarmName),
    ),
    queues: all(paginateListQueues(of(sqs), {}), (page) => page.QueueUrls),
    endpoints: all(paginateListEndpoints(of(sagemaker), {}), (page) =>
      page.Endpoints?.map(({ EndpointName }) => EndpointName),
    ),
    "endpoint configs": all(paginateListEndpointConfigs(of(sagemaker), {}), (page) =>
      page.EndpointConfigs?.map(({ EndpointConfigName }) => EndpointConfigName),
    ),
    models: all(paginateListModels(of(sagemaker), {}), (page) =>
      page.Models?.map(({ ModelName }) => ModelName),
    ),
    "training jobs": all(paginateListTrainingJobs(of(sagemaker), {}), (page) =>
      page.TrainingJobSummaries?.map(({ TrainingJobName }) => TrainingJobName),
    ),
  });
  const { "training jobs": jobs = [], "log groups": groups = [], ...others } = names;
  return {
    resources: present({
      ...others,
      "log groups": groups.filter((name) => name !== trainingLogGroup),
    }),
    records: present({
      "training jobs": jobs,
      "log groups": groups.filter((name) => name === trainingLogGroup),
    }),
  };
}

async function all<Page>(
  pages: AsyncIterable<Page>,
  namesOf: (page: Page) => Names,
): Promise<Names[]> {
  const found: Names[] = [];
  for await (const page of pages) found.push(namesOf(page));
  return found;
}

async function inParallel(kinds: Record<string, Promise<Names[]>>): Promise<Inventory> {
  const found = await Promise.all(
    Object.entries(kinds).map(async ([kind, pages]) => {
      const names = (await pages).flatMap((page) => page ?? []);
      return [kind, names.filter((name) => name !== undefined).sort()] as const;
    }),
  );
  return Object.fromEntries(found);
}

function present(inventory: Inventory): Inventory {
  return Object.fromEntries(Object.entries(inventory).filter(([, names]) => names.length > 0));
}
