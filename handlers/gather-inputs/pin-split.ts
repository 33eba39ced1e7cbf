import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { comparisonLayout } from "../../components/comparison-layout.ts";
import { readJson } from "../publish-report.ts";

/** How rows are dealt out, as the ETL script takes it: `SPLIT` (percent of train, validation, test) and `SEED`. */
export interface Split {
  percent: string;
  seed: string;
}

interface PinnedSplit extends Split {
  /** Title of the first run. */
  since: string;
}

/** The split is not that of earlier runs. `name` is what the state machine's Catch matches. */
export class SplitChanged extends Error {
  override readonly name = "SplitChanged";
}

/**
 * Makes the split of the first run the one of all: another would move rows that earlier runs held out into training.
 *
 * @throws SplitChanged where this run's is another
 */
export async function pinSplit(
  s3: S3Client,
  bucket: string,
  title: string,
  split: Split,
): Promise<void> {
  const key = comparisonLayout.pinnedSplit;
  const first: PinnedSplit = { ...split, since: title };
  try {
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        IfNoneMatch: "*",
        ContentType: "application/json",
        Body: JSON.stringify(first),
      }),
    );
    return;
  } catch (error) {
    if ((error as Error).name !== "PreconditionFailed") throw error;
  }
  const pinned = (await readJson(s3, bucket, key)) as PinnedSplit | null;
  if (pinned === null) return pinSplit(s3, bucket, title, split); // deleted at this moment
  if (pinned.percent === split.percent && pinned.seed === split.seed) return;
  throw new SplitChanged(
    `runs since ${pinned.since} split ${pinned.percent} with seed ${pinned.seed}, and this one would split ${split.percent} with seed ${split.seed}: ` +
      "rows that they held out would be trained on. Set the comparison's split back, deploy, and upload again; " +
      `or delete s3://${bucket}/${key} first to begin anew: scores from before and after cannot be compared then`,
  );
}
