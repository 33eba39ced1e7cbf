import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type LocalCloud, startLocalCloud } from "../local-cloud.ts";
import { startOfProcess } from "../processes/process-identity.ts";
import type { CloudEndpoint } from "../provider/clients.ts";
import { progress } from "../setup/progress.mjs";
import { startProviderServer } from "./provider-server.ts";

/** A local cloud that the engine can deploy into. */
export interface EngineCloud {
  endpoint: CloudEndpoint;
  /** Environment for every AWS SDK. */
  environment: Record<string, string>;
  /** Port of the local provider. */
  providerPort: number;
  /** Ends what was started for the caller. */
  release(): Promise<void>;
}

/** What a running cloud says of itself, for commands in other terminals. */
interface Announcement {
  pid: number;
  /** A process that was killed leaves its announcement behind, and its id to others. */
  start: string | undefined;
  endpoint: CloudEndpoint;
  environment: Record<string, string>;
  providerPort: number;
}

/** Where nothing says which one. */
const defaultRegion = "us-east-2";

/** The cloud that runs on the state folder, or one that is started for as long as the caller needs it. */
export async function useCloud(stateDir: string, region = defaultRegion): Promise<EngineCloud> {
  const running = await readAnnouncement(stateDir);
  if (running !== undefined) return { ...running, release: async () => {} };
  const shown = progress("Local cloud, for this command (npm run pulumi:cloud keeps one up)");
  const cloud = await startLocalCloud({ stateDir, region }).catch((error) => {
    shown.failed("see below");
    throw new Error(
      `${error.message}\nnpm run pulumi:cloud keeps a cloud up that all commands use.`,
    );
  });
  const served = await serve(cloud).catch(async (error) => {
    await cloud.stop();
    throw error;
  });
  shown.done();
  return {
    ...served,
    release: async () => {
      await served.release();
      await cloud.stop();
    },
  };
}

/** Lets the engine deploy into `cloud`, also from other processes that use the same state folder. */
export async function announce(cloud: LocalCloud): Promise<EngineCloud> {
  const served = await serve(cloud);
  const { endpoint, environment, providerPort } = served;
  const { pid } = process;
  const start = await startOfProcess(pid);
  const announcement: Announcement = { pid, start, endpoint, environment, providerPort };
  const file = announcementIn(cloud.stateDir);
  await writeFile(`${file}.new`, JSON.stringify(announcement, null, 2), { mode: 0o600 }); // keys are in it
  await rename(`${file}.new`, file);
  return {
    ...served,
    release: async () => {
      await rm(file, { force: true });
      await served.release();
    },
  };
}

/** Puts the provider in front of `cloud`. */
async function serve(cloud: LocalCloud): Promise<EngineCloud> {
  const { url: endpointUrl, region, accountId, credentials, stateDir, environment } = cloud;
  const endpoint = { endpointUrl, region, accountId, credentials, stateDir };
  const server = await startProviderServer(endpoint);
  return { endpoint, environment, providerPort: server.port, release: () => server.close() };
}

async function readAnnouncement(stateDir: string): Promise<Announcement | undefined> {
  const text = await readFile(announcementIn(stateDir), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const announcement: Announcement = JSON.parse(text);
  const { pid, start } = announcement;
  return start !== undefined && (await startOfProcess(pid)) === start ? announcement : undefined;
}

function announcementIn(stateDir: string): string {
  return join(stateDir, "cloud.json");
}
