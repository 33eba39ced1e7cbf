import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Caller, Check } from "../ministack/identity.ts";
import { callerOf } from "./authorization/caller.ts";
import { meansThisServer, refuseHost } from "./authorization/host-header.ts";
import { AwsError } from "./aws-error.ts";
import type { CloudContext } from "./context.ts";
import { answerJson, errorAnswer, type JsonAnswer, type JsonService } from "./json-protocol.ts";
import type { Service } from "./service.ts";
import { loadServiceModel } from "./service-model.ts";

/** Answers what is no JSON protocol: the REST requests below `/endpoints/`. */
export interface RuntimeService {
  handle(request: IncomingMessage, response: ServerResponse): void;
}

export interface BackendServices {
  sagemaker: Service;
  runtime: RuntimeService;
  glue: Service;
}

export interface Backend {
  /** Base URL, on 127.0.0.1. */
  url: string;
  /** Ends connections and stops listening. The services are closed by who made them. */
  close(): Promise<void>;
}

/** No request of the JSON protocol comes near this; it bounds what a broken client can make us hold. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/**
 * The HTTP server of the AWS services that the local cloud serves itself: SageMaker and Glue over the
 * JSON 1.1 protocol, SageMaker Runtime over REST.
 *
 * @param port on 127.0.0.1; 0 is any free one
 */
export async function createBackend(
  context: CloudContext,
  services: BackendServices,
  port = 0,
): Promise<Backend> {
  const python = context.interpreters.cloud;
  const targets: Record<string, JsonService> = {
    SageMaker: jsonService("sagemaker", services.sagemaker, python),
    AWSGlue: jsonService("glue", services.glue, python),
  };
  const server = createServer((request, response) => {
    if (!meansThisServer(request, listeningPort)) {
      refuseHost(request, response);
      return;
    }
    if (request.url?.startsWith("/endpoints/")) {
      services.runtime.handle(request, response);
      return;
    }
    route(targets, request, context).then(
      (answer) => send(response, answer),
      (error: unknown) => {
        context.log(`a request broke off: ${String(error)}`);
        response.destroy();
      },
    );
  });
  // Clients pool their connections; a server that closes first races with their next request.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const { port: listeningPort } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${listeningPort}`,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function jsonService(name: string, service: Service, python: string): JsonService {
  return { name, service, model: () => loadServiceModel(name, python) };
}

async function route(
  targets: Record<string, JsonService>,
  request: IncomingMessage,
  { identity, log }: CloudContext,
): Promise<JsonAnswer> {
  const header = String(request.headers["x-amz-target"] ?? "");
  const [prefix, operation] = header.split(".");
  const target = prefix ? targets[prefix] : undefined;
  if (request.method !== "POST" || !target || !operation) {
    request.resume();
    const what = header === "" ? `${request.method} ${request.url}` : `X-Amz-Target ${header}`;
    return errorAnswer(
      new AwsError("UnknownOperationException", `${what} is not served by the local cloud`),
    );
  }
  let caller: Caller;
  try {
    caller = callerOf(request.headers);
  } catch (error) {
    request.resume();
    return errorAnswer(error as AwsError);
  }
  const body = await readBody(request);
  if (!body) {
    return errorAnswer(
      new AwsError(
        "RequestEntityTooLargeException",
        `The request exceeds ${MAX_BODY_BYTES} bytes`,
        413,
      ),
    );
  }
  const authorize = async (checks: readonly Check[]) => {
    try {
      await identity.authorize(caller, checks);
    } catch (error) {
      if (error instanceof AwsError) log(`${prefix} ${operation} was denied: ${error.message}`);
      throw error;
    }
  };
  return answerJson(target, { operation, body, authorize }, log);
}

/** The whole body; undefined when there is too much of it. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk as Buffer);
  }
  return bytes <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined;
}

function send(response: ServerResponse, answer: JsonAnswer): void {
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}
