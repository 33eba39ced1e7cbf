import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { buildSync } from "esbuild";

/** The handlers of the program, by the folder that holds each. */
export const handlerNames = [
  "start-retraining",
  "resolve-endpoint",
  "prune-versions",
  "record-run",
] as const;

export type HandlerName = (typeof handlerNames)[number];

let bundles: ReadonlyMap<HandlerName, string> | undefined;

/** Source of `handlers/<name>/index.ts` and all that it imports, as one ES module; the same bytes for the same source. */
export function handlerSource(name: HandlerName): string {
  bundles ??= bundleAll(); // once per process: a stack has many pipelines, all with the same handlers
  const source = bundles.get(name);
  if (source === undefined) throw new Error(`esbuild made no output for handlers/${name}`);
  return source;
}

/** Archive of one Lambda function: `index.mjs`, which exports `handler`. */
export function handlerArchive(name: HandlerName): pulumi.asset.Archive {
  return new pulumi.asset.AssetArchive({
    "index.mjs": new pulumi.asset.StringAsset(handlerSource(name)),
  });
}

function bundleAll(): Map<HandlerName, string> {
  const root = fileURLToPath(new URL("..", import.meta.url));
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
