import { AwsError } from "../cloud/aws-error.ts";
import type {
  EndpointConfigRecord,
  EndpointRecord,
  ModelRecord,
  SageMaker,
  TrainingJobRecord,
  TransformJobRecord,
  TuningJobRecord,
} from "./sagemaker.ts";

/** @throws AwsError as AWS words it when there is no such training job */
export function trainingJobNamed(sagemaker: SageMaker, name: string): TrainingJobRecord {
  const record = sagemaker.trainingJobs.get(name);
  if (!record) throw new AwsError("ValidationException", "Requested resource not found.");
  return record;
}

/** @throws AwsError as AWS words it when there is no such transform job */
export function transformJobNamed(sagemaker: SageMaker, name: string): TransformJobRecord {
  const record = sagemaker.transformJobs.get(name);
  if (record) return record;
  throw new AwsError("ValidationException", `Could not find requested job with name: ${name}`);
}

/** @throws AwsError as AWS words it when there is no such tuning job */
export function tuningJobNamed(sagemaker: SageMaker, name: string): TuningJobRecord {
  const record = sagemaker.tuningJobs.get(name);
  if (record) return record;
  throw new AwsError(
    "ResourceNotFound",
    `Amazon SageMaker can't find a tuning job called ${name}. Type another name.`,
  );
}

/** @throws AwsError as AWS words it when there is no such model */
export function modelNamed(sagemaker: SageMaker, name: string): ModelRecord {
  return found(sagemaker.models.get(name), "model", sagemaker.arns.of("model", name));
}

/** @throws AwsError as AWS words it when there is no such endpoint configuration */
export function endpointConfigNamed(sagemaker: SageMaker, name: string): EndpointConfigRecord {
  const arn = sagemaker.arns.of("endpoint-config", name);
  return found(sagemaker.endpointConfigs.get(name), "endpoint configuration", arn);
}

/** @throws AwsError as AWS words it when there is no such endpoint */
export function endpointNamed(sagemaker: SageMaker, name: string): EndpointRecord {
  return found(sagemaker.endpoints.get(name), "endpoint", sagemaker.arns.of("endpoint", name));
}

function found<T>(record: T | undefined, kind: string, arn: string): T {
  if (!record) throw new AwsError("ValidationException", `Could not find ${kind} "${arn}".`);
  return record;
}

/** The error for a name that is taken. */
export function alreadyExists(kind: string, arn: string): AwsError {
  return new AwsError("ValidationException", `Cannot create already existing ${kind} "${arn}".`);
}
