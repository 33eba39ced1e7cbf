import { bucketLayout } from "../../components/bucket-layout.ts";

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
 * @throws MalformedEvent for what no S3 sends: without key or version, say, where the bucket is versioned
 */
export function uploadOf(event: ObjectCreatedEvent): Upload {
  const { bucket, object } = event?.detail ?? {};
  const { key, size, sequencer, "version-id": versionId } = object ?? {};
  const uploadedAt = new Date(isText(event?.time) ? event.time : Number.NaN);
  if (!isText(bucket?.name) || !isText(key) || !isText(versionId)) {
    throw malformed("no bucket, key and version", event);
  }
  if (!key.startsWith(bucketLayout.inputPrefix)) {
    // what runs write themselves would start runs for ever
    throw malformed(`a key that is not below ${bucketLayout.inputPrefix}`, event);
  }
  if (!Number.isSafeInteger(size) || Number(size) < 0) throw malformed("no size in bytes", event);
  if (Number.isNaN(uploadedAt.getTime())) throw malformed("no time", event);
  if (sequencer !== undefined && !isText(sequencer)) throw malformed("no sequencer", event);
  return {
    bucket: bucket.name,
    key,
    versionId,
    sizeBytes: Number(size),
    uploadedAt: uploadedAt.toISOString(),
    ...(sequencer !== undefined && { sequencer }),
  };
}

/** UTF-8, as S3 keeps keys, has no half of a surrogate pair: what has one cannot be asked for. */
function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.isWellFormed();
}

function malformed(what: string, event: unknown): MalformedEvent {
  return new MalformedEvent(`${what} in event ${`${JSON.stringify(event)}`.slice(0, 2000)}`);
}

/** End of a key that starts a run, as config writes it: `.csv`, also of `A.CSV`. */
export function extensionOf(key: string, extensions: readonly string[]): string | undefined {
  return extensions.find((extension) => key.toLowerCase().endsWith(extension));
}

/** Why an upload starts no run, or undefined when it does. */
export function refusalOf(
  { key, sizeBytes }: Upload,
  extensions: readonly string[],
): string | undefined {
  if (key.endsWith("/")) return "the key ends in /: consoles make such objects to show a folder";
  if (extensionOf(key, extensions) === undefined)
    return `the key does not end in ${extensions.join(" or ")}`;
  if (sizeBytes === 0) return "the object is empty";
  return undefined;
}
