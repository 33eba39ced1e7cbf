import type { CreateTrainingJobRequest } from "@aws-sdk/client-sagemaker";
import type { RoleSession } from "../../cloud/authorization/role-session.ts";
import { AwsError } from "../../cloud/aws-error.ts";
import { now } from "../../cloud/wire.ts";
import { checkTrainingRole, executionSession } from "../execution-role.ts";
import type { SageMaker } from "../sagemaker.ts";
import { putTags } from "../tags.ts";
import { checkMetricDefinitions } from "./check-metric-definitions.ts";
import { checkTrainingRequest } from "./check-request.ts";
import { checkInputExists } from "./input-channels.ts";
import { checkTrainingQuota } from "./training-quota.ts";
import type { TrainingRunOptions } from "./training-run.ts";

/** SageMaker's default for MaxRuntimeInSeconds: one day. */
const DEFAULT_MAX_RUNTIME_SECONDS = 86_400;

/** On behalf of a tuning job. */
interface Tuned {
  tuningJobArn: string;
  /** Called with each value of a metric as it appears in the log. */
  metric: TrainingRunOptions["metric"];
}

/**
 * Begins a training job.
 * @returns its ARN
 * @throws AwsError as CreateTrainingJob does
 */
export async function startTrainingJob(
  sagemaker: SageMaker,
  request: CreateTrainingJobRequest,
  tuned?: Tuned,
): Promise<string> {
  const name = request.TrainingJobName as string;
  const arn = sagemaker.arns.of("training-job", name);
  refuseTaken(sagemaker, name, arn);
  const { session, outputPath } = await admitTrainingJob(sagemaker, request, arn);
  try {
    refuseTaken(sagemaker, name, arn); // The checks waited for IAM and S3: the name may be taken by now.
    if (tuned === undefined) checkTrainingQuota(sagemaker, request);
  } catch (error) {
    session.close();
    throw error;
  }

  const { Tags: tags = [], ...rest } = request;
  const created = now();
  putTags(sagemaker, arn, tags);
  sagemaker.trainingJobs.put(name, {
    ...rest,
    TrainingJobName: name,
    TrainingJobArn: arn,
    ...(tuned ? { TuningJobArn: tuned.tuningJobArn } : {}),
    AlgorithmSpecification: described(sagemaker, request.AlgorithmSpecification),
    ModelArtifacts: { S3ModelArtifacts: `${outputPath}/${name}/output/model.tar.gz` },
    StoppingCondition: {
      MaxRuntimeInSeconds: DEFAULT_MAX_RUNTIME_SECONDS,
      ...request.StoppingCondition,
    },
    EnableNetworkIsolation: request.EnableNetworkIsolation ?? false,
    EnableInterContainerTrafficEncryption: request.EnableInterContainerTrafficEncryption ?? false,
    EnableManagedSpotTraining: request.EnableManagedSpotTraining ?? false,
    TrainingJobStatus: "InProgress",
    SecondaryStatus: "Starting",
    SecondaryStatusTransitions: [
      { Status: "Starting", StartTime: created, StatusMessage: "Starting the training job" },
    ],
    CreationTime: created,
    LastModifiedTime: created,
  });
  sagemaker.training.start(name, session, tuned?.metric);
  return arn;
}

/** With the metrics that SageMaker reads from a built-in algorithm's logs, as DescribeTrainingJob tells them. */
function described(
  { runners }: SageMaker,
  specification: CreateTrainingJobRequest["AlgorithmSpecification"],
): CreateTrainingJobRequest["AlgorithmSpecification"] {
  const definitions = runners.of(specification?.TrainingImage ?? "").metricDefinitions;
  if (specification === undefined || definitions === undefined) return specification;
  const validationFirst = definitions.toSorted(
    (a, b) => Number(isOfValidation(b.Name)) - Number(isOfValidation(a.Name)),
  );
  return {
    ...specification,
    MetricDefinitions: validationFirst.slice(0, maxMetricDefinitions),
  };
}

/** As the service's model has it. */
const maxMetricDefinitions = 40;

function isOfValidation(metric: string | undefined): boolean {
  return metric?.startsWith("validation:") ?? false;
}

/**
 * What SageMaker makes sure of before it accepts a training job.
 * @param arn on whose behalf the role is assumed: the job's, or that of its tuning job
 * @returns a session of the job's role, to be closed
 * @throws AwsError
 */
export async function admitTrainingJob(
  sagemaker: SageMaker,
  request: CreateTrainingJobRequest,
  arn: string,
): Promise<{ session: RoleSession; outputPath: string }> {
  const { image, outputPath } = checkTrainingRequest(request);
  checkMetricDefinitions(request, sagemaker.runners.of(image));
  const session = executionSession(sagemaker.context, request.RoleArn as string, arn);
  try {
    await checkTrainingRole(session, image, sagemaker.context);
    await checkInputExists(session, sagemaker.context.region, request);
  } catch (error) {
    session.close();
    throw error;
  }
  return { session, outputPath };
}

function refuseTaken(sagemaker: SageMaker, name: string, arn: string): void {
  if (!sagemaker.trainingJobs.get(name)) return;
  throw new AwsError(
    "ResourceInUse",
    `Training job names must be unique within an AWS account and region, and a training job with this name already exists (${arn})`,
  );
}
