import {
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
  type ServerSideEncryption,
} from "@aws-sdk/client-s3";
import { Archive, Asset } from "../asset.ts";
import { deleteObjectVersions } from "../empty-bucket.ts";
import { assetOrArchive, flag, type InputsOf, map, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";

const inputs = {
  bucket: text({ required: true, replaces: true }),
  key: text({ required: true, replaces: true, maxLength: 1024 }),
  content: text(),
  source: assetOrArchive(),
  sourceHash: text(),
  contentType: text(),
  contentEncoding: text(),
  cacheControl: text(),
  metadata: map(text()),
  kmsKeyId: text(),
  serverSideEncryption: text({ values: ["AES256", "aws:kms", "aws:kms:dsse"] }),
  bucketKeyEnabled: flag(),
  forceDestroy: flag(),
};

export const bucketObject = resourceType({
  type: "aws:s3/bucketObjectv2:BucketObjectv2",
  inputs,
  identity: ["bucket", "key"],
  changing: ["etag", "versionId"],
  notFound: ["NoSuchBucket", "NoSuchKey", "NotFound"],

  problems: ({ content, source }) =>
    content !== undefined && source !== undefined ? ["takes content or source, not both"] : [],

  async create(values, { clients: { s3 } }) {
    await put(s3, values);
    return `${values.bucket}/${values.key}`;
  },

  async read(_id, { bucket, key }, { clients: { s3 }, partition, region }) {
    const found = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return {
      arn: `arn:${partition}:s3:::${bucket}/${key}`,
      bucket,
      key,
      region,
      contentType: found.ContentType,
      etag: found.ETag?.replaceAll('"', ""),
      versionId: found.VersionId ?? "",
      serverSideEncryption: found.ServerSideEncryption,
      storageClass: found.StorageClass ?? "STANDARD",
    };
  },

  async update(_id, values, _state, { clients: { s3 } }) {
    await put(s3, values);
  },

  async delete(_id, { bucket, key }, { clients: { s3 } }) {
    await deleteObjectVersions(s3, bucket, key);
  },
});

async function put(s3: S3Client, values: InputsOf<typeof inputs>) {
  await s3.send(
    new PutObjectCommand({
      Bucket: values.bucket,
      Key: values.key,
      Body: body(values),
      ContentType: values.contentType ?? "application/octet-stream",
      ContentEncoding: values.contentEncoding,
      CacheControl: values.cacheControl,
      Metadata: values.metadata,
      // A key alone means encryption with it, as the real provider has it.
      ServerSideEncryption: (values.kmsKeyId === undefined
        ? values.serverSideEncryption
        : "aws:kms") as ServerSideEncryption | undefined,
      SSEKMSKeyId: values.kmsKeyId,
      BucketKeyEnabled: values.bucketKeyEnabled,
    }),
  );
}

function body({ content, source }: InputsOf<typeof inputs>): Uint8Array<ArrayBuffer> | string {
  if (source instanceof Asset) return source.bytes();
  if (source instanceof Archive) return source.zip();
  return content ?? "";
}
