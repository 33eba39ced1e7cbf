import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { maxComparisonTitleLength } from "../components/comparison-names.ts";
import { maxTitleLength, type ObjectVersion, runTitle } from "../components/names.ts";
import { memberIn, memberOptions, resolveName, runCommand, UsageError } from "./command-line.ts";
import type { Member } from "./stack-outputs.ts";

/** What a comparison takes; a pipeline takes the first alone. */
const inputExtensions = [".csv", ".libsvm", ".svm"];

const usage = `npm run upload -- (--stack STACK (--pipeline | --comparison) NAME | --bucket BUCKET) [--key input/NAME] FILE

Uploads FILE, in parts where it is large. The upload starts a run: of a pipeline, which takes *.csv, its retraining; of a comparison,
which takes *.csv, *.libsvm and *.svm, the comparison of its candidates.

  --key input/NAME   what to call it in the bucket (default: input/ and the name of FILE)`;

await runCommand(
  usage,
  [...memberOptions, "bucket", "key"],
  async ({ options, positionals }) => {
    const [file] = positionals;
    if (file === undefined) throw new UsageError("no file to upload");
    const { size } = await stat(file).catch(() => {
      throw new Error(`${file}: there is no such file`);
    });
    if (size === 0) throw new Error(`${file} is empty: it would be refused`);
    const member = memberIn(options);
    const bucket = await resolveName(options, "bucket", "bucket");
    const key = options["key"] ?? `input/${basename(file)}`;
    const extension = extname(key).toLowerCase();
    const taken = member?.kind === "pipeline" ? [".csv"] : inputExtensions;
    if (!key.startsWith("input/") || !taken.includes(extension)) {
      const names = taken.map((each) => `input/…${each}`).join(", ");
      throw new UsageError(`--key ${key}: only ${names} starts a run`);
    }
    const ContentType = extension === ".csv" ? "text/csv" : "text/libsvm";
    const upload = new Upload({
      client: new S3Client({}),
      params: { Bucket: bucket, Key: key, Body: createReadStream(file), ContentType },
    });
    const { VersionId } = await upload.done();
    if (VersionId === undefined)
      throw new Error(`bucket ${bucket} keeps no versions: it is of no pipeline and no comparison`);
    console.log(`uploaded ${size} bytes to s3://${bucket}/${key}`);
    const titles = titlesOf({ bucket, key, versionId: VersionId }, member?.kind);
    console.log(`run: ${titles.join(", or of a comparison: ")}`);
  },
  { most: 1 },
);

/** Title of the run. A bucket alone does not tell whose it is: both, where they differ. */
function titlesOf(object: ObjectVersion, kind: Member["kind"] | undefined): string[] {
  const ofPipeline = runTitle(object, maxTitleLength);
  const ofComparison = runTitle(object, maxComparisonTitleLength);
  if (kind === "comparison" || extname(object.key).toLowerCase() !== ".csv") return [ofComparison];
  if (kind === "pipeline" || ofPipeline === ofComparison) return [ofPipeline];
  return [ofPipeline, ofComparison];
}
