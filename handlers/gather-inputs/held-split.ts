import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { comparisonLayout } from "../../components/comparison-layout.ts";

/** How rows are dealt out: the ETL script's `SPLIT` (percent of train, validation, test) and `SEED`. */
export interface Split {
  percent: string;
  seed: string;
}

interface HeldSplit extends Split {
  /** Title of the first run. */
  since: string;
}

/**
 * Makes the split of the first run the one of all: another would move rows that earlier runs held out into training.
 *
 * @throws Error where the comparison's split has changed since
 */
export async function holdSplit(
  s3: S3Client,
  bucket: string,
  title: string,
  split: Split,
): Promise<void> {
  const held = { Bucket: bucket, Key: comparisonLayout.heldSplit };
  const first: HeldSplit = { ...split, since: title };
  const Body = JSON.stringify(first);
  try {
    await s3.send(
      new PutObjectCommand({ ...held, IfNoneMatch: "*", ContentType: "application/json", Body }),
    );
    return;
  } catch (error) {
    const { name } = error as Error;
    // Another run writes at this moment: the next try sees whether it did.
    if (name === "ConditionalRequestConflict") return holdSplit(s3, bucket, title, split);
    if (name !== "PreconditionFailed") throw error;
  }
  const { Body: body } = await s3.send(new GetObjectCommand(held));
  const earlier = JSON.parse((await body?.transformToString()) ?? "") as HeldSplit;
  if (earlier.percent === split.percent && earlier.seed === split.seed) return;
  throw new Error(
    `runs since ${earlier.since} split ${earlier.percent} with seed ${earlier.seed}, and this one would split ${split.percent} with seed ${split.seed}: ` +
      "rows that they held out would be trained on. Set split back to what it was, " +
      `or delete s3://${bucket}/${held.Key} to begin anew: scores from before and after cannot be compared then`,
  );
}
