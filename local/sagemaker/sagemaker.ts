import type {
  CreateEndpointConfigInput,
  CreateModelInput,
  DescribeEndpointOutput,
  DescribeTrainingJobResponse,
  DescribeTransformJobResponse,
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

export type TrainingJobRecord = Wire<DescribeTrainingJobResponse>;

/** A transform job as DescribeTransformJob shows it, and what only ListTransformJobs does. */
export type TransformJobRecord = Wire<DescribeTransformJobResponse> & { LastModifiedTime: number };

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
  models: Collection<ModelRecord>;
  endpointConfigs: Collection<EndpointConfigRecord>;
  endpoints: Collection<EndpointRecord>;
  /** By ARN. */
  tags: Collection<TagsRecord>;
  training: TrainingJobs;
  transform: TransformJobs;
  hosting: Hosting;
}
