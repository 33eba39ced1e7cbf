import { imageRepositoryArn } from "../../../components/image-repository.ts";
import type { Check } from "../../ministack/identity.ts";
import { partitionOf } from "../../provider/partition.ts";

/**
 * What a role is asked when SageMaker pulls an image from ECR in its name.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
 *
 * @param image registry path, `<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`
 */
export function imagePullChecks(image: string, region: string): Check[] {
  const resource = imageRepositoryArn(partitionOf(region).id, image);
  return [
    { action: "ecr:GetAuthorizationToken", resource: "*" }, // a token is the registry's, not a repository's
    { action: "ecr:BatchCheckLayerAvailability", resource },
    { action: "ecr:GetDownloadUrlForLayer", resource },
    { action: "ecr:BatchGetImage", resource },
  ];
}
