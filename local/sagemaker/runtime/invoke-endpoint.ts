import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { callerOf } from "../../cloud/authorization/caller.ts";
import type { InvocationAccess } from "../../cloud/authorization/invocation-access.ts";
import type { CloudContext } from "../../cloud/context.ts";
import type { Arns } from "../arns.ts";
import { endpointLogGroup } from "../hosting/fleet.ts";
import type { Hosting } from "../hosting/hosting.ts";
import type { ModelServer } from "../hosting/model-server.ts";
import { modelError } from "./model-error.ts";
import { RuntimeError } from "./runtime-error.ts";
import { WorkerTimeout } from "./worker-connections.ts";
import type { WorkerResponse } from "./worker-response.ts";

/** SageMaker's limit for the body of a request. */
const MAX_BODY_BYTES = 6_291_456;

/** SageMaker's limit for CustomAttributes. */
const MAX_CUSTOM_ATTRIBUTES = 1024;

const customAttributes = "x-amzn-sagemaker-custom-attributes";

/** Headers that reach the container; SageMaker strips all others. */
const forwarded = ["content-type", "accept", customAttributes, "x-amzn-sagemaker-inference-id"];

/** Headers that ask for what the local cloud has not. */
const refused = [
  "x-amzn-sagemaker-target-model",
  "x-amzn-sagemaker-target-container-hostname",
  "x-amzn-sagemaker-inference-component",
  "x-amzn-sagemaker-enable-explanations",
  "x-amzn-sagemaker-session-id",
  "x-amzn-sagemaker-prefix-aware-id",
];

export interface Invocation {
  context: CloudContext;
  arns: Arns;
  hosting: Hosting;
  access: InvocationAccess;
  endpoint: string;
}

/**
 * InvokeEndpoint: hands the request to a variant's worker and its answer to the client.
 * Each request passes here, so that nothing is done which most of them do not need.
 * @throws RuntimeError
 * @throws AwsError when the caller may not invoke the endpoint
 */
export async function invokeEndpoint(
  request: IncomingMessage,
  response: ServerResponse,
  invocation: Invocation,
): Promise<void> {
  const { access, arns, endpoint } = invocation;
  const asked = access.check(callerOf(request.headers), arns.of("endpoint", endpoint));
  const reading = readBody(request);
  if (asked !== undefined) {
    reading.catch(() => {}); // Seen below, unless the caller may not be here at all.
    await asked;
  }
  const body = await reading;
  checkHeaders(request.headers);
  // Chosen after the body has come: from here on the request counts as under way at that worker.
  const server = chooseServer(invocation, request.headers);
  const answer = await ask(server, workerHead(request.headers), body, invocation);
  if (answer.status >= 300) {
    throw modelError(invocation, answer.status, answer.body.toString("utf8"));
  }
  const headers: Record<string, string | number> = {
    "content-length": answer.body.length,
    "x-amzn-invoked-production-variant": server.variant.name,
    "x-amzn-requestid": randomUUID(),
  };
  const type = answer.headers.get("content-type");
  if (type !== undefined) headers["content-type"] = type;
  const attributes = answer.headers.get(customAttributes);
  if (attributes !== undefined) headers[customAttributes] = attributes;
  response.writeHead(answer.status === 204 ? 200 : answer.status, headers);
  response.end(answer.body);
}

function chooseServer(invocation: Invocation, headers: IncomingHttpHeaders): ModelServer {
  const { context, hosting, endpoint } = invocation;
  const fleet = hosting.fleet(endpoint);
  if (!fleet) {
    throw new RuntimeError(
      "ValidationError",
      `Endpoint ${endpoint} of account ${context.accountId} not found.`,
    );
  }
  const variant = headers["x-amzn-sagemaker-target-variant"] as string | undefined;
  const server = fleet.pick(variant);
  if (!server) {
    const what = variant === undefined ? "with a weight above 0" : variant;
    throw new RuntimeError(
      "ValidationError",
      `Variant ${what} not found for endpoint ${endpoint}.`,
    );
  }
  return server;
}

async function ask(
  server: ModelServer,
  head: string,
  body: Buffer,
  invocation: Invocation,
): Promise<WorkerResponse> {
  try {
    return await server.invoke(head, body);
  } catch (error) {
    invocation.context.log(
      `InvokeEndpoint ${invocation.endpoint}: ${(error as Error).message}, log group ${endpointLogGroup(invocation.endpoint)}`,
    );
    const message =
      error instanceof WorkerTimeout
        ? "Your invocation timed out while waiting for a response from container primary. Review the latency metrics for each container in Amazon CloudWatch, resolve the issue, and try again."
        : `Amazon SageMaker could not get a response from the ${invocation.endpoint} endpoint. This can occur when CPU or memory utilization is high. To check your utilization, see Amazon CloudWatch. To fix this problem, use an instance type with more CPU capacity or memory.`;
    throw modelError(invocation, 0, message);
  }
}

function workerHead(headers: IncomingHttpHeaders): string {
  let head = "POST /invocations HTTP/1.1\r\nhost: 127.0.0.1\r\n";
  for (const name of forwarded) {
    const value = headers[name];
    if (value !== undefined) head += `${name}: ${value}\r\n`;
  }
  return head;
}

function checkHeaders(headers: IncomingHttpHeaders): void {
  for (const name of refused) {
    if (headers[name] === undefined) continue;
    throw new RuntimeError("ValidationError", `${name} is not supported by the local cloud`);
  }
  const attributes = headers[customAttributes] as string | undefined;
  if (attributes !== undefined && attributes.length > MAX_CUSTOM_ATTRIBUTES) {
    throw new RuntimeError(
      "ValidationError",
      `1 validation error detected: Value at 'customAttributes' failed to satisfy constraint: Member must have length less than or equal to ${MAX_CUSTOM_ATTRIBUTES}`,
    );
  }
}

/** The body; one that is too long is read to its end all the same, so that the client gets to read the answer. */
function readBody(request: IncomingMessage): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  request.on("error", reject);
  request.on("end", () => {
    if (bytes > MAX_BODY_BYTES) reject(bodyTooLong());
    else resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
  });
  return promise;
}

/** As AWS has it: the status is the error's name too (https://github.com/aws/sagemaker-python-sdk/issues/171). */
function bodyTooLong(): RuntimeError {
  return new RuntimeError("413", `HTTP content length exceeded ${MAX_BODY_BYTES} bytes.`, 413);
}
