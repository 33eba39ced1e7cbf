import type { DeployedVariant, ServedModel } from "../hosting/deployment.ts";
import type { ModelServer } from "../hosting/model-server.ts";
import { WorkerTimeout } from "../runtime/worker-connections.ts";
import type { WorkerResponse } from "../runtime/worker-response.ts";
import type { TransformJobRecord } from "../sagemaker.ts";
import { algorithmFailed, clientFailed } from "./transform-failure.ts";

type Server = Pick<ModelServer<ServedModel | DeployedVariant>, "invoke">;

/** SageMaker's default for ModelClientConfig.InvocationsMaxRetries. */
const DEFAULT_MAX_RETRIES = 3;

/**
 * One request of a transform job. What the model answers with 5xx, or too late, is asked again.
 * @param note one line for the job's data log
 * @throws TransformFailure
 */
export async function askModel(
  server: Server,
  job: TransformJobRecord,
  payload: Buffer,
  note: (line: string) => void,
): Promise<Buffer> {
  const retries = job.ModelClientConfig?.InvocationsMaxRetries ?? DEFAULT_MAX_RETRIES;
  for (let attempt = 0; ; attempt++) {
    const answer = await invoke(server, headOf(job), payload);
    if (answer instanceof Error) {
      note("Unable to get response from algorithm");
      if (answer instanceof WorkerTimeout && attempt < retries) continue;
      throw algorithmFailed();
    }
    if (answer.status < 300) return answer.body;
    const byClient = answer.status >= 400 && answer.status < 500;
    note(byClient ? `ClientError: ${answer.status}` : `Bad HTTP status: ${answer.status}`);
    for (const line of ["", "Message:", ...answer.body.toString("utf8").split("\n")]) note(line);
    if (byClient) throw clientFailed();
    if (attempt >= retries) throw algorithmFailed();
  }
}

async function invoke(
  server: Server,
  head: string,
  payload: Buffer,
): Promise<WorkerResponse | Error> {
  try {
    return await server.invoke(head, payload);
  } catch (error) {
    return error as Error;
  }
}

function headOf(job: TransformJobRecord): string {
  const type = job.TransformInput?.ContentType;
  const accept = job.TransformOutput?.Accept;
  return (
    "POST /invocations HTTP/1.1\r\nhost: 127.0.0.1\r\n" +
    (type === undefined ? "" : `content-type: ${type}\r\n`) +
    (accept === undefined ? "" : `accept: ${accept}\r\n`)
  );
}
