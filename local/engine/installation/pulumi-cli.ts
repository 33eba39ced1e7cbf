import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { withLock } from "../../setup/lock.mjs";
import { cacheDir } from "../../setup/python-environments.mjs";
import { buildCli, builtCli } from "./built-cli.ts";
import { cliOnPath } from "./cli-on-path.ts";
import { downloadCli, downloadedCli } from "./downloaded-cli.ts";
import { oldestVersion } from "./version.ts";

/** A Pulumi CLI with its Node.js language host. */
export interface PulumiCli {
  /** Absolute path of `pulumi`. */
  command: string;
  /** `3.230.0` */
  version: string;
  /** Folders to put on PATH: they hold the CLI and its plugins. */
  folders: readonly string[];
}

/**
 * The user's own Pulumi CLI where it is new enough, else one that is installed once into the cache, outside of the checkout:
 * downloaded from Pulumi, or built from Go modules where only a module proxy is reached.
 *
 * @throws an Error that says what to install, when none can be had
 */
export async function installPulumi(): Promise<PulumiCli> {
  const own = await cliOnPath();
  if ("cli" in own) return own.cli;
  const folder = join(cacheDir, "pulumi");
  await mkdir(folder, { recursive: true });
  let installed = await installedCli(folder);
  if (installed === undefined) {
    await withLock(join(folder, "install.lock"), async () => {
      // Another process may have installed it while this one waited.
      installed = (await installedCli(folder)) ?? (await install(folder, own.reason));
    });
  }
  return installed as PulumiCli;
}

async function installedCli(folder: string): Promise<PulumiCli | undefined> {
  return (await downloadedCli(folder)) ?? (await builtCli(folder));
}

async function install(folder: string, whyNotOwn: string): Promise<PulumiCli> {
  const failures: string[] = [];
  for (const attempt of [downloadCli, buildCli]) {
    try {
      return await attempt(folder);
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    [
      `The Pulumi CLI ${oldestVersion} or newer is needed, and there is none:`,
      ...[whyNotOwn, ...failures].map((line) => `  - ${line}`),
      "Install it (https://www.pulumi.com/docs/install/) and have it on PATH, or install Go (https://go.dev/dl/).",
    ].join("\n"),
  );
}
