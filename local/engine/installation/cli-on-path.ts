import { accessSync, constants, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { runCommand } from "../../setup/command.mjs";
import type { PulumiCli } from "./pulumi-cli.ts";
import { isNewEnough, oldestVersion } from "./version.ts";

const languageHost = "pulumi-language-nodejs";

/** The user's own CLI, or why it cannot be used. */
export async function cliOnPath(
  path = process.env["PATH"] ?? "",
): Promise<{ cli: PulumiCli } | { reason: string }> {
  const folders = path.split(delimiter).filter(Boolean);
  const command = find("pulumi", folders);
  if (command === undefined) return { reason: "no pulumi is on PATH" };
  const answer = await runCommand(command, ["version"], {
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" },
  }).catch((error: Error) => error.message);
  const version = /^v?(\d+\.\d+\.\d+\S*)/m.exec(answer)?.[1];
  if (version === undefined) return { reason: `${command} gives no version: ${answer.trim()}` };
  if (!isNewEnough(version)) {
    return { reason: `${command} is ${version}, ${oldestVersion} or newer is needed` };
  }
  // Package managers put a link on PATH, and the plugins beside what it points to.
  const homes = [dirname(realpathSync(command)), dirname(command)];
  const host = find(languageHost, [...homes, ...folders]);
  if (host === undefined) return { reason: `${command} has no ${languageHost} beside it` };
  return { cli: { command, version, folders: [...new Set([dirname(host), ...homes])] } };
}

function find(name: string, folders: readonly string[]): string | undefined {
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
