import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { ListTagsCommand, type SageMakerClient } from "@aws-sdk/client-sagemaker";
import { type ModelSchema, schemaTag } from "../handlers/model-schema/model-schema.ts";

/**
 * What a model was trained on, by its tag; undefined where it has none: it was made before runs wrote a schema, or by hand.
 *
 * @throws an Error that says where the schema should be when it cannot be read
 */
export async function storedSchema(
  clients: { sagemaker: SageMakerClient; s3: S3Client },
  modelArn: string,
): Promise<ModelSchema | undefined> {
  const { Tags: tags = [] } = await clients.sagemaker.send(
    new ListTagsCommand({ ResourceArn: modelArn }),
  );
  const uri = tags.find(({ Key: key }) => key === schemaTag)?.Value;
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri ?? "") ?? [];
  if (bucket === undefined || key === undefined) return undefined;
  try {
    const { Body: body } = await clients.s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: key }),
    );
    return JSON.parse((await body?.transformToString()) ?? "");
  } catch (error) {
    const { name, message } = error as Error;
    throw new Error(
      `the model's schema ${uri} cannot be read (${name}: ${message}): the rows would go unchecked. --unchecked sends them so`,
    );
  }
}
