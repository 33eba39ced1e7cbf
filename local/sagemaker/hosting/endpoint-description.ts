import type { ProductionVariantSummary } from "@aws-sdk/client-sagemaker";
import { now, type Wire } from "../../cloud/wire.ts";
import type { EndpointRecord } from "../sagemaker.ts";
import type { Deployment } from "./deployment.ts";

type Description = EndpointRecord["description"];

/** What DescribeEndpoint shows of the variants of a deployment that serves. */
export function variantSummaries(deployment: Deployment): Wire<ProductionVariantSummary>[] {
  return deployment.variants.map((variant) => ({
    VariantName: variant.name,
    DeployedImages: [{ SpecifiedImage: variant.image, ResolutionTime: now() }],
    CurrentWeight: variant.weight,
    DesiredWeight: variant.weight,
    CurrentInstanceCount: variant.instanceCount,
    DesiredInstanceCount: variant.instanceCount,
  }));
}

/** The description of an endpoint whose next deployment is under way. */
export function deploying(
  description: Description,
  status: "Creating" | "Updating",
  next: Deployment,
): Description {
  const { FailureReason: _, ...rest } = description;
  return {
    ...rest,
    EndpointStatus: status,
    PendingDeploymentSummary: {
      EndpointConfigName: next.endpointConfigName,
      ProductionVariants: next.variants.map((variant) => ({
        VariantName: variant.name,
        DesiredWeight: variant.weight,
        DesiredInstanceCount: variant.instanceCount,
        VariantStatus: [{ Status: status, StartTime: now() }],
      })),
      StartTime: now(),
    },
    LastModifiedTime: now(),
  };
}

/** The description of an endpoint that serves a deployment. */
export function inService(
  description: Description,
  deployment: Deployment,
  failureReason?: string,
): Description {
  return {
    ...settled(description),
    EndpointStatus: "InService",
    EndpointConfigName: deployment.endpointConfigName,
    ProductionVariants: variantSummaries(deployment),
    ...(failureReason === undefined ? {} : { FailureReason: failureReason }),
  };
}

/** The description of an endpoint that serves nothing. */
export function failed(description: Description, reason: string): Description {
  return { ...settled(description), EndpointStatus: "Failed", FailureReason: reason };
}

function settled(description: Description): Description {
  const { FailureReason: _, PendingDeploymentSummary: __, ...rest } = description;
  return { ...rest, LastModifiedTime: now() };
}
