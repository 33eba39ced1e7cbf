import { mkdir } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectNode } from "../setup/node-packages.mjs";
import type { PulumiCli } from "./pulumi-cli.ts";

/** What the CLI is given beside its arguments. */
export interface EngineOptions {
  cli: PulumiCli;
  /** Holds the engine's state, beside that of the local cloud. */
  stateDir: string;
  /** Port of the local provider; undefined where the command needs none. */
  providerPort: number | undefined;
}

/** The caller's environment, with a backend, settings and plugins of the local state's own: nothing of the user's is touched. */
export async function engineEnvironment(options: EngineOptions): Promise<Record<string, string>> {
  const { cli, stateDir, providerPort } = options;
  const backend = join(stateDir, "backend");
  await mkdir(backend, { recursive: true });
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("PULUMI_"));
  const path = [dirname(projectNode), ...cli.folders, process.env["PATH"] ?? ""];
  return {
    ...(Object.fromEntries(inherited) as Record<string, string>),
    PATH: path.join(delimiter),
    PULUMI_HOME: join(stateDir, "pulumi-home"),
    PULUMI_BACKEND_URL: pathToFileURL(backend).href,
    PULUMI_CONFIG_PASSPHRASE: process.env["PULUMI_CONFIG_PASSPHRASE"] ?? "",
    PULUMI_SKIP_UPDATE_CHECK: "1",
    // There is but one provider, and it runs already.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
    ...(providerPort === undefined ? {} : { PULUMI_DEBUG_PROVIDERS: `aws:${providerPort}` }),
  };
}
