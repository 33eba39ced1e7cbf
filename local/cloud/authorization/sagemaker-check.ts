import type { CreateModelInput, Tag } from "@aws-sdk/client-sagemaker";
import type { Check } from "../../ministack/identity.ts";
import { requestTags } from "./request-checks.ts";

/** SageMaker, as roles are passed to it. */
export const service = "sagemaker.amazonaws.com";

export type Context = NonNullable<Check["context"]>;

export function check(operation: string, resource: string, context: Context = {}): Check {
  return { action: `sagemaker:${operation}`, resource, context };
}

/** Tags that come with a creation are added by an action of their own. */
export function tagging(operation: string, arn: string, tags: readonly Tag[] | undefined): Check[] {
  if (tags === undefined || tags.length === 0) return [];
  return [check("AddTags", arn, { ...requestTags(tags), "sagemaker:TaggingAction": operation })];
}

export function vpcContext(
  request: Pick<CreateModelInput, "VpcConfig" | "EnableNetworkIsolation">,
): Context {
  return {
    "sagemaker:NetworkIsolation": String(request.EnableNetworkIsolation ?? false),
    ...when("sagemaker:VpcSubnets", request.VpcConfig?.Subnets),
    ...when("sagemaker:VpcSecurityGroupIds", request.VpcConfig?.SecurityGroupIds),
  };
}

/** A condition key is in the context only where the request says something of it. */
export function when(key: string, value: string | readonly string[] | undefined): Context {
  return value === undefined || value === "" ? {} : { [key]: value };
}
