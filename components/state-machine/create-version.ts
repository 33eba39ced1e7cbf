import { vpcConfig } from "../network-access.ts";
import type { KnownContext } from "../pipeline-context.ts";
import { expression, withTitle } from "./jsonata.ts";
import { sageMakerTransient } from "./retry.ts";
import type { Flow, States } from "./state.ts";
import { catchAll, task } from "./task.ts";

export interface CreateVersionArgs extends Flow {
  partition: string;
  /** `<base>--`: what the names of model and endpoint config start with. */
  runPrefix: string;
  image: string;
  roleArn: string;
  instanceType: string;
  instanceCount: number;
  network: KnownContext["network"];
  kmsKeyArn: string | undefined;
  /** Of the model. */
  modelTags: Record<string, string>;
}

/** The only variant; the same name in every version, or an update could not keep its capacity. */
export const variantName = "AllTraffic";

/** Model and endpoint config of this run. Nothing serves them yet. */
export function createVersion(args: CreateVersionArgs): States {
  const name = withTitle((title) => `${args.runPrefix}${title}`);
  return {
    "Create Model": task({
      integration: "sagemaker:createModel",
      partition: args.partition,
      arguments: {
        ModelName: name,
        PrimaryContainer: {
          Image: args.image,
          ModelDataUrl: expression("$training.modelArtifact"),
        },
        ExecutionRoleArn: args.roleArn,
        ...vpcConfig(args.network),
        EnableNetworkIsolation: true,
        Tags: Object.entries(args.modelTags).map(([Key, Value]) => ({ Key, Value })),
      },
      timeoutSeconds: 60,
      retry: [sageMakerTransient],
      assign: {},
      catch: [catchAll("ModelCreationFailed", args.onFailure)],
      next: "Create Endpoint Config",
    }),
    "Create Endpoint Config": task({
      integration: "sagemaker:createEndpointConfig",
      partition: args.partition,
      arguments: {
        EndpointConfigName: name,
        ProductionVariants: [
          {
            VariantName: variantName,
            ModelName: name,
            InstanceType: args.instanceType,
            InitialInstanceCount: args.instanceCount,
            InitialVariantWeight: 1,
          },
        ],
        ...(args.kmsKeyArn !== undefined && { KmsKeyId: args.kmsKeyArn }),
      },
      timeoutSeconds: 60,
      retry: [sageMakerTransient],
      assign: {},
      catch: [catchAll("EndpointConfigCreationFailed", args.onFailure)],
      next: args.next,
    }),
  };
}
