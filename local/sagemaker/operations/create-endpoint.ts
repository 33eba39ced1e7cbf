import type { CreateEndpointInput } from "@aws-sdk/client-sagemaker";
import type { Operation } from "../../cloud/service.ts";
import { now } from "../../cloud/wire.ts";
import { planDeployment } from "../hosting/deployment.ts";
import { alreadyExists, endpointConfigNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";
import { refuseUnsupported } from "../supported-members.ts";
import { putTags } from "../tags.ts";

const supported = { EndpointName: true, EndpointConfigName: true, Tags: true } as const;

export function createEndpoint(sagemaker: SageMaker): Operation {
  return async (request: CreateEndpointInput) => {
    refuseUnsupported(request, supported);
    const name = request.EndpointName as string;
    const arn = sagemaker.arns.of("endpoint", name);
    if (sagemaker.endpoints.get(name)) throw alreadyExists("endpoint", arn);
    const config = endpointConfigNamed(sagemaker, request.EndpointConfigName as string);
    const deployment = planDeployment(sagemaker, config, sagemaker.hosting.folder);
    putTags(sagemaker, arn, request.Tags ?? []);
    const created = now();
    sagemaker.endpoints.put(name, {
      description: {
        EndpointName: name,
        EndpointArn: arn,
        EndpointConfigName: config.EndpointConfigName,
        EndpointStatus: "Creating",
        CreationTime: created,
        LastModifiedTime: created,
      },
    });
    sagemaker.hosting.create(name, deployment);
    return { EndpointArn: arn };
  };
}
