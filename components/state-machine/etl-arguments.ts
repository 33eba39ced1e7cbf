import { bucketLayout } from "../bucket-layout.ts";
import { etlChannel, usualChannels } from "../etl-channel.ts";
import { expression, withTitle } from "./jsonata.ts";

/**
 * What every run of a pipeline passes to its script: the snapshot of the input, a folder for each channel in
 * `output/<title>/`, and where the script's own report goes.
 *
 * @param furtherChannels those that the script feeds beside the ones of every pipeline, `auxiliary`
 */
export function etlArguments(
  bucket: string,
  furtherChannels: readonly string[],
): Record<string, string> {
  const uri = (key: (title: string) => string) =>
    withTitle((title) => `s3://${bucket}/${key(title)}`);
  return {
    S3_INPUT_FILE: expression("$run.inputUri"),
    ...Object.fromEntries(
      [...usualChannels, ...furtherChannels]
        .map(etlChannel)
        .map(({ argument, folder }) => [argument, uri(folder)]),
    ),
    S3_REPORT_KEY: uri(bucketLayout.etlReport),
  };
}
