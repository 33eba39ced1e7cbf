import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  type S3Client,
} from "@aws-sdk/client-s3";

/**
 * Deletes every version and delete marker, and every upload in progress: what keeps a bucket from being deleted.
 *
 * @throws when S3 refuses to delete some of them, naming the first.
 */
export async function emptyBucket(s3: S3Client, bucket: string): Promise<void> {
  await deleteVersions(s3, bucket, "", () => true);
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  for (const { Key, UploadId } of Uploads) {
    await s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
  }
}

/** Deletes every version and delete marker of one key. */
export async function deleteObjectVersions(
  s3: S3Client,
  bucket: string,
  key: string,
): Promise<void> {
  await deleteVersions(s3, bucket, key, (found) => found === key);
}

async function deleteVersions(
  s3: S3Client,
  bucket: string,
  prefix: string,
  wanted: (key: string) => boolean,
) {
  for (;;) {
    // Always the first page: what was on it is gone by the next look.
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix }));
    const objects: ObjectIdentifier[] = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]
      .filter(({ Key }) => Key !== undefined && wanted(Key))
      .map(({ Key, VersionId }) => ({ Key: Key as string, VersionId }));
    if (objects.length === 0) return;
    // A page of versions and one of markers can be more than DeleteObjects takes at once.
    for (let start = 0; start < objects.length; start += 1000) {
      const { Errors = [] } = await s3.send(
        new DeleteObjectsCommand({
          Bucket: bucket,
          Delete: { Objects: objects.slice(start, start + 1000), Quiet: true },
        }),
      );
      const [error] = Errors;
      if (error !== undefined) {
        throw new Error(`s3://${bucket}/${error.Key}: ${error.Code}: ${error.Message}`);
      }
    }
  }
}
