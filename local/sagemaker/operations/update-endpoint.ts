import type { UpdateEndpointInput } from "@aws-sdk/client-sagemaker";
import type { Operation } from "../../cloud/service.ts";
import { type Deployment, planDeployment } from "../hosting/deployment.ts";
import { refuseFailed, refuseInProgress } from "../hosting/refuse-in-progress.ts";
import { endpointConfigNamed, endpointNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";
import { refuseUnsupported } from "../supported-members.ts";

const supported = {
  EndpointName: true,
  EndpointConfigName: true,
  RetainAllVariantProperties: true,
  ExcludeRetainedVariantProperties: true,
} as const;

export function updateEndpoint(sagemaker: SageMaker): Operation {
  return async (request: UpdateEndpointInput) => {
    refuseUnsupported(request, supported);
    const name = request.EndpointName as string;
    const { description, deployment: old } = endpointNamed(sagemaker, name);
    refuseInProgress(description);
    refuseFailed(description);
    const config = endpointConfigNamed(sagemaker, request.EndpointConfigName as string);
    // SageMaker still reads the configuration that is being left.
    endpointConfigNamed(sagemaker, description.EndpointConfigName as string);
    const deployment = planDeployment(sagemaker, config, sagemaker.hosting.folder);
    if (request.RetainAllVariantProperties && old) retain(deployment, old, request);
    sagemaker.hosting.update(name, deployment);
    return { EndpointArn: description.EndpointArn };
  };
}

/** Keeps what autoscaling or people changed since: capacity and weight, unless the request excludes them. */
function retain(deployment: Deployment, old: Deployment, request: UpdateEndpointInput): void {
  const excluded = new Set(
    request.ExcludeRetainedVariantProperties?.map((property) => property.VariantPropertyType),
  );
  for (const variant of deployment.variants) {
    const before = old.variants.find((item) => item.name === variant.name);
    if (!before) continue;
    if (!excluded.has("DesiredInstanceCount")) variant.instanceCount = before.instanceCount;
    if (!excluded.has("DesiredWeight")) variant.weight = before.weight;
  }
}
