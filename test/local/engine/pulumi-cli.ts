import { installPulumi, type PulumiCli } from "../../../local/engine/installation/pulumi-cli.ts";

/** A first run on a machine without the CLI builds it. */
export const installMs = 15 * 60_000;

let cli: Promise<PulumiCli> | undefined;

/** The CLI that all tests use. Where none can be had they fail with the reason. */
export function pulumiCli(): Promise<PulumiCli> {
  cli ??= installPulumi();
  return cli;
}
