import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What tools leave in a folder: no part of what is in it. */
const leftovers = new Set(["__pycache__", ".pytest_cache", ".ruff_cache", ".DS_Store", ".git"]);

/** Paths of all files below a folder, relative to it, with "/" and sorted. Symbolic links are followed. */
export function folderFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.split("/").some((part) => leftovers.has(part)))
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

/**
 * SHA-256 over names, permissions and contents of a folder's files, as hex.
 *
 * Permissions count because they count in Docker's layers: two folders of one hash give one image.
 */
export function hashFolder(folder: string): string {
  const hash = createHash("sha256");
  for (const path of folderFiles(folder)) {
    const file = join(folder, path);
    const content = createHash("sha256").update(readFileSync(file)).digest("hex");
    hash.update(JSON.stringify([path, statSync(file).mode & 0o777, content]));
  }
  return hash.digest("hex");
}
