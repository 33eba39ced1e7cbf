import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { parseStackConfig } from "./stacks/config.ts";
import { ConfigError } from "./stacks/config-error.ts";
import { refuseSecrets } from "./stacks/refuse-secrets.ts";
import { retrainingStack } from "./stacks/retraining-stack.ts";
import { settingValue } from "./stacks/setting-value.ts";

/** The Pulumi program: config in, pipelines built, outputs out. Nothing happens on import. */
export default async function program() {
  return retrainingStack(readConfig());
}

function readConfig() {
  try {
    const config = new pulumi.Config("retraining");
    const settings = Object.keys(pulumi.runtime.allConfig());
    refuseSecrets(pulumi.getStack(), settings.filter(isSecret));
    return parseStackConfig({
      stack: pulumi.getStack(),
      region: new pulumi.Config("aws").get("region"),
      settings,
      pipelines: settingValue(config.get("pipelines")),
      comparisons: settingValue(config.get("comparisons")),
      network: settingValue(config.get("network")),
      projectRoot: fileURLToPath(new URL(".", import.meta.url)),
    });
  } catch (error) {
    if (error instanceof ConfigError) throw new pulumi.RunError(error.message); // shown without a stack trace
    throw error;
  }
}

function isSecret(setting: string): boolean {
  // missing from the typings
  return (pulumi.runtime as unknown as { isConfigSecret(key: string): boolean }).isConfigSecret(
    setting,
  );
}
