import { AwsError } from "../../cloud/aws-error.ts";
import type { EndpointRecord } from "../sagemaker.ts";

const inProgress = new Set(["Creating", "Updating", "SystemUpdating", "RollingBack", "Deleting"]);

/** @throws AwsError when another change of the endpoint is under way */
export function refuseInProgress(description: EndpointRecord["description"]): void {
  if (!inProgress.has(description.EndpointStatus)) return;
  throw new AwsError(
    "ValidationException",
    `Cannot update in-progress endpoint "${description.EndpointArn}".`,
  );
}

/** @throws AwsError when the endpoint serves nothing: a Failed one can only be deleted */
export function refuseFailed(description: EndpointRecord["description"]): void {
  if (description.EndpointStatus !== "Failed") return;
  throw new AwsError(
    "ValidationException",
    `Cannot update endpoint "${description.EndpointArn}" in status Failed; delete it and create it anew.`,
  );
}
