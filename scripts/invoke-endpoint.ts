import { readFile } from "node:fs/promises";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { resolveName, runCommand, UsageError } from "./command-line.ts";
import { algorithmOf, contentTypeOf, servingImage } from "./request-format.ts";

const usage = `npm run invoke -- (--stack STACK --pipeline NAME | --endpoint NAME) [--content-type TYPE] [--accept TYPE] FILE

Asks an endpoint about the rows of FILE: features in training order, no label, no header. "-" reads standard input.

  --content-type TYPE   what FILE holds (default: by its name, .csv .json .jsonl .libsvm, else what the algorithm takes first)
  --accept TYPE         what the answer shall be (default: the algorithm's own)`;

const names = ["stack", "pipeline", "endpoint", "content-type", "accept"];

await runCommand(usage, names, async ({ options, positionals }) => {
  const [file] = positionals;
  if (file === undefined) throw new UsageError("no rows to score");
  const endpoint = await resolveName(options, "endpoint", "endpointName");
  const body = await readFile(file === "-" ? "/dev/stdin" : file);
  const { accept } = options;
  const answer = await new SageMakerRuntimeClient({}).send(
    new InvokeEndpointCommand({
      EndpointName: endpoint,
      ContentType: options["content-type"] ?? (await contentType(endpoint, file)),
      ...(accept === undefined ? {} : { Accept: accept }),
      Body: body,
    }),
  );
  const text = Buffer.from(answer.Body);
  process.stdout.write(text);
  if (process.stdout.isTTY && text.at(-1) !== 0x0a) process.stdout.write("\n");
});

async function contentType(endpoint: string, file: string): Promise<string> {
  const image = await servingImage(new SageMakerClient({}), endpoint);
  return contentTypeOf(file, algorithmOf(image));
}
