import {
  AddTagsCommand,
  DescribeEndpointCommand,
  ListTagsCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { ifThere } from "./if-there.ts";
import type { Version } from "./run-versions.ts";

/** Tag of an endpoint config that is kept, with its model, for an endpoint that the pipeline has left. */
export const keptTag = "retraining:kept-for";

/** Names of the configs that the endpoint serves and is changing to; none where there is no endpoint. */
export async function configsInUse(
  sagemaker: SageMakerClient,
  endpointName: string,
): Promise<string[]> {
  const endpoint = await ifThere(
    sagemaker.send(new DescribeEndpointCommand({ EndpointName: endpointName })),
  );
  return [
    endpoint?.EndpointConfigName,
    endpoint?.PendingDeploymentSummary?.EndpointConfigName,
  ].filter((name) => name !== undefined);
}

/** Marks `version` as kept for `endpointName`: once the pipeline has left that endpoint, no run and no clean-up deletes it. */
export async function keepVersion(
  sagemaker: SageMakerClient,
  { arn }: Version,
  endpointName: string,
): Promise<void> {
  await sagemaker.send(
    new AddTagsCommand({ ResourceArn: arn, Tags: [{ Key: keptTag, Value: endpointName }] }),
  );
}

/** Those of `versions` that are not kept for another endpoint than `endpointName`: of that one is known what it uses. */
export async function withoutKept(
  sagemaker: SageMakerClient,
  versions: readonly Version[],
  endpointName: string,
): Promise<Version[]> {
  const rest: Version[] = [];
  for (const version of versions) {
    const answer = await ifThere(
      sagemaker.send(new ListTagsCommand({ ResourceArn: version.arn, MaxResults: 50 })), // all that there can be
    );
    const keptFor = answer?.Tags?.find(({ Key: key }) => key === keptTag)?.Value;
    if (keptFor === undefined || keptFor === endpointName) rest.push(version);
  }
  return rest;
}
