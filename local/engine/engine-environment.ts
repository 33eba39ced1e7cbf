import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectNode } from "../setup/node-packages.mjs";
import { cacheDir } from "../setup/python-environments.mjs";
import type { EngineCloud } from "./engine-cloud.ts";
import type { PulumiCli } from "./installation/pulumi-cli.ts";
import type { EngineState } from "./stack-selection.ts";

/**
 * The caller's environment, with a backend, settings and plugins of the local state's own: nothing of the user's is touched,
 * and no AWS key of the user's is handed on.
 *
 * @param cloud undefined: the command needs none
 */
export function engineEnvironment(
  cli: PulumiCli,
  state: EngineState,
  cloud: Pick<EngineCloud, "environment" | "providerPort"> | undefined,
): Record<string, string> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PULUMI|AWS)_/.test(name));
  const path = [dirname(projectNode), ...cli.folders, process.env["PATH"] ?? ""];
  return {
    ...(Object.fromEntries(inherited) as Record<string, string>),
    ...cloud?.environment,
    PATH: path.join(delimiter),
    // Node.js would compile the AWS SDK anew for each command.
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? join(cacheDir, "compile-cache"),
    // The state is written before and after each step, so that a command that is killed leaves what it did, and what it was doing.
    PULUMI_SKIP_CHECKPOINTS: process.env["PULUMI_SKIP_CHECKPOINTS"] ?? "false",
    PULUMI_HOME: state.home,
    PULUMI_BACKEND_URL: pathToFileURL(state.backend).href,
    PULUMI_CONFIG_PASSPHRASE: process.env["PULUMI_CONFIG_PASSPHRASE"] ?? "",
    PULUMI_SKIP_UPDATE_CHECK: "1",
    // Docker builds nothing here: what its images would lack is not worth a warning.
    BUILDX_NO_DEFAULT_ATTESTATIONS: "1",
    // There is but one provider, for these packages, and it runs already.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
    ...(cloud && {
      PULUMI_DEBUG_PROVIDERS: ["aws", "awsx", "docker-build"]
        .map((name) => `${name}:${cloud.providerPort}`)
        .join(","),
    }),
  };
}
