import type { CreateTransformJobRequest } from "@aws-sdk/client-sagemaker";
import { AwsError } from "../../cloud/aws-error.ts";
import type { Operation } from "../../cloud/service.ts";
import { now } from "../../cloud/wire.ts";
import { modelNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";
import { putTags } from "../tags.ts";
import { checkTransformRequest } from "../transform/check-transform-request.ts";

export function createTransformJob(sagemaker: SageMaker): Operation {
  return async (request: CreateTransformJobRequest) => {
    checkTransformRequest(request);
    const name = request.TransformJobName as string;
    const arn = sagemaker.arns.of("transform-job", name);
    if (sagemaker.transformJobs.get(name)) {
      throw new AwsError(
        "ResourceInUse",
        `Job name must be unique within an AWS account and region, and a job with this name already exists (${arn})`,
      );
    }
    const model = modelNamed(sagemaker, request.ModelName as string);
    const { Tags: tags = [], ...rest } = request;
    const created = now();
    putTags(sagemaker, arn, tags);
    sagemaker.transformJobs.put(name, {
      ...rest,
      TransformJobName: name,
      TransformJobArn: arn,
      TransformJobStatus: "InProgress",
      CreationTime: created,
      LastModifiedTime: created,
    });
    sagemaker.transform.start(name, model);
    return { TransformJobArn: arn };
  };
}
