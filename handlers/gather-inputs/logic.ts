import { extname } from "node:path/posix";
import {
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { bucketLayout } from "../../components/bucket-layout.ts";
import { comparisonLayout } from "../../components/comparison-layout.ts";
import type { RunInput } from "../start-retraining/logic.ts";
import { copyVersion } from "../start-retraining/snapshot.ts";
import { pinSplit, type Split } from "./pin-split.ts";

/** One upload that a run trains on. */
export interface GatheredInput {
  key: string;
  versionId: string;
  etag: string;
  sizeBytes: number;
  lastModified: string;
  /** Key of the copy that the run reads. */
  copy: string;
}

export interface Gathered {
  /** Folder that holds all of them. */
  inputUri: string;
  /** Key of the list of them. */
  manifest: string;
  count: number;
}

interface Found extends Omit<GatheredInput, "copy"> {
  modified: number;
}

/**
 * All uploads so far, copied to where the run reads them, with a manifest of their versions: of each key the newest version
 * as of the upload that started the run, and of equal contents the oldest. Later uploads have runs of their own.
 *
 * @throws SplitChanged where the split has changed since the first run
 * @throws Error where the run's own version is gone
 */
export async function gatherInputs(
  s3: S3Client,
  options: { bucket: string; extensions: readonly string[] },
  { run, split }: { run: RunInput; split: Split },
): Promise<Gathered> {
  const { bucket } = options;
  await pinSplit(s3, bucket, run.title, split);
  const found = distinct(newestOfEach(await versionsUntil(s3, options, run)));
  const inputs = found.map(({ modified: _, ...input }, index): GatheredInput => {
    const number = String(index + 1).padStart(4, "0");
    const copy = `${comparisonLayout.inputs(run.title)}${number}${extname(input.key).toLowerCase()}`;
    return { ...input, copy };
  });
  for (const { key, versionId, sizeBytes, lastModified, copy } of inputs) {
    const upload = { bucket, key, versionId, sizeBytes, uploadedAt: lastModified };
    await copyVersion(s3, upload, copy);
  }
  const manifest = comparisonLayout.manifest(run.title);
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: manifest,
      ContentType: "application/json",
      Body: JSON.stringify(inputs, undefined, 2),
    }),
  );
  return {
    inputUri: `s3://${bucket}/${comparisonLayout.inputs(run.title)}`,
    manifest,
    count: inputs.length,
  };
}

/** Versions that are inputs and were there when the run's own came, oldest first. Deleted keys stay out: their newest is a marker. */
async function versionsUntil(
  s3: S3Client,
  { bucket, extensions }: { bucket: string; extensions: readonly string[] },
  run: RunInput,
): Promise<Found[]> {
  const versions: Found[] = [];
  const deleted = new Map<string, number>();
  for await (const page of pagesOfVersions(s3, bucket)) {
    for (const marker of page.DeleteMarkers ?? []) {
      const at = marker.LastModified?.getTime() ?? 0;
      if (marker.Key !== undefined) {
        deleted.set(marker.Key, Math.max(at, deleted.get(marker.Key) ?? 0));
      }
    }
    for (const {
      Key: key,
      VersionId: versionId,
      ETag: etag,
      Size: size,
      LastModified: at,
    } of page.Versions ?? []) {
      if (!key || !versionId || !etag || !size || !at) continue; // empty objects are refused as inputs too
      if (!extensions.some((extension) => key.toLowerCase().endsWith(extension))) continue;
      versions.push({
        key,
        versionId,
        etag,
        sizeBytes: size,
        lastModified: at.toISOString(),
        modified: at.getTime(),
      });
    }
  }
  // S3 lists the versions of a key newest first, and tells times in whole seconds: only the order tells two of one second apart
  versions.reverse();
  const own = versions.find(({ versionId, key }) => versionId === run.versionId && key === run.key);
  if (own === undefined)
    throw new Error(`version ${run.versionId} of ${run.key} is not there any more`);
  const later = new Set(
    versions.slice(versions.indexOf(own) + 1).filter(({ key }) => key === own.key),
  );
  return versions
    .filter((each) => each === own || (each.modified <= own.modified && !later.has(each)))
    .filter((each) => each === own || each.modified > (deleted.get(each.key) ?? 0))
    .sort((a, b) => a.modified - b.modified || compareTexts(a.key, b.key));
}

async function* pagesOfVersions(
  s3: S3Client,
  bucket: string,
): AsyncGenerator<ListObjectVersionsCommandOutput> {
  let next: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined =
    {};
  while (next !== undefined) {
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: bucketLayout.inputPrefix, ...next }),
    );
    yield page;
    next = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
      : undefined;
  }
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function newestOfEach(versions: readonly Found[]): Found[] {
  const newest = new Map(versions.map((version) => [version.key, version]));
  return versions.filter((version) => newest.get(version.key) === version);
}

function distinct(versions: readonly Found[]): Found[] {
  const seen = new Set<string>();
  return versions.filter(({ etag, sizeBytes }) => {
    const content = `${etag} ${sizeBytes}`;
    return !seen.has(content) && seen.add(content);
  });
}
