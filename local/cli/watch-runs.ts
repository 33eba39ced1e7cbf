import { setTimeout as sleep } from "node:timers/promises";
import { ListExecutionsCommand, type SFNClient } from "@aws-sdk/client-sfn";

const pollMs = 1000;

/** A pipeline or a comparison whose runs are watched. */
export interface Watched {
  name: string;
  stateMachineArn: string;
  /** Called after the line of a run that has ended, with its title. */
  ended(title: string): Promise<void>;
}

/** Something else that is looked at each time, beside runs. */
export type Look = () => Promise<void>;

/**
 * Writes a line for each run that starts and each that ends, until `signal` says so. Runs of before are passed over.
 *
 * @param looks what else happens: called once a second
 */
export async function watchRuns(
  client: SFNClient,
  all: readonly Watched[],
  signal: AbortSignal,
  looks: readonly Look[] = [],
): Promise<void> {
  const seen = new Map<string, string>();
  for (let first = true; !signal.aborted; first = false) {
    for (const { name: owner, stateMachineArn, ended } of all) {
      const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
      for (const { executionArn = "", name = "", status = "" } of executions.reverse()) {
        if (!first && seen.get(executionArn) !== status) {
          say(`${owner}  ${name}  ${status}`);
          if (status !== "RUNNING") await ended(name);
        }
        seen.set(executionArn, status);
      }
    }
    for (const look of looks) await look();
    await sleep(pollMs, undefined, { signal }).catch(() => {});
  }
}

/** A line about what happens now. */
export function say(text: string): void {
  console.log(`${new Date().toLocaleTimeString()}  ${text}`);
}
