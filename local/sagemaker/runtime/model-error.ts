import { endpointLogGroup } from "../hosting/fleet.ts";
import type { Invocation } from "./invoke-endpoint.ts";
import { RuntimeError } from "./runtime-error.ts";

/**
 * What SageMaker answers when the container did: 424, with the container's own status and words.
 * @param status the container's; 0 when it gave no answer
 */
export function modelError(invocation: Invocation, status: number, message: string): RuntimeError {
  const { context, arns, endpoint } = invocation;
  const group = endpointLogGroup(endpoint);
  const byClient = status >= 400 && status < 500;
  return new RuntimeError(
    "ModelError",
    `Received ${byClient ? "client" : "server"} error (${status}) from primary with message "${message}". See log group ${group} in account ${context.accountId} for more information.`,
    424,
    {
      ErrorCode: byClient ? "CLIENT_ERROR_FROM_MODEL" : "INTERNAL_FAILURE_FROM_MODEL",
      OriginalStatusCode: status,
      OriginalMessage: message,
      LogStreamArn: arns.logGroup(group),
    },
  );
}
