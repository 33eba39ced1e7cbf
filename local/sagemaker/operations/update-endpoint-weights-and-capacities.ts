import type {
  DesiredWeightAndCapacity,
  UpdateEndpointWeightsAndCapacitiesInput,
} from "@aws-sdk/client-sagemaker";
import { AwsError } from "../../cloud/aws-error.ts";
import type { Operation } from "../../cloud/service.ts";
import type { DeployedVariant } from "../hosting/deployment.ts";
import { refuseFailed, refuseInProgress } from "../hosting/refuse-in-progress.ts";
import { endpointNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";
import { refuseUnsupported } from "../supported-members.ts";

const supported = {
  EndpointName: true,
  DesiredWeightsAndCapacities: {
    VariantName: true,
    DesiredWeight: true,
    DesiredInstanceCount: true,
  },
} as const;

export function updateEndpointWeightsAndCapacities(sagemaker: SageMaker): Operation {
  return async (request: UpdateEndpointWeightsAndCapacitiesInput) => {
    refuseUnsupported(request, supported);
    const name = request.EndpointName as string;
    const { description, deployment } = endpointNamed(sagemaker, name);
    refuseInProgress(description);
    refuseFailed(description);
    if (!deployment) throw new Error(`endpoint ${name} is in service without a deployment`);
    const wanted = new Map(
      request.DesiredWeightsAndCapacities?.map((item) => [item.VariantName as string, item]),
    );
    for (const variant of wanted.keys()) {
      if (deployment.variants.some((item) => item.name === variant)) continue;
      throw new AwsError(
        "ValidationException",
        `The variant name(s) "${variant}" is/are not present within endpoint configuration "${deployment.endpointConfigName}".`,
      );
    }
    sagemaker.hosting.adjust(name, {
      ...deployment,
      variants: deployment.variants.map((item) => adjusted(item, wanted.get(item.name))),
    });
    return { EndpointArn: description.EndpointArn };
  };
}

function adjusted(variant: DeployedVariant, wanted?: DesiredWeightAndCapacity): DeployedVariant {
  return {
    ...variant,
    weight: wanted?.DesiredWeight ?? variant.weight,
    instanceCount: wanted?.DesiredInstanceCount ?? variant.instanceCount,
  };
}
