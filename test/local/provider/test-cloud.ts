import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { createBackend } from "../../../local/cloud/backend.ts";
import type { CloudContext } from "../../../local/cloud/context.ts";
import { FaultPlan } from "../../../local/faults/fault-plan.ts";
import { createGlue } from "../../../local/glue/service.ts";
import { startMinistack } from "../../../local/ministack/ministack.ts";
import { removeFolder } from "../../../local/processes/remove-folder.ts";
import {
  type Clients,
  type CloudEndpoint,
  createClients,
} from "../../../local/provider/clients.ts";
import { interpreter } from "../../../local/setup/python-environments.mjs";
import { FakeIdentity } from "../../support/fake-identity.ts";

/** A local cloud of a test's own, without SageMaker: no resource type is made there. */
export interface TestCloud {
  endpoint: CloudEndpoint;
  /** Clients beside those of the provider. */
  clients: Clients;
  /** For state files and the like; deleted at the end. */
  folder: string;
  stop(): Promise<void>;
}

const region = "us-east-2";
const accountId = "000000000000";
const credentials = { accessKeyId: "root", secretAccessKey: "secret" };

export async function startTestCloud(): Promise<TestCloud> {
  const folder = await mkdtemp(join(tmpdir(), "provider-test-"));
  const python = await interpreter("cloud");
  const glue = await createGlue(glueContext(folder, python));
  const backend = await createBackend(glueContext(folder, python), {
    glue,
    sagemaker: { operations: {}, checks: {}, close: async () => {} },
    runtime: { handle: (_request, response) => void response.destroy() },
  });
  const ministack = await startMinistack({
    python,
    stateDir: join(folder, "ministack"),
    backendUrl: backend.url,
    logFile: join(folder, "ministack.log"),
    region,
    root: credentials,
    nodeBinDir: dirname(process.execPath),
  });
  const endpoint = { endpointUrl: ministack.url, region, accountId, credentials, stateDir: folder };
  const clients = createClients(endpoint);
  return {
    endpoint,
    clients,
    folder,
    stop: async () => {
      for (const client of Object.values(clients)) client.destroy();
      await ministack.stop();
      await backend.close();
      await glue.close();
      await removeFolder(folder);
    },
  };
}

/** Enough for jobs to be defined: none is run here, so nothing of Spark or S3 is asked for. */
function glueContext(folder: string, python: string): CloudContext {
  return {
    region,
    accountId,
    stateDir: folder,
    endpointUrl: "http://127.0.0.1:9",
    interpreters: { cloud: python, spark: "" },
    containerPython: async () => "",
    faults: new FaultPlan(),
    s3: new S3Client({ region }),
    identity: new FakeIdentity(),
    log: () => {},
  };
}
