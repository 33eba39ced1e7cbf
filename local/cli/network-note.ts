import type { StackSettings } from "../stack-file.ts";

/** What to say of a private network; nothing where config asks for none. */
export function networkNote(settings: StackSettings): string | undefined {
  if (settings["retraining:network"] === undefined) return undefined;
  return "this machine has none to isolate: jobs and models show the VpcConfig of retraining:network and run without";
}
