import type {
  CreateEndpointConfigInput,
  CreateModelInput,
  DescribeEndpointOutput,
  DescribeHyperParameterTuningJobResponse,
  DescribeTrainingJobResponse,
  DescribeTransformJobResponse,
  HyperParameterTrainingJobDefinition,
  HyperParameterTuningJobConfig,
  Tag,
} from "@aws-sdk/client-sagemaker";
import type { Collection } from "../cloud/collection.ts";
import type { CloudContext } from "../cloud/context.ts";
import type { Wire } from "../cloud/wire.ts";
import type { Arns } from "./arns.ts";
import type { Deployment } from "./hosting/deployment.ts";
import type { Hosting } from "./hosting/hosting.ts";
import type { Runners } from "./runners.ts";
import type { TrainingJobs } from "./training/training-jobs.ts";
import type { TransformJobs } from "./transform/transform-jobs.ts";
import type { Hyperparameters } from "./tuning/parameter-space.ts";
import type { TuningJobs } from "./tuning/tuning-jobs.ts";

export type TrainingJobRecord = Wire<DescribeTrainingJobResponse>;

/** A transform job as DescribeTransformJob shows it, and what only ListTransformJobs does. */
export type TransformJobRecord = Wire<DescribeTransformJobResponse> & { LastModifiedTime: number };

/** A tuning job as DescribeHyperParameterTuningJob shows it, but for what follows from its training jobs. */
export interface TuningJobRecord {
  description: Wire<
    Omit<
      DescribeHyperParameterTuningJobResponse,
      "TrainingJobStatusCounters" | "ObjectiveStatusCounters" | "BestTrainingJob"
    >
  > & {
    HyperParameterTuningJobName: string;
    HyperParameterTuningJobConfig: HyperParameterTuningJobConfig;
    TrainingJobDefinition: HyperParameterTrainingJobDefinition;
  };
  /** In the order in which they were launched. */
  trainings: { name: string; tuned: Hyperparameters }[];
}

export type ModelRecord = Wire<Omit<CreateModelInput, "Tags">> & {
  ModelName: string;
  ModelArn: string;
  CreationTime: number;
};

export type EndpointConfigRecord = Wire<Omit<CreateEndpointConfigInput, "Tags">> & {
  EndpointConfigName: string;
  EndpointConfigArn: string;
  ProductionVariants: NonNullable<CreateEndpointConfigInput["ProductionVariants"]>;
  CreationTime: number;
};

/** An endpoint as DescribeEndpoint shows it, and beside it what serves it. */
export interface EndpointRecord {
  description: Wire<DescribeEndpointOutput> & {
    EndpointName: string;
    EndpointArn: string;
    EndpointStatus: NonNullable<DescribeEndpointOutput["EndpointStatus"]>;
  };
  /** What answers requests now; none before the first deployment succeeded. */
  deployment?: Deployment;
}

export interface TagsRecord {
  tags: Tag[];
}

/** Everything that the operations of SageMaker work on. */
export interface SageMaker {
  context: CloudContext;
  arns: Arns;
  runners: Runners;
  trainingJobs: Collection<TrainingJobRecord>;
  transformJobs: Collection<TransformJobRecord>;
  tuningJobs: Collection<TuningJobRecord>;
  models: Collection<ModelRecord>;
  endpointConfigs: Collection<EndpointConfigRecord>;
  endpoints: Collection<EndpointRecord>;
  /** By ARN. */
  tags: Collection<TagsRecord>;
  training: TrainingJobs;
  transform: TransformJobs;
  tuning: TuningJobs;
  hosting: Hosting;
}
