import { bucketLayout } from "../../components/bucket-layout.ts";
import { comparisonLayout } from "../../components/comparison-layout.ts";
import type { RunInput } from "./run-state.ts";

/** URIs of a run's copies, each with that of the upload that it was made of: people know their uploads alone. */
export type UploadOfCopy = Readonly<Record<string, string>>;

/** The copy that a run of one upload reads. */
export function snapshotCopy({ bucket, key, inputUri }: RunInput): UploadOfCopy {
  return inputUri === undefined ? {} : { [inputUri]: `s3://${bucket}/${key}` };
}

/** The copies that the manifest of a comparison lists, then the folder of all of them. */
export function manifestCopies(
  { bucket, title }: Pick<RunInput, "bucket" | "title">,
  inputs: readonly { key: string; copy: string }[],
): UploadOfCopy {
  const uri = (key: string) => `s3://${bucket}/${key}`;
  return Object.fromEntries([
    ...inputs.map(({ key, copy }) => [uri(copy), uri(key)]),
    [uri(comparisonLayout.inputs(title)), uri(bucketLayout.inputPrefix)],
  ]);
}

/** `text` with the upload wherever it names a copy, in their order. */
export function namingUploads(text: string, uploads: UploadOfCopy): string {
  return Object.entries(uploads).reduce(
    (named, [copy, upload]) => named.replaceAll(copy, () => upload),
    text,
  );
}
