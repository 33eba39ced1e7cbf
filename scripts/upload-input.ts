import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { runTitle } from "../components/names.ts";
import { resolveName, runCommand, UsageError } from "./command-line.ts";

const usage = `npm run upload -- (--stack STACK --pipeline NAME | --bucket BUCKET) [--key input/NAME.csv] FILE

Uploads a request CSV, in parts where it is large. The upload starts a retraining run.`;

await runCommand(
  usage,
  ["stack", "pipeline", "bucket", "key"],
  async ({ options, positionals }) => {
    const [file] = positionals;
    if (file === undefined) throw new UsageError("no file to upload");
    const { size } = await stat(file);
    if (size === 0) throw new Error(`${file} is empty: the pipeline would refuse it`);
    const bucket = await resolveName(options, "bucket", "bucket");
    const key = options["key"] ?? `input/${basename(file)}`;
    if (!key.startsWith("input/") || !key.endsWith(".csv")) {
      throw new UsageError(`--key ${key}: only input/….csv starts a run`);
    }
    const upload = new Upload({
      client: new S3Client({}),
      params: { Bucket: bucket, Key: key, Body: createReadStream(file), ContentType: "text/csv" },
    });
    const { VersionId } = await upload.done();
    if (VersionId === undefined)
      throw new Error(`bucket ${bucket} keeps no versions: it is no pipeline's bucket`);
    console.log(`uploaded ${size} bytes to s3://${bucket}/${key}`);
    console.log(`run: ${runTitle({ bucket, key, versionId: VersionId })}`);
  },
);
