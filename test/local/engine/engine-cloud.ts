import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ProviderServer, startProviderServer } from "../../../local/engine/provider-server.ts";
import { startLocalCloud } from "../../../local/local-cloud.ts";
import { removeFolder } from "../../../local/processes/remove-folder.ts";
import type { CloudEndpoint } from "../../../local/provider/clients.ts";

/** A local cloud with the provider in front of it. */
export interface EngineTestCloud {
  endpoint: CloudEndpoint;
  environment: Record<string, string>;
  providerPort: number;
  stop(): Promise<void>;
}

export const region = "us-east-2";

export async function startEngineCloud(): Promise<EngineTestCloud> {
  const stateDir = await mkdtemp(join(tmpdir(), "engine-cloud-"));
  const cloud = await startLocalCloud({ stateDir, region });
  const { accountId, credentials, environment, url } = cloud;
  const endpoint = { endpointUrl: url, region, accountId, credentials, stateDir };
  const server: ProviderServer = await startProviderServer(endpoint);
  return {
    endpoint,
    environment,
    providerPort: server.port,
    stop: async () => {
      await server.close();
      await cloud.stop();
      await removeFolder(stateDir);
    },
  };
}
