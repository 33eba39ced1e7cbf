import { bucketLayout } from "./bucket-layout.ts";

/** Where the ETL script of a run leaves the data of a channel, and the argument by which it hears of the place. */
export interface EtlChannel {
  /** Without the leading hyphens: `S3_TRAIN_KEY`. */
  argument: string;
  /** Key prefix in the pipeline's bucket, for a run's title. */
  folder: (title: string) => string;
}

/** Those whose argument every run passes. The names are those that scripts written for AWS's own retraining sample read. */
const always: ReadonlyMap<string, EtlChannel> = new Map([
  ["train", { argument: "S3_TRAIN_KEY", folder: bucketLayout.train }],
  ["validation", { argument: "S3_VALIDATE_KEY", folder: bucketLayout.validate }],
  ["test", { argument: "S3_TEST_KEY", folder: bucketLayout.test }],
]);

/** `auxiliary` is `S3_AUXILIARY_KEY` and `output/<title>/auxiliary/`. */
export function etlChannel(channel: string): EtlChannel {
  return (
    always.get(channel) ?? {
      argument: `S3_${channel.toUpperCase().replace(/[^A-Z0-9]/g, "_")}_KEY`,
      folder: (title) => bucketLayout.channel(title, channel),
    }
  );
}

/** `train`, `validation`, `test`: what a script may write in every pipeline, whether it is fed or not. */
export const usualChannels: readonly string[] = [...always.keys()];

/** Arguments of the script for `channels` beside those of every run. */
export function furtherChannels(channels: Readonly<Record<string, string>>): string[] {
  return Object.keys(channels).filter((name) => channels[name] === "etl" && !always.has(name));
}
