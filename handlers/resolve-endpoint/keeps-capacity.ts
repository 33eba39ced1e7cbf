import { DescribeEndpointConfigCommand, type SageMakerClient } from "@aws-sdk/client-sagemaker";

/** A count that autoscaling or a person set stays; one that the user changed in the stack's config is applied. */
export async function keepsCapacity(
  sagemaker: SageMakerClient,
  runPrefix: string,
  configName: string,
  instanceCount: number,
): Promise<boolean> {
  if (!configName.startsWith(runPrefix)) return true; // someone else's config says nothing of what this stack's said
  const config = await sagemaker.send(
    new DescribeEndpointConfigCommand({ EndpointConfigName: configName }),
  );
  return config.ProductionVariants?.[0]?.InitialInstanceCount === instanceCount;
}
