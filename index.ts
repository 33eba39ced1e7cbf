import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { parseStackConfig } from "./stacks/config.ts";
import { ConfigError } from "./stacks/config-error.ts";
import { retrainingStack } from "./stacks/retraining-stack.ts";

/** The Pulumi program: config in, pipelines built, outputs out. Nothing happens on import. */
export default async function program() {
  return retrainingStack(readConfig());
}

function readConfig() {
  try {
    return parseStackConfig({
      stack: pulumi.getStack(),
      region: new pulumi.Config("aws").get("region"),
      settings: Object.keys(pulumi.runtime.allConfig()),
      pipelines: new pulumi.Config("retraining").getObject("pipelines"),
      network: new pulumi.Config("retraining").getObject("network"),
      projectRoot: fileURLToPath(new URL(".", import.meta.url)),
    });
  } catch (error) {
    if (error instanceof ConfigError) throw new pulumi.RunError(error.message); // shown without a stack trace
    throw error;
  }
}
