import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { interpreter } from "../setup/python-environments.mjs";
import type { Importance } from "./charts.ts";

const script = join(dirname(fileURLToPath(import.meta.url)), "feature_importance.py");

/**
 * The features that a trained XGBoost model gains most by, best first.
 *
 * @param columns names of the features, as ETL reported them
 * @param most how many at most
 */
export async function readImportance(
  s3: S3Client,
  modelArtifact: string,
  columns: string[],
  most = 12,
): Promise<Importance[]> {
  const { hostname: Bucket, pathname } = new URL(modelArtifact);
  const { Body } = await s3.send(
    new GetObjectCommand({ Bucket, Key: decodeURIComponent(pathname.slice(1)) }),
  );
  const dir = await mkdtemp(join(tmpdir(), "retraining-report-"));
  try {
    const archive = join(dir, "model.tar.gz");
    await writeFile(archive, (await Body?.transformToByteArray()) ?? new Uint8Array());
    const { stdout } = await promisify(execFile)(await interpreter("xgboost"), [script, archive]);
    const gains = Object.entries(JSON.parse(stdout) as Record<string, number>);
    return gains
      .map(([id, gain]) => ({ feature: columns[Number(id.slice(1))] ?? id, gain }))
      .sort((a, b) => b.gain - a.gain)
      .slice(0, most);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
