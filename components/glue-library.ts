import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";

const libraries = new Map<string, pulumi.asset.Archive | undefined>();

/**
 * Archive of the Python packages in `<directory>/lib`, as `--extra-py-files` takes it: at its root, so that scripts import them by name.
 * Undefined where there is none. Sorted, sources only: the same bytes for the same sources.
 */
export function glueLibrary(directory: string): pulumi.asset.Archive | undefined {
  if (!libraries.has(directory)) libraries.set(directory, archiveOf(join(directory, "lib")));
  return libraries.get(directory); // once per process: pipelines of a stack share it
}

function archiveOf(library: string): pulumi.asset.Archive | undefined {
  if (!existsSync(library)) return undefined;
  const sources = readdirSync(library, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".py"))
    .sort();
  if (sources.length === 0) return undefined;
  return new pulumi.asset.AssetArchive(
    Object.fromEntries(
      sources.map((path) => [
        path.replaceAll("\\", "/"),
        new pulumi.asset.FileAsset(join(library, path)),
      ]),
    ),
  );
}
