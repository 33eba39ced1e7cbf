import { readFile } from "node:fs/promises";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { resolveName, runCommand, UsageError } from "./command-line.ts";

const usage = `npm run invoke -- (--stack STACK --pipeline NAME | --endpoint NAME) [--content-type TYPE] [--accept TYPE] FILE

Scores the rows of FILE: features in training order, no label, no header. "-" reads standard input.`;

const names = ["stack", "pipeline", "endpoint", "content-type", "accept"];

await runCommand(usage, names, async ({ options, positionals }) => {
  const [file] = positionals;
  if (file === undefined) throw new UsageError("no rows to score");
  const endpoint = await resolveName(options, "endpoint", "endpointName");
  const answer = await new SageMakerRuntimeClient({}).send(
    new InvokeEndpointCommand({
      EndpointName: endpoint,
      ContentType: options["content-type"] ?? "text/csv",
      Accept: options["accept"] ?? "text/csv",
      Body: await readFile(file === "-" ? "/dev/stdin" : file),
    }),
  );
  process.stdout.write(Buffer.from(answer.Body));
});
