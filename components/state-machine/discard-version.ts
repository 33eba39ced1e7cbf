import { withTitle } from "./jsonata.ts";
import { cleanUpVersions } from "./prune-versions.ts";
import type { States } from "./state.ts";

export interface DiscardVersionArgs {
  partition: string;
  functionArn: string;
  /** `<base>--`: what the names of model and endpoint config start with. */
  runPrefix: string;
  next: string;
}

/** Deletes what this run made and could not deploy, or it would be left over; a failed endpoint would stop every later run. */
export function discardVersion({ runPrefix, ...args }: DiscardVersionArgs): States {
  const configName = withTitle((title) => `${runPrefix}${title}`);
  return { "Discard Version": cleanUpVersions({ ...args, payload: { configName, failed: true } }) };
}
