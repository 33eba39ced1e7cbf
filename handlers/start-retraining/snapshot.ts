import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { forEachConcurrently } from "../for-each-concurrently.ts";
import type { Upload } from "./upload-event.ts";

/** The largest object that one CopyObject takes, and the largest part of a multipart copy. */
export const maxCopyBytes = 5 * 1024 ** 3;

/** Parts are copied by S3, side by side: one at a time would outlast the function for the largest objects. */
const partsAtOnce = 20;

/**
 * Copies the very version that was uploaded to `key`, within S3.
 *
 * A run reads the copy: an upload under the same key a moment later cannot slip into it.
 */
export async function copyVersion(
  s3: S3Client,
  upload: Upload,
  key: string,
  partBytes = maxCopyBytes,
): Promise<void> {
  const target = { Bucket: upload.bucket, Key: key };
  const source = copySource(upload);
  if (upload.sizeBytes <= partBytes) {
    await s3.send(
      // tags stay behind: copying them would need permissions on them
      new CopyObjectCommand({ ...target, CopySource: source, TaggingDirective: "REPLACE" }),
    );
    return;
  }
  const { UploadId: uploadId } = await s3.send(new CreateMultipartUploadCommand(target));
  const multipart = { ...target, UploadId: uploadId };
  try {
    const parts = await copyParts(s3, multipart, source, rangesOf(upload.sizeBytes, partBytes));
    await s3.send(
      new CompleteMultipartUploadCommand({ ...multipart, MultipartUpload: { Parts: parts } }),
    );
  } catch (error) {
    await s3.send(new AbortMultipartUploadCommand(multipart)); // or its parts are stored, and paid for
    throw error;
  }
}

/** Source of a copy as S3 parses it: URL-encoded, but for the slashes. */
function copySource({ bucket, key, versionId }: Upload): string {
  const path = [bucket, ...key.split("/")].map(encodeURIComponent).join("/");
  return `${path}?versionId=${encodeURIComponent(versionId)}`;
}

/** `bytes=first-last` of each part, in order; together the whole object. */
export function rangesOf(sizeBytes: number, partBytes: number): string[] {
  const ranges: string[] = [];
  for (let first = 0; first < sizeBytes; first += partBytes) {
    ranges.push(`bytes=${first}-${Math.min(first + partBytes, sizeBytes) - 1}`);
  }
  return ranges;
}

async function copyParts(
  s3: S3Client,
  multipart: { Bucket: string; Key: string; UploadId: string | undefined },
  source: string,
  ranges: string[],
) {
  const parts: { PartNumber: number; ETag: string | undefined }[] = [];
  // When they have all ended, one way or the other, an abort finds every part that there will be.
  await forEachConcurrently(partsAtOnce, ranges, async (range, index) => {
    const part = { ...multipart, PartNumber: index + 1 };
    const { CopyPartResult: result } = await s3.send(
      new UploadPartCopyCommand({ ...part, CopySource: source, CopySourceRange: range }),
    );
    parts[index] = { PartNumber: part.PartNumber, ETag: result?.ETag };
  });
  return parts;
}
