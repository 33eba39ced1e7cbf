export interface S3Location {
  bucket: string;
  /** Empty for the bucket itself. */
  key: string;
}

/** Bucket and key of an `s3://` URI, in the spellings that Spark takes; undefined for anything else. */
export function parseS3Uri(uri: string): S3Location | undefined {
  const match = /^s3[an]?:\/\/([^/]+)\/?(.*)$/s.exec(uri);
  return match ? { bucket: match[1] as string, key: match[2] as string } : undefined;
}
