import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
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
] as const;

export type HandlerName = (typeof handlerNames)[number];

const root = fileURLToPath(new URL("..", import.meta.url));
const cacheFolder = join(root, "node_modules", ".cache", "retraining-handlers");

let bundles: ReadonlyMap<HandlerName, string> | undefined;
const files = new Map<HandlerName, string>();

/** Source of `handlers/<name>/index.ts` and all that it imports, as one ES module; the same bytes for the same source. */
export function handlerSource(name: HandlerName): string {
  bundles ??= bundleAll(); // once per process: a stack has many pipelines, all with the same handlers
  const source = bundles.get(name);
  if (source === undefined) throw new Error(`esbuild made no output for handlers/${name}`);
  return source;
}

/**
 * Archive of one Lambda function: `index.mjs`, which exports `handler`.
 *
 * By way of a file: of a text asset Pulumi keeps the text in its state, half a megabyte for each function of each pipeline,
 * of a file only the hash. Evaluating a hundred pipelines takes half the time.
 */
export function handlerArchive(name: HandlerName): pulumi.asset.Archive {
  let file = files.get(name);
  if (file === undefined) {
    file = writeBundle(name);
    files.set(name, file);
  }
  return new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.FileAsset(file) });
}

function writeBundle(name: HandlerName): string {
  const source = handlerSource(name);
  const file = join(cacheFolder, `${name}.mjs`);
  if (existsSync(file) && readFileSync(file, "utf8") === source) return file;
  mkdirSync(cacheFolder, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, source);
  renameSync(draft, file); // whole or not at all: another evaluation may read it at this moment
  return file;
}

function bundleAll(): Map<HandlerName, string> {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: handlerNames.map((name) => ({ in: `handlers/${name}/index.ts`, out: name })),
    outdir: "bundles", // names the outputs only: nothing is written
    write: false,
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
  return new Map(
    handlerNames.map((name) => {
      const file = outputFiles.find(({ path }) => path.endsWith(`/${name}.mjs`));
      return [name, file?.text ?? ""];
    }),
  );
}
