import { Server, ServerCredentials, type sendUnaryData, status } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { CloudEndpoint } from "../provider/clients.ts";
import { describeError } from "../provider/deployment-error.ts";
import { Provider } from "../provider/provider.ts";
import { constructForEngine } from "./construct-service.ts";
import { ProviderService } from "./provider-service.ts";

export interface ProviderServer {
  /** On 127.0.0.1. The engine uses it with `PULUMI_DEBUG_PROVIDERS=aws:<port>`, for awsx and docker-build as well. */
  port: number;
  close(): Promise<void>;
}

/**
 * Serves the local provider to Pulumi's engine, for any number of commands, one after the other or side by side. It runs in
 * the caller's process: each command of the CLI would otherwise wait for a new one to load the AWS SDK.
 */
export async function startProviderServer(cloud: CloudEndpoint): Promise<ProviderServer> {
  const provider = new Provider(cloud);
  const service = new ProviderService(provider, cloud.region);
  // Functions and scripts are part of requests: the engine sets no limit either.
  const server = new Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  const methods = [
    ...["handshake", "attach", "cancel", "getPluginInfo", "checkConfig", "diffConfig", "configure"],
    ...["check", "diff", "create", "read", "update", "delete", "invoke"],
  ] as const;
  server.addService(ResourceProviderService as never, {
    ...Object.fromEntries(
      methods.map((name) => [name, unary(service[name as "check"].bind(service))]),
    ),
    construct: unary(constructForEngine),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    port,
    async close() {
      server.forceShutdown();
      provider.close();
    },
  };
}

function unary<Request, Response>(answer: (request: Request) => Promise<Response>) {
  return (call: { request: Request }, callback: sendUnaryData<Response>): void => {
    answer(call.request).then(
      (response) => callback(null, response),
      (error) => callback({ code: status.UNKNOWN, details: describeError(error) }),
    );
  };
}
