import { hasLocalStorage } from "../aws-instance-types.ts";
import { vpcConfig } from "../network-access.ts";
import type { KnownContext } from "../pipeline-context.ts";
import { createOnce } from "./create-once.ts";
import { expression, withTitle } from "./jsonata.ts";
import { sageMakerTransient } from "./retry.ts";
import type { Flow, States } from "./state.ts";

export interface CreateModelArgs extends Flow {
  partition: string;
  /** `<base>--`: what the names of model and endpoint config start with. */
  runPrefix: string;
  image: string;
  roleArn: string;
  network: KnownContext["network"];
  tags: Record<string, string>;
}

export interface CreateEndpointConfigArgs extends Flow {
  partition: string;
  runPrefix: string;
  /** Where it is an expression, one for types that take a key if there is one. */
  instanceType: string;
  instanceCount: number;
  kmsKeyArn: string | undefined;
  tags: Record<string, string>;
}

export type CreateVersionArgs = Omit<CreateModelArgs, "tags"> &
  Omit<CreateEndpointConfigArgs, "tags"> & { modelTags: Record<string, string> };

/** The only variant; the same name in every version, or an update could not keep its capacity. */
export const variantName = "AllTraffic";

/** Model and endpoint config of this run. Nothing serves them yet. */
export function createVersion({ modelTags, ...args }: CreateVersionArgs): States {
  return {
    ...createModel({ ...args, tags: modelTags, next: "Create Endpoint Config" }),
    ...createEndpointConfig({ ...args, tags: {} }),
  };
}

export function createModel(args: CreateModelArgs): States {
  return createOnce("Create Model", {
    integration: "sagemaker:createModel",
    partition: args.partition,
    arguments: {
      ModelName: versionName(args),
      PrimaryContainer: {
        Image: args.image,
        ModelDataUrl: expression("$training.modelArtifact"),
      },
      ExecutionRoleArn: args.roleArn,
      ...vpcConfig(args.network),
      EnableNetworkIsolation: true,
      ...tagList(args.tags),
    },
    timeoutSeconds: 60,
    retry: [sageMakerTransient],
    assign: {},
    error: "ModelCreationFailed",
    question: "Is Model There?",
    next: args.next,
    onFailure: args.onFailure,
  });
}

export function createEndpointConfig(args: CreateEndpointConfigArgs): States {
  return createOnce("Create Endpoint Config", {
    integration: "sagemaker:createEndpointConfig",
    partition: args.partition,
    arguments: {
      EndpointConfigName: versionName(args),
      ProductionVariants: [
        {
          VariantName: variantName,
          ModelName: versionName(args),
          InstanceType: args.instanceType,
          InitialInstanceCount: args.instanceCount,
          InitialVariantWeight: 1,
        },
      ],
      // instances with disks of their own encrypt those themselves: SageMaker then refuses a key
      ...(args.kmsKeyArn !== undefined &&
        !hasLocalStorage(args.instanceType) && { KmsKeyId: args.kmsKeyArn }),
      ...tagList(args.tags),
    },
    timeoutSeconds: 60,
    retry: [sageMakerTransient],
    assign: {},
    error: "EndpointConfigCreationFailed",
    question: "Is Endpoint Config There?",
    next: args.next,
    onFailure: args.onFailure,
  });
}

function versionName({ runPrefix }: { runPrefix: string }): string {
  return withTitle((title) => `${runPrefix}${title}`);
}

/** `Tags` of a request; nothing without any. */
export function tagList(tags: Record<string, string>) {
  const entries = Object.entries(tags);
  return entries.length > 0 && { Tags: entries.map(([Key, Value]) => ({ Key, Value })) };
}
