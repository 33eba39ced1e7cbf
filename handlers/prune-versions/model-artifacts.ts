import { DeleteObjectsCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { bucketLayout } from "../../components/bucket-layout.ts";

/** A file below `models/<title>/`. */
export interface ModelArtifact {
  key: string;
  title: string;
  writtenAt: Date;
}

export interface ArtifactRule {
  /** Titles of runs whose model is there, or may come to be: the runs are in progress. */
  wanted: ReadonlySet<string>;
  /** Titles of runs whose model was just deleted. */
  deleted: ReadonlySet<string>;
  /** What no model refers to, such as the artifact of a rejected model, goes if it is older. */
  unusedSince: Date;
}

/** S3 deletes this many at a time. */
const maxKeys = 1000;

/** Which artifacts go. Never those of a model that is there: an instance that starts reads them, however old they are. */
export function artifactsToDelete(
  artifacts: readonly ModelArtifact[],
  { wanted, deleted, unusedSince }: ArtifactRule,
): ModelArtifact[] {
  return artifacts.filter(
    ({ title, writtenAt }) =>
      !wanted.has(title) && (deleted.has(title) || writtenAt.getTime() < unusedSince.getTime()),
  );
}

export async function listArtifacts(s3: S3Client, bucket: string): Promise<ModelArtifact[]> {
  const artifacts: ModelArtifact[] = [];
  for await (const page of paginateListObjectsV2(
    { client: s3 },
    { Bucket: bucket, Prefix: bucketLayout.modelsPrefix },
  )) {
    for (const { Key: key, LastModified: writtenAt } of page.Contents ?? []) {
      const title = key?.slice(bucketLayout.modelsPrefix.length).split("/")[0];
      if (key && title && writtenAt) artifacts.push({ key, title, writtenAt });
    }
  }
  return artifacts;
}

/** S3 answered the request and left some of the objects. */
export class ArtifactsNotDeleted extends Error {
  override readonly name = "ArtifactsNotDeleted";
}

export async function deleteArtifacts(
  s3: S3Client,
  bucket: string,
  artifacts: readonly ModelArtifact[],
) {
  for (let first = 0; first < artifacts.length; first += maxKeys) {
    const batch = artifacts.slice(first, first + maxKeys);
    const { Errors: [error] = [] } = await s3.send(
      new DeleteObjectsCommand({
        Bucket: bucket,
        Delete: { Objects: batch.map(({ key }) => ({ Key: key })), Quiet: true },
      }),
    );
    if (error) throw new ArtifactsNotDeleted(`${error.Key}: ${error.Code}: ${error.Message}`);
  }
}
