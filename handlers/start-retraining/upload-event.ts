/** EventBridge's "Object Created" of S3, as far as a run needs it. */
export interface ObjectCreatedEvent {
  time: string;
  detail: {
    bucket: { name: string };
    object: { key: string; size: number; "version-id"?: string; sequencer?: string };
    reason?: string;
  };
}

/** One version of one object below `input/`. */
export interface Upload {
  bucket: string;
  key: string;
  versionId: string;
  sizeBytes: number;
  /** ISO 8601, in whole seconds as S3 tells it. */
  uploadedAt: string;
  /** Orders the versions of one key; hexadecimal. Events that someone made by hand may have none. */
  sequencer?: string;
}

/** The event is none that this function can act on: retrying is of no use, someone has to look. */
export class MalformedEvent extends Error {
  override readonly name = "MalformedEvent";
}

/**
 * The upload that an event tells of.
 *
 * Unlike S3's own notifications, EventBridge carries the key as it is, not URL-encoded: decoding would turn the object
 * `a+b.csv` into `a b.csv`, which is another one.
 *
 * @throws MalformedEvent without key or version. The bucket is versioned: an object without a version was made by no S3.
 */
export function uploadOf(event: ObjectCreatedEvent): Upload {
  const { bucket, object } = event.detail ?? {};
  const versionId = object?.["version-id"];
  if (!bucket?.name || !object?.key || !versionId) {
    throw new MalformedEvent(
      `no bucket, key and version in event ${JSON.stringify(event).slice(0, 2000)}`,
    );
  }
  return {
    bucket: bucket.name,
    key: object.key,
    versionId,
    sizeBytes: object.size,
    uploadedAt: new Date(event.time).toISOString(),
    ...(object.sequencer !== undefined && { sequencer: object.sequencer }),
  };
}

/** Why an upload starts no run, or undefined when it does. */
export function refusalOf(
  { key, sizeBytes }: Upload,
  extensions: readonly string[],
): string | undefined {
  if (key.endsWith("/")) return "the key ends in /: consoles make such objects to show a folder";
  if (!extensions.some((extension) => key.toLowerCase().endsWith(extension)))
    return `the key does not end in ${extensions.join(" or ")}`;
  if (sizeBytes === 0) return "the object is empty";
  return undefined;
}
