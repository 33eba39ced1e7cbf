const registryPath =
  /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.[a-z0-9.-]+\/(?<repository>[^:@]+)(?:[:@].+)?$/;

/**
 * ARN of the ECR repository that holds `image`, for the policies of those who pull it.
 *
 * @throws RangeError for an image elsewhere: SageMaker pulls from ECR only.
 */
export function imageRepositoryArn(partition: string, image: string): string {
  const { account, region, repository } = registryPath.exec(image)?.groups ?? {};
  if (account === undefined) {
    throw new RangeError(
      `${image} is no image of Amazon ECR, <account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`,
    );
  }
  return `arn:${partition}:ecr:${region}:${account}:repository/${repository}`;
}
