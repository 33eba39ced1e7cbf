import { AwsError } from "../cloud/aws-error.ts";

export interface S3Location {
  bucket: string;
  key: string;
}

/**
 * Bucket and key of an `s3://` URI.
 * @throws AwsError for anything else (SageMaker also takes https:// URLs; nobody here writes them)
 */
export function parseS3Uri(uri: string, member: string): S3Location {
  const match = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri);
  if (!match) {
    throw new AwsError(
      "ValidationException",
      `${member}: "${uri}" is not supported by the local cloud; write s3://bucket/key`,
    );
  }
  return { bucket: match[1] as string, key: match[2] as string };
}
