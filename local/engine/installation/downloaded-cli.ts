import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import sdk from "@pulumi/pulumi/package.json" with { type: "json" };
import { progress } from "../../setup/progress.mjs";
import type { PulumiCli } from "./pulumi-cli.ts";

/** Where Pulumi's own installer comes from. */
const installer = "https://get.pulumi.com/install.sh";

/** Without the internet, whether names are refused or packets dropped, nobody should wait longer to learn it. */
const probeMs = 4000;

/** The CLI that {@link downloadCli} installed, of the version of the SDK. */
export async function downloadedCli(folder: string): Promise<PulumiCli | undefined> {
  const root = join(folder, sdk.version);
  if (!existsSync(join(root, ".complete"))) return undefined;
  const bin = join(root, "bin");
  return { command: join(bin, "pulumi"), version: sdk.version, folders: [bin] };
}

/** @throws an Error where Pulumi's site is not reached or its installer fails. */
export async function downloadCli(folder: string): Promise<PulumiCli> {
  await fetch(installer, { method: "HEAD", signal: AbortSignal.timeout(probeMs) }).catch(
    (error) => {
      const { message } = (error.cause ?? error) as Error;
      throw new Error(
        `it cannot be downloaded: ${new URL(installer).host} is not reached (${message})`,
      );
    },
  );
  const shown = progress(`Pulumi CLI ${sdk.version} (download, about 150 MB)`);
  const root = join(folder, sdk.version);
  try {
    await rm(root, { recursive: true, force: true });
    await PulumiCommand.install({ root });
    await writeFile(join(root, ".complete"), "");
  } catch (error) {
    shown.failed("it is built instead, if it can be");
    throw new Error(`the download failed: ${error instanceof Error ? error.message : error}`);
  }
  shown.done();
  return (await downloadedCli(folder)) as PulumiCli;
}
