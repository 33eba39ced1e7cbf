import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { type Backend, createBackend } from "./cloud/backend.ts";
import type { CloudContext, ContainerEnvironment, Interpreters } from "./cloud/context.ts";
import type { Fault } from "./faults/fault.ts";
import { FaultPlan } from "./faults/fault-plan.ts";
import { replaceLauncherFaults } from "./faults/launcher-faults.ts";
import type { FaultName } from "./faults/menu.ts";
import { checkPort, freePort } from "./free-port.ts";
import { createGlue } from "./glue/service.ts";
import { ministackIdentity } from "./ministack/identity.ts";
import { type KeptUpMinistack, keepMinistackUp } from "./ministack/kept-up-ministack.ts";
import { attemptsWhileRestarting } from "./ministack/while-restarting.ts";
import { createSageMaker } from "./sagemaker/service.ts";
import { installEnvironments, interpreter } from "./setup/python-environments.mjs";
import { emptyState, lockState } from "./state-lock.ts";
import { WarmTrainings } from "./warm-trainings.ts";

export interface LocalCloudOptions {
  /** Folder that holds everything which outlives the process. */
  stateDir: string;
  /** Whether to begin with an empty cloud: what the folder holds is deleted. @default false */
  fresh?: boolean;
  /** Port of the AWS endpoint on 127.0.0.1; SageMaker's and Glue's own is the next one. @default free ones */
  port?: number;
  region: string;
  /** What is to go wrong, and when. @default nothing */
  faults?: readonly Fault[];
  /** Of the memory of a Glue worker, the part that is Spark's heap here. @default 1/8: 2 GB for G.1X */
  glueMemoryShare?: number;
}

/** AWS on this machine: one endpoint for every service that the program uses. */
export interface LocalCloud {
  stateDir: string;
  /** Endpoint of every service. */
  url: string;
  region: string;
  accountId: string;
  /** What happened, line by line: the file to read when something fails. */
  logFile: string;
  /** Environment that makes any AWS SDK, the AWS CLI or boto3 talk to this cloud. */
  environment: Record<string, string>;
  /** Keys of the account's root user, also in the environment: nobody else may do everything. */
  credentials: Credentials;
  /** Settles when the cloud ended by itself, with the reason. */
  failed: Promise<Error>;
  /** Starts Spark ahead of the first run. Returns at once. */
  warmUp(): void;
  /**
   * Says what will be trained after which ETL job: from then on the algorithm's processes start while its ETL runs, and those
   * of the first one now.
   */
  expectTraining(imageAfterJob: ReadonlyMap<string, string>): void;
  /**
   * Puts these faults in the place of those before, or of those that it was started with; counting begins anew.
   * @returns names of those before that have struck
   */
  setFaults(faults: readonly Fault[]): Promise<FaultName[]>;
  /** Ends every process that the cloud started. */
  stop(): Promise<void>;
}

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** ministack's account. */
const accountId = "000000000000";

/** Starts the local cloud, or goes on from what an earlier one left in the state folder. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { stateDir, region } = options;
  const credentials = rootCredentials();
  const unlock = await lockState(stateDir);
  const ended: (() => Promise<unknown>)[] = [unlock];
  const stop = async () => {
    // In reverse: who uses a thing ends before the thing.
    for (const end of ended.splice(0).reverse()) await end();
  };
  try {
    if (options.fresh) await emptyState(stateDir);
    await mkdir(join(stateDir, "logs"), { recursive: true });
    const interpreters = await findInterpreters();
    const { port } = options;
    if (port !== undefined) await Promise.all([port, port + 1].map(checkPort));
    const backendPort = port === undefined ? await freePort() : port + 1;
    // The services need S3 from their first moment, and ministack only hands them requests later: it starts first.
    const log = openLog(join(stateDir, "logs", "local-cloud.log"));
    const ministackOptions = {
      python: interpreters.cloud,
      stateDir: join(stateDir, "ministack"),
      backendUrl: `http://127.0.0.1:${backendPort}`,
      logFile: join(stateDir, "logs", "ministack.log"),
      region,
      root: credentials,
      nodeBinDir: dirname(process.execPath),
      ...(port === undefined ? {} : { port }),
    };
    const ministack = await keepMinistackUp(ministackOptions, log);
    ended.push(() => ministack.stop());
    const context = createContext(stateDir, region, ministack, credentials, interpreters, log);
    const setFaults = async (faults: readonly Fault[]) => {
      const struck = context.faults.replace(faults);
      return [...struck, ...(await replaceLauncherFaults(ministack, faults))];
    };
    if (options.faults) await setFaults(options.faults);
    const { glueMemoryShare: memoryShare } = options;
    const glue = await createGlue(context, memoryShare === undefined ? {} : { memoryShare });
    ended.push(() => glue.close());
    const sagemaker = await createSageMaker(context);
    ended.push(() => sagemaker.close());
    const trainings = new WarmTrainings(sagemaker, context.log);
    const services = {
      glue: trainings.announcedBy(glue),
      sagemaker,
      runtime: sagemaker.runtime,
    };
    const backend = await createBackend(context, services, backendPort);
    ended.push(() => backend.close());
    ended.push(async () => ministack.halt());
    ministack.resume();
    return {
      stateDir,
      url: ministack.url,
      region,
      accountId,
      logFile: join(stateDir, "logs", "local-cloud.log"),
      environment: environmentOf(ministack.url, backend, region, credentials),
      credentials,
      failed: ministack.failed,
      warmUp: () => {
        glue.warmUp().catch((error) => context.log(`Spark did not start: ${error}`));
      },
      expectTraining: (imageAfterJob) => trainings.expect(imageAfterJob),
      setFaults,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function createContext(
  stateDir: string,
  region: string,
  ministack: KeptUpMinistack,
  credentials: Credentials,
  interpreters: Interpreters,
  log: (line: string) => void,
): CloudContext {
  const endpointUrl = ministack.url;
  return {
    region,
    accountId,
    stateDir,
    endpointUrl,
    interpreters,
    containerPython,
    identity: ministackIdentity(ministack),
    s3: new S3Client({
      endpoint: endpointUrl,
      region,
      credentials,
      forcePathStyle: true,
      maxAttempts: attemptsWhileRestarting,
    }),
    faults: new FaultPlan([], ({ name }) => log(`the fault ${name} strikes`)),
    log,
  };
}

function openLog(path: string): (line: string) => void {
  const file = createWriteStream(path, { flags: "a" });
  return (line) => file.write(`${new Date().toISOString()} ${line}\n`);
}

/** Others on this machine reach the ports too, and pages in its browser: they do not know the secret. */
function rootCredentials(): Credentials {
  return {
    // SageMaker and Glue know the caller by this alone: it is not to be guessed either.
    accessKeyId: `AKIA${randomBytes(8).toString("hex").toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString("base64url"),
  };
}

async function findInterpreters(): Promise<Interpreters> {
  const [cloud, spark] = await Promise.all([interpreter("cloud"), interpreter("spark")]);
  return { cloud, spark };
}

async function containerPython(environment: ContainerEnvironment): Promise<string> {
  await installEnvironments([environment]);
  return interpreter(environment);
}

// SageMaker and Glue are asked directly: through the common endpoint they answer too, a hop later.
function environmentOf(
  url: string,
  backend: Backend,
  region: string,
  credentials: Credentials,
): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_SAGEMAKER: backend.url,
    AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: backend.url,
    AWS_ENDPOINT_URL_GLUE: backend.url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}
