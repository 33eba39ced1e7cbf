import { readFile } from "node:fs/promises";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { checkRequest } from "../handlers/model-schema/check-request.ts";
import { memberOptions, resolveName, runCommand, UsageError } from "./command-line.ts";
import { algorithmOf, contentTypeOf, servingModel } from "./request-format.ts";
import { storedSchema } from "./stored-schema.ts";

const usage = `npm run invoke -- (--stack STACK (--pipeline | --comparison) NAME | --endpoint NAME) [--content-type TYPE] [--accept TYPE] [--unchecked] FILE

Asks an endpoint about the rows of FILE: features in training order, no label, no header. "-" reads standard input. Rows that are
not what the model was trained on are not sent; the message says which, and what to do.

  --content-type TYPE   what FILE holds (default: by its name, .csv .json .jsonl .libsvm, else what the algorithm takes first)
  --accept TYPE         what the answer shall be (default: the algorithm's own)
  --unchecked           sends FILE as it is`;

const names = [...memberOptions, "endpoint", "content-type", "accept"];

await runCommand(
  usage,
  names,
  async ({ options, positionals, flags }) => {
    const [file] = positionals;
    if (file === undefined) throw new UsageError("no rows to score");
    const endpoint = await resolveName(options, "endpoint", "endpointName");
    const body = await readFile(file === "-" ? "/dev/stdin" : file);
    const { accept } = options;
    const clients = { sagemaker: new SageMakerClient({}), s3: new S3Client({}) };
    const { image, modelArn } = await servingModel(clients.sagemaker, endpoint);
    const contentType = options["content-type"] ?? contentTypeOf(file, algorithmOf(image));
    if (!flags.has("unchecked")) {
      const unchecked = checkRequest(await storedSchema(clients, modelArn), contentType, body);
      if (unchecked !== undefined) console.error(`rows not checked: ${unchecked}`);
    }
    const answer = await new SageMakerRuntimeClient({}).send(
      new InvokeEndpointCommand({
        EndpointName: endpoint,
        ContentType: contentType,
        ...(accept === undefined ? {} : { Accept: accept }),
        Body: body,
      }),
    );
    const text = Buffer.from(answer.Body);
    process.stdout.write(text);
    if (process.stdout.isTTY && text.at(-1) !== 0x0a) process.stdout.write("\n");
  },
  { flags: ["unchecked"], most: 1 },
);
