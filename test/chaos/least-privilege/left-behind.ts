import { PutObjectCommand } from "@aws-sdk/client-s3";
import {
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DescribeTrainingJobCommand,
} from "@aws-sdk/client-sagemaker";
import { comparisonLayout } from "../../../components/comparison-layout.ts";
import { tuningRunPrefix } from "../../../components/names.ts";
import type { ComparisonWorkshop } from "./comparison-workshop.ts";
import { createEndpoint, endpointStatus } from "./endpoints.ts";
import { duringTraining, duringTransform, duringTuning } from "./long-jobs.ts";

// What comparisons may leave behind, made by the account's user.

let jobs = 0;

/** A candidate that some comparison left behind, with the model of one that was compared; @returns its name. */
export async function leftCandidate(shop: ComparisonWorkshop, title: string): Promise<string> {
  const { sagemaker } = shop.bench.clients;
  const name = candidateOf(shop, title);
  if ((await endpointStatus(sagemaker, name)) !== undefined) return name;
  await createModel(shop, name);
  const variant = { VariantName: "AllTraffic", ModelName: name, InitialInstanceCount: 1 };
  await sagemaker
    .send(
      new CreateEndpointConfigCommand({
        EndpointConfigName: name,
        ProductionVariants: [{ ...variant, InstanceType: "ml.m5.large" }],
      }),
    )
    .catch(ignoreThere);
  await createEndpoint(sagemaker, name, name);
  return name;
}

/** Does `work` while a training job of a comparison's first candidate goes on that no execution waits for. */
export async function duringTrainingOf<T>(
  shop: ComparisonWorkshop,
  title: string,
  work: () => Promise<T>,
): Promise<T> {
  const name = `${candidateOf(shop, title)}-z${++jobs}`;
  return duringTraining(shop.bench.clients.sagemaker, await trainedName(shop), name, work);
}

/** Does `work` while a tuning job of a comparison's first candidate goes on that no execution waits for. */
export async function duringTuningOf<T>(
  shop: ComparisonWorkshop,
  title: string,
  work: () => Promise<T>,
): Promise<T> {
  const { tuningPrefix } = shop.names;
  const { title: like } = await shop.compared();
  return duringTuning(
    shop.bench.clients.sagemaker,
    `${tuningRunPrefix(tuningPrefix, like)}c01-a1`,
    `${tuningRunPrefix(tuningPrefix, title)}z${++jobs}`,
    work,
  );
}

/** Does `work` while a batch transform job of a comparison's first candidate goes on that no execution waits for. */
export async function duringTransformOf<T>(
  shop: ComparisonWorkshop,
  title: string,
  work: () => Promise<T>,
): Promise<T> {
  const { s3, sagemaker } = shop.bench.clients;
  const { bucket } = shop.outputs;
  const model = candidateOf(shop, title);
  await createModel(shop, model);
  const rows = comparisonLayout.split("long", "libsvm", "features");
  const Body = "1:1 2:0.5\n".repeat(100_000);
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `${rows}part-00000`, Body }));
  const source = { S3DataType: "S3Prefix", S3Uri: `s3://${bucket}/${rows}` } as const;
  return duringTransform(
    sagemaker,
    {
      TransformJobName: `${model}-z${++jobs}`,
      ModelName: model,
      TransformInput: {
        ContentType: "text/libsvm",
        SplitType: "Line",
        DataSource: { S3DataSource: source },
      },
      TransformOutput: {
        S3OutputPath: `s3://${bucket}/${comparisonLayout.transform("long", "c01")}`,
      },
      TransformResources: { InstanceType: "ml.m5.large", InstanceCount: 1 },
    },
    work,
  );
}

function candidateOf({ names }: ComparisonWorkshop, title: string): string {
  return `${names.candidatePrefix}${title}-c01`;
}

async function createModel(shop: ComparisonWorkshop, ModelName: string): Promise<void> {
  const { sagemaker } = shop.bench.clients;
  const { accountId } = shop.bench.cloud;
  const job = await sagemaker.send(
    new DescribeTrainingJobCommand({ TrainingJobName: await trainedName(shop) }),
  );
  await sagemaker
    .send(
      new CreateModelCommand({
        ModelName,
        ExecutionRoleArn: `arn:aws:iam::${accountId}:role/${shop.names.roles.serving}`,
        PrimaryContainer: {
          Image: job.AlgorithmSpecification?.TrainingImage,
          ModelDataUrl: job.ModelArtifacts?.S3ModelArtifacts,
        },
      }),
    )
    .catch(ignoreThere);
}

/** The training job of the first candidate of the last comparison. */
async function trainedName(shop: ComparisonWorkshop): Promise<string> {
  const { title } = await shop.compared();
  return `${candidateOf(shop, title)}-a1`;
}

function ignoreThere(error: Error): void {
  if (!/already existing/.test(error.message)) throw error;
}
