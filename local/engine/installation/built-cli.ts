import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { chmod, copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../../setup/command.mjs";
import { progress } from "../../setup/progress.mjs";
import type { PulumiCli } from "./pulumi-cli.ts";

/** Go modules that pin what is built, with the hash of every source. */
const cliModule = join(import.meta.dirname, "..", "cli");
const hostModule = join(import.meta.dirname, "..", "language-host");

const cliPackage = "github.com/pulumi/pulumi/pkg/v3";
const sdkPackage = "github.com/pulumi/pulumi/sdk/v3";

/** Scripts of the language host that run policy packs and dynamic providers. */
const hostScripts = ["pulumi-analyzer-policy", "pulumi-resource-pulumi-nodejs"];

/** The CLI that {@link buildCli} made from the modules as they are now. */
export async function builtCli(folder: string): Promise<PulumiCli | undefined> {
  const root = rootIn(folder);
  if (!existsSync(join(root, ".complete"))) return undefined;
  const bin = join(root, "bin");
  return { command: join(bin, "pulumi"), version: pinnedVersion(), folders: [bin] };
}

/** @throws an Error where there is no Go, no module proxy is reached or the build fails. */
export async function buildCli(folder: string): Promise<PulumiCli> {
  await runCommand("go", ["version"]).catch(() => {
    throw new Error("it cannot be built: there is no Go on PATH");
  });
  const version = pinnedVersion();
  const shown = progress(
    `Pulumi CLI ${version} (built with Go: 2 minutes, 1.5 GB of modules and build cache)`,
  );
  const root = rootIn(folder);
  const bin = join(root, "bin");
  const onLine = (line: string) => shown.step(line.slice(0, 100));
  try {
    await rm(root, { recursive: true, force: true });
    await mkdir(bin, { recursive: true });
    // Without the flag the CLI calls itself a development version.
    const flags = `-s -w -X ${sdkPackage}/go/common/version.Version=v${version}`;
    shown.step("the CLI");
    await runCommand("go", ["build", "-ldflags", flags, "-o", bin, `${cliPackage}/cmd/pulumi`], {
      cwd: cliModule,
      onLine,
    });
    shown.step("the language host for Node.js");
    const host = `${sdkPackage}/nodejs/cmd/pulumi-language-nodejs`;
    await runCommand("go", ["build", "-ldflags", "-s -w", "-o", bin, host], {
      cwd: hostModule,
      onLine,
    });
    await wrapHost(join(bin, "pulumi-language-nodejs"));
    await copyScripts(bin);
    await writeFile(join(root, ".complete"), "");
  } catch (error) {
    shown.failed("see below");
    throw new Error(`the build failed: ${error instanceof Error ? error.message : error}`);
  }
  shown.done();
  return (await builtCli(folder)) as PulumiCli;
}

/** Environment variable with the `nodeargs` of Pulumi.yaml, for the host that is built. */
export const nodeArgsVariable = "RETRAINING_NODE_ARGS";

/**
 * This host takes the options of Pulumi.yaml's runtime as flags, and newer engines give them otherwise: without its flags it
 * would load the TypeScript compiler for nothing.
 */
const hostScript = `#!/bin/sh
exec "$0.bin" -typescript=false -nodeargs="$${nodeArgsVariable}" "$@"
`;

async function wrapHost(host: string): Promise<void> {
  await rename(host, `${host}.bin`);
  await writeFile(host, hostScript, { mode: 0o755 });
}

async function copyScripts(bin: string): Promise<void> {
  const folder = await runCommand("go", ["list", "-m", "-f", "{{.Dir}}", sdkPackage], {
    cwd: hostModule,
  });
  for (const name of hostScripts) {
    const copy = join(bin, name);
    await copyFile(join(folder.trim(), "nodejs", "dist", name), copy);
    await chmod(copy, 0o755); // In Go's module cache nothing is executable.
  }
}

function rootIn(folder: string): string {
  const state = createHash("sha256").update(hostScript);
  for (const module of [cliModule, hostModule]) state.update(readFileSync(join(module, "go.sum")));
  return join(folder, `built-${pinnedVersion()}-${state.digest("hex").slice(0, 12)}`);
}

function pinnedVersion(): string {
  const pinned = new RegExp(`${cliPackage} v(\\S+)`).exec(
    readFileSync(join(cliModule, "go.mod"), "utf8"),
  )?.[1];
  if (pinned === undefined) throw new Error(`${cliModule}/go.mod does not require ${cliPackage}`);
  return pinned;
}
