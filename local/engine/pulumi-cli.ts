/** A Pulumi CLI with its Node.js language host. */
export interface PulumiCli {
  /** Absolute path of `pulumi`. */
  command: string;
  /** `3.230.0` */
  version: string;
  /** Folders to put on PATH: they hold the CLI and its plugins. */
  folders: readonly string[];
}
