import type { RunInput } from "../start-retraining/logic.ts";

export type InputAge = Pick<RunInput, "key" | "uploadedAt" | "sequencer">;

/**
 * Whether `one` was uploaded after `other`. Of two keys in the same second neither is newer: S3 says no more about them.
 *
 * Of one key S3's sequencers tell the order of versions, within a second too: right-padded with zeros, as text
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html).
 */
export function isNewer(one: InputAge, other: InputAge): boolean {
  if (one.key === other.key && one.sequencer !== undefined && other.sequencer !== undefined) {
    const length = Math.max(one.sequencer.length, other.sequencer.length);
    return one.sequencer.padEnd(length, "0") > other.sequencer.padEnd(length, "0");
  }
  return Date.parse(one.uploadedAt) > Date.parse(other.uploadedAt);
}
