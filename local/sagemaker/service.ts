import { join } from "node:path";
import { sagemakerChecks } from "../cloud/authorization/sagemaker-checks.ts";
import { Collection } from "../cloud/collection.ts";
import type { CloudContext } from "../cloud/context.ts";
import type { Operation, Service } from "../cloud/service.ts";
import { Arns } from "./arns.ts";
import { type BuiltinContainer, builtinContainers } from "./builtin-containers.ts";
import { Hosting } from "./hosting/hosting.ts";
import { addTags } from "./operations/add-tags.ts";
import { createEndpoint } from "./operations/create-endpoint.ts";
import { createEndpointConfig } from "./operations/create-endpoint-config.ts";
import { createHyperParameterTuningJob } from "./operations/create-hyper-parameter-tuning-job.ts";
import { createModel } from "./operations/create-model.ts";
import { createTrainingJob } from "./operations/create-training-job.ts";
import { createTransformJob } from "./operations/create-transform-job.ts";
import { deleteEndpoint } from "./operations/delete-endpoint.ts";
import { deleteEndpointConfig } from "./operations/delete-endpoint-config.ts";
import { deleteModel } from "./operations/delete-model.ts";
import { deleteTags } from "./operations/delete-tags.ts";
import { describeEndpoint } from "./operations/describe-endpoint.ts";
import { describeEndpointConfig } from "./operations/describe-endpoint-config.ts";
import { describeHyperParameterTuningJob } from "./operations/describe-hyper-parameter-tuning-job.ts";
import { describeModel } from "./operations/describe-model.ts";
import { describeTrainingJob } from "./operations/describe-training-job.ts";
import { describeTransformJob } from "./operations/describe-transform-job.ts";
import { listEndpointConfigs } from "./operations/list-endpoint-configs.ts";
import { listEndpoints } from "./operations/list-endpoints.ts";
import { listHyperParameterTuningJobs } from "./operations/list-hyper-parameter-tuning-jobs.ts";
import { listModels } from "./operations/list-models.ts";
import { listTags } from "./operations/list-tags.ts";
import { listTrainingJobs } from "./operations/list-training-jobs.ts";
import { listTrainingJobsForHyperParameterTuningJob } from "./operations/list-training-jobs-for-hyper-parameter-tuning-job.ts";
import { listTransformJobs } from "./operations/list-transform-jobs.ts";
import { stopHyperParameterTuningJob } from "./operations/stop-hyper-parameter-tuning-job.ts";
import { stopTrainingJob } from "./operations/stop-training-job.ts";
import { stopTransformJob } from "./operations/stop-transform-job.ts";
import { updateEndpoint } from "./operations/update-endpoint.ts";
import { updateEndpointWeightsAndCapacities } from "./operations/update-endpoint-weights-and-capacities.ts";
import { Runners } from "./runners.ts";
import { Runtime } from "./runtime/runtime.ts";
import type { SageMaker, TrainingJobRecord } from "./sagemaker.ts";
import { TrainingJobs } from "./training/training-jobs.ts";
import { TransformJobs } from "./transform/transform-jobs.ts";
import { TuningJobs } from "./tuning/tuning-jobs.ts";
import { Workers } from "./workers.ts";

export interface SageMakerService extends Service {
  /** SageMaker Runtime of the same endpoints. */
  runtime: Runtime;
  /** Starts processes that wait for the next training job and the next endpoint of an image, so that their start overlaps other work. */
  warmUp(image: string): Promise<void>;
  /** Image of the training job that was created last; undefined before the first. */
  lastImage(): string | undefined;
}

export interface SageMakerOptions {
  /** @default those of the built-in algorithms */
  containers?: readonly BuiltinContainer[];
}

/**
 * SageMaker: training jobs, models and endpoints that are what their records say. Resolves once the endpoints of an
 * earlier process serve again. S3 and Logs of the context must answer by now.
 */
export async function createSageMaker(
  context: CloudContext,
  { containers = builtinContainers }: SageMakerOptions = {},
): Promise<SageMakerService> {
  const folder = (name: string): string => join(context.stateDir, "sagemaker", name);
  const workers = new Workers();
  const runners = new Runners(context, containers);
  const trainingJobs: SageMaker["trainingJobs"] = new Collection(folder("training-jobs"));
  const transformJobs: SageMaker["transformJobs"] = new Collection(folder("transform-jobs"));
  const tuningJobs: SageMaker["tuningJobs"] = new Collection(folder("tuning-jobs"));
  const endpoints: SageMaker["endpoints"] = new Collection(folder("endpoints"));
  const sagemaker: SageMaker = {
    context,
    arns: new Arns(context.region, context.accountId),
    runners,
    trainingJobs,
    transformJobs,
    tuningJobs,
    models: new Collection(folder("models")),
    endpointConfigs: new Collection(folder("endpoint-configs")),
    endpoints,
    tags: new Collection(folder("tags")),
    training: new TrainingJobs(context, trainingJobs, runners, workers),
    transform: new TransformJobs(context, transformJobs, runners, workers),
    tuning: new TuningJobs(context, tuningJobs),
    hosting: new Hosting({ context, endpoints, runners, workers }),
  };
  await sagemaker.hosting.restore((endpoint) => {
    endpoints.delete(endpoint);
    sagemaker.tags.delete(sagemaker.arns.of("endpoint", endpoint));
  });
  return {
    operations: operationsOf(sagemaker),
    checks: sagemakerChecks({
      arns: sagemaker.arns,
      volumeKeyOf: (config) => sagemaker.endpointConfigs.get(config)?.KmsKeyId,
    }),
    runtime: new Runtime(context, sagemaker.arns, sagemaker.hosting),
    warmUp: async (image) => {
      const runner = runners.of(image);
      await Promise.all([workers.warmUp(runner, "train"), workers.warmUp(runner, "serve")]);
    },
    lastImage: () => newest(trainingJobs.values())?.AlgorithmSpecification?.TrainingImage,
    close: async () => {
      await Promise.all([
        sagemaker.tuning.close(),
        sagemaker.training.close(),
        sagemaker.transform.close(),
        sagemaker.hosting.close(),
        workers.close(),
      ]);
    },
  };
}

function newest(jobs: Iterable<TrainingJobRecord>): TrainingJobRecord | undefined {
  return [...jobs].reduce<TrainingJobRecord | undefined>(
    (last, job) => (Number(job.CreationTime) >= Number(last?.CreationTime ?? 0) ? job : last),
    undefined,
  );
}

function operationsOf(sagemaker: SageMaker): Record<string, Operation> {
  return {
    AddTags: addTags(sagemaker),
    CreateEndpoint: createEndpoint(sagemaker),
    CreateEndpointConfig: createEndpointConfig(sagemaker),
    CreateHyperParameterTuningJob: createHyperParameterTuningJob(sagemaker),
    CreateModel: createModel(sagemaker),
    CreateTrainingJob: createTrainingJob(sagemaker),
    CreateTransformJob: createTransformJob(sagemaker),
    DeleteEndpoint: deleteEndpoint(sagemaker),
    DeleteEndpointConfig: deleteEndpointConfig(sagemaker),
    DeleteModel: deleteModel(sagemaker),
    DeleteTags: deleteTags(sagemaker),
    DescribeEndpoint: describeEndpoint(sagemaker),
    DescribeEndpointConfig: describeEndpointConfig(sagemaker),
    DescribeHyperParameterTuningJob: describeHyperParameterTuningJob(sagemaker),
    DescribeModel: describeModel(sagemaker),
    DescribeTrainingJob: describeTrainingJob(sagemaker),
    DescribeTransformJob: describeTransformJob(sagemaker),
    ListEndpointConfigs: listEndpointConfigs(sagemaker),
    ListEndpoints: listEndpoints(sagemaker),
    ListHyperParameterTuningJobs: listHyperParameterTuningJobs(sagemaker),
    ListModels: listModels(sagemaker),
    ListTags: listTags(sagemaker),
    ListTrainingJobs: listTrainingJobs(sagemaker),
    ListTrainingJobsForHyperParameterTuningJob:
      listTrainingJobsForHyperParameterTuningJob(sagemaker),
    ListTransformJobs: listTransformJobs(sagemaker),
    StopHyperParameterTuningJob: stopHyperParameterTuningJob(sagemaker),
    StopTrainingJob: stopTrainingJob(sagemaker),
    StopTransformJob: stopTransformJob(sagemaker),
    UpdateEndpoint: updateEndpoint(sagemaker),
    UpdateEndpointWeightsAndCapacities: updateEndpointWeightsAndCapacities(sagemaker),
  };
}
