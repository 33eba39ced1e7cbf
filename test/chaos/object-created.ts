import type { ExperimentCloud, Upload } from "./experiment-cloud.ts";

/** The event by which S3 told of an upload, to be handed to the trigger again. */
export function objectCreated(
  { cloud, bucket }: Pick<ExperimentCloud, "cloud"> & { bucket: string },
  { key, versionId }: Pick<Upload, "key" | "versionId">,
  size = 1,
) {
  return {
    version: "0",
    id: "17793124-05d4-b198-2fde-7ededc63b103",
    "detail-type": "Object Created",
    source: "aws.s3",
    account: cloud.accountId,
    time: new Date().toISOString(),
    region: cloud.region,
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: "0",
      bucket: { name: bucket },
      object: { key, size, etag: "0", "version-id": versionId, sequencer: "0" },
      "request-id": "again",
      requester: cloud.accountId,
      reason: "PutObject",
    },
  };
}
