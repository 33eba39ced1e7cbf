import { GetJobRunsCommand, StartJobRunCommand } from "@aws-sdk/client-glue";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  CreateTrainingJobCommand,
  DeleteEndpointCommand,
  DescribeEndpointCommand,
  DescribeTrainingJobCommand,
} from "@aws-sdk/client-sagemaker";
import { withFaults } from "../struck-run.ts";
import { type ComparisonWorkshop, until } from "./comparison-workshop.ts";

// What comparisons may leave behind, made by the account's user.

let jobs = 0;

/** A candidate that some comparison left behind, with the model of one that was compared; @returns its name. */
export async function leftCandidate(shop: ComparisonWorkshop, title: string): Promise<string> {
  const { sagemaker } = shop.bench.clients;
  const name = `${shop.names.candidatePrefix}${title}-c01`;
  if ((await statusOf(shop, name)) !== undefined) return name;
  const job = await trained(shop);
  const { accountId } = shop.bench.cloud;
  const ignoreThere = (error: Error) => {
    if (!/already existing/.test(error.message)) throw error;
  };
  await sagemaker
    .send(
      new CreateModelCommand({
        ModelName: name,
        ExecutionRoleArn: `arn:aws:iam::${accountId}:role/${shop.names.roles.serving}`,
        PrimaryContainer: {
          Image: job.AlgorithmSpecification?.TrainingImage,
          ModelDataUrl: job.ModelArtifacts?.S3ModelArtifacts,
        },
      }),
    )
    .catch(ignoreThere);
  const variant = { VariantName: "AllTraffic", ModelName: name, InitialInstanceCount: 1 };
  await sagemaker
    .send(
      new CreateEndpointConfigCommand({
        EndpointConfigName: name,
        ProductionVariants: [{ ...variant, InstanceType: "ml.m5.large" }],
      }),
    )
    .catch(ignoreThere);
  await sagemaker.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
  await until(`endpoint ${name}`, async () =>
    (await statusOf(shop, name)) === "InService" ? true : undefined,
  );
  return name;
}

/** Production's endpoint, failed with its newest version; @returns that version's title. */
export async function failedEndpoint(shop: ComparisonWorkshop): Promise<string> {
  const [title = (await shop.compared()).title] = await shop.titles();
  await deleteEndpoint(shop);
  await withFaults(shop.bench, ["create-endpoint-fails"], async () => {
    await shop.bench.clients.sagemaker.send(
      new CreateEndpointCommand({
        EndpointName: shop.endpointName,
        EndpointConfigName: `${shop.names.runPrefix}${title}`,
      }),
    );
    await until("the endpoint's failure", async () =>
      (await statusOf(shop, shop.endpointName)) === "Failed" ? true : undefined,
    );
  });
  return title;
}

export async function deleteEndpoint(shop: ComparisonWorkshop): Promise<void> {
  if ((await statusOf(shop, shop.endpointName)) === undefined) return;
  await shop.bench.clients.sagemaker.send(
    new DeleteEndpointCommand({ EndpointName: shop.endpointName }),
  );
  await until("the endpoint's end", async () =>
    (await statusOf(shop, shop.endpointName)) === undefined ? true : undefined,
  );
}

/** Starts an ETL run that no execution waits for, with what that of a comparison read and wrote. */
export async function startEtl(shop: ComparisonWorkshop, title: string): Promise<void> {
  const { glue } = shop.bench.clients;
  const JobName = shop.names.glueJob;
  const { JobRuns = [] } = await glue.send(new GetJobRunsCommand({ JobName }));
  const model = JobRuns.find(({ Arguments: given = {} }) =>
    Object.values(given).some((value) => value.includes(title)),
  );
  await glue.send(new StartJobRunCommand({ JobName, Arguments: model?.Arguments ?? {} }));
}

/** Starts a training job of a comparison's first candidate that no execution waits for, and that takes its time. */
export async function startTraining(shop: ComparisonWorkshop, title: string): Promise<void> {
  const { sagemaker } = shop.bench.clients;
  const job = await trained(shop);
  const TrainingJobName = `${shop.names.candidatePrefix}${title}-c01-z${++jobs}`;
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

/** The training job of the first candidate of the last comparison. */
async function trained(shop: ComparisonWorkshop) {
  const { title } = await shop.compared();
  return shop.bench.clients.sagemaker.send(
    new DescribeTrainingJobCommand({
      TrainingJobName: `${shop.names.candidatePrefix}${title}-c01-a1`,
    }),
  );
}

async function statusOf(
  shop: ComparisonWorkshop,
  EndpointName: string,
): Promise<string | undefined> {
  return shop.bench.clients.sagemaker.send(new DescribeEndpointCommand({ EndpointName })).then(
    ({ EndpointStatus }) => EndpointStatus,
    (error: Error) => {
      if (/Could not find endpoint/.test(error.message)) return undefined;
      throw error;
    },
  );
}
