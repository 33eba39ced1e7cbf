import type { IncomingMessage, ServerResponse } from "node:http";
import { InvocationAccess } from "../../cloud/authorization/invocation-access.ts";
import { AwsError } from "../../cloud/aws-error.ts";
import type { CloudContext } from "../../cloud/context.ts";
import type { Arns } from "../arns.ts";
import type { Hosting } from "../hosting/hosting.ts";
import { invokeEndpoint } from "./invoke-endpoint.ts";
import { RuntimeError, sendError } from "./runtime-error.ts";

const route = /^\/endpoints\/([^/?]+)\/([a-z-]+)\/?(?:\?.*)?$/;

/** The name in a path; one that is encoded wrongly is no endpoint's. */
function nameIn(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** SageMaker Runtime: requests below `/endpoints/`. */
export class Runtime {
  readonly #context: CloudContext;
  readonly #arns: Arns;
  readonly #hosting: Hosting;
  readonly #access: InvocationAccess;

  constructor(context: CloudContext, arns: Arns, hosting: Hosting) {
    this.#context = context;
    this.#arns = arns;
    this.#hosting = hosting;
    this.#access = new InvocationAccess(context.identity);
  }

  /** Answers one request; never throws. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    const [, endpoint, action] = route.exec(request.url ?? "") ?? [];
    if (request.method !== "POST" || endpoint === undefined || action !== "invocations") {
      request.resume();
      const message = `${request.method} ${request.url} is not supported by the local cloud; of SageMaker Runtime it has InvokeEndpoint`;
      sendError(response, new RuntimeError("UnknownOperationException", message, 404));
      return;
    }
    invokeEndpoint(request, response, {
      context: this.#context,
      arns: this.#arns,
      hosting: this.#hosting,
      access: this.#access,
      endpoint: nameIn(endpoint),
    }).catch((error: unknown) => {
      if (error instanceof RuntimeError) {
        sendError(response, error);
        return;
      }
      if (error instanceof AwsError) {
        this.#context.log(`InvokeEndpoint ${endpoint} was denied: ${error.message}`);
        sendError(response, new RuntimeError(error.code, error.message, error.status));
        return;
      }
      this.#context.log(`InvokeEndpoint ${endpoint}: ${(error as Error).stack}`);
      sendError(response, new RuntimeError("InternalFailure", String(error), 500));
    });
  }
}
