import type { IncomingHttpHeaders } from "node:http";
import type { Caller } from "../../ministack/identity.ts";
import { AwsError } from "../aws-error.ts";

const signature = /^AWS4-HMAC-SHA256\s+(?:.*,\s*)?Credential=([^/,\s]+)\/\d{8}\//;

/**
 * Who signed a request. The signature itself is not looked at: it takes the secret key, which IAM alone has.
 * @throws AwsError when nobody did
 */
export function callerOf(headers: IncomingHttpHeaders): Caller {
  const { authorization } = headers;
  if (authorization === undefined) {
    throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token", 403);
  }
  const accessKeyId = signature.exec(authorization)?.[1];
  if (accessKeyId === undefined) {
    throw new AwsError(
      "IncompleteSignatureException",
      "Authorization header requires 'Credential' parameter of AWS4-HMAC-SHA256.",
      403,
    );
  }
  const token = headers["x-amz-security-token"];
  return { accessKeyId, ...(typeof token === "string" && { sessionToken: token }) };
}
