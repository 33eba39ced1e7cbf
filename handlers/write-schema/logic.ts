import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { bucketLayout } from "../../components/bucket-layout.ts";
import { isCsv } from "../../components/is-csv.ts";
import type { ModelSchema } from "../model-schema/model-schema.ts";
import { readEtlReport } from "../publish-report.ts";
import { rowSchema } from "./row-schema.ts";
import { firstLine } from "./training-data.ts";

export interface WriteSchemaInput {
  title: string;
  algorithm: string | null;
  contentType: string;
  hyperparameters: Readonly<Record<string, string>>;
  /** Where the data of the train channel are; null where ETL does not make them: data elsewhere are not looked at. */
  train: string | null;
}

/** Where the schema is, and in short what it says: names of columns can be thousands, more than a state may hand on. */
export interface WrittenSchema {
  uri: string;
  kind: ModelSchema["rows"]["kind"];
  /** Features of a row; null where rows are no lists of numbers, or nothing tells. */
  features: number | null;
}

/** Writes down what the run's model was trained on, beside the model, for whoever asks it. */
export async function writeSchema(
  s3: S3Client,
  bucket: string,
  input: WriteSchemaInput,
): Promise<WrittenSchema> {
  const { title, algorithm, contentType, hyperparameters, train } = input;
  const rows = rowSchema({
    algorithm,
    contentType,
    hyperparameters,
    etlReport: train === null ? null : await readEtlReport(s3, bucket, title),
    firstLine:
      train !== null && isCsv(contentType) ? await firstLine(s3, bucket, train) : undefined,
  });
  const schema: ModelSchema = { schemaVersion: 1, title, algorithm, trainedOn: contentType, rows };
  const key = bucketLayout.schema(title);
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      ContentType: "application/json",
      Body: JSON.stringify(schema, undefined, 2),
    }),
  );
  const [features = null] = rows.kind === "features" && rows.counts.length === 1 ? rows.counts : [];
  return { uri: `s3://${bucket}/${key}`, kind: rows.kind, features };
}
