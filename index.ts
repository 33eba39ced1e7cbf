import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { parseStackConfig } from "./stacks/config.ts";
import { retrainingStack } from "./stacks/retraining-stack.ts";

/** The Pulumi program: config in, pipelines built, outputs out. Nothing happens on import. */
export default function program() {
  const config = parseStackConfig({
    stack: pulumi.getStack(),
    region: new pulumi.Config("aws").get("region"),
    pipelines: new pulumi.Config("retraining").getObject("pipelines"),
    projectRoot: fileURLToPath(new URL(".", import.meta.url)),
  });
  return retrainingStack(config);
}
