import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { buildSync } from "esbuild";

/** The handlers of the program, by the folder that holds each. */
export const handlerNames = [
  "start-retraining",
  "resolve-endpoint",
  "prune-versions",
  "record-run",
  "clean-up-runs",
  "close-run",
  "write-schema",
  "gather-inputs",
  "predict-candidate",
  "remove-candidates",
  "compare-candidates",
  "record-comparison",
  "close-comparison",
] as const;

export type HandlerName = (typeof handlerNames)[number];

const root = fileURLToPath(new URL("..", import.meta.url));
const cacheFolder = join(root, "node_modules", ".cache", "retraining-handlers");
const sourcesFile = join(cacheFolder, "sources");

/** Folders whose code handlers may import, beside packages. */
const sourceFolders = ["handlers", "components"];

/** What else decides what a bundle holds: the packages, and how TypeScript is read. */
const settings = ["package-lock.json", "tsconfig.json"];

let bundled = false;

/** Source of `handlers/<name>/index.ts` and all that it imports, as one ES module; the same bytes for the same source. */
export function handlerSource(name: HandlerName): string {
  return readFileSync(handlerFile(name), "utf8");
}

/**
 * Archive of one Lambda function: `index.mjs`, which exports `handler`.
 *
 * By way of a file: of a text asset Pulumi keeps the text in its state, half a megabyte for each function of each pipeline,
 * of a file only the hash. Evaluating a hundred pipelines takes half the time.
 */
export function handlerArchive(name: HandlerName): pulumi.asset.Archive {
  return new pulumi.asset.AssetArchive({
    "index.mjs": new pulumi.asset.FileAsset(handlerFile(name)),
  });
}

/** Bundling takes a second: it is done when sources have changed since the last time, and once per process at most. */
function handlerFile(name: HandlerName): string {
  if (!bundled) {
    const sources = hashOfSources();
    if (!isBundled(sources)) bundleAll(sources);
    bundled = true;
  }
  return fileOf(name);
}

function fileOf(name: HandlerName): string {
  return join(cacheFolder, `${name}.mjs`);
}

function isBundled(sources: string): boolean {
  return (
    existsSync(sourcesFile) &&
    readFileSync(sourcesFile, "utf8") === sources &&
    handlerNames.every((name) => existsSync(fileOf(name)))
  );
}

function hashOfSources(): string {
  const sources = sourceFolders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .sort()
      .map((path) => join(folder, path)),
  );
  const hash = createHash("sha256");
  for (const path of [...settings, ...sources]) {
    hash.update(JSON.stringify([path, readFileSync(join(root, path), "utf8")]));
  }
  return hash.digest("hex");
}

function bundleAll(sources: string) {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: handlerNames.map((name) => ({ in: `handlers/${name}/index.ts`, out: name })),
    outdir: "bundles", // names the outputs only: nothing is written
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node24",
    outExtension: { ".js": ".mjs" },
    mainFields: ["module", "main"], // the SDK's CommonJS builds do not shake: three times the size
    legalComments: "none",
    logLevel: "error",
  });
  checkInputs(Object.keys(metafile.inputs));
  for (const name of handlerNames) {
    const file = outputFiles.find(({ path }) => path.endsWith(`/${name}.mjs`));
    if (file === undefined) throw new Error(`esbuild made no output for handlers/${name}`);
    write(fileOf(name), file.text);
  }
  write(sourcesFile, sources); // last: what was cut off is done again
}

/** A file that the hash leaves out could change without a new bundle. */
function checkInputs(paths: string[]) {
  const isKnown = (path: string) =>
    path.includes("node_modules/") || sourceFolders.some((folder) => path.startsWith(`${folder}/`));
  const stranger = paths.find((path) => !isKnown(path));
  if (stranger !== undefined) {
    throw new Error(`handlers import ${stranger}: only ${sourceFolders.join(" and ")} may be`);
  }
}

function write(file: string, text: string) {
  mkdirSync(cacheFolder, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file); // whole or not at all: another evaluation may read it at this moment
}
