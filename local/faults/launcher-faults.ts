import type { Fault } from "./fault.ts";
import { entryOf, type FaultName } from "./menu.ts";

/** ministack, as far as its launcher's own routes need it. */
export interface Launcher {
  url: string;
  secret: string;
}

/**
 * Gives ministack its share of the faults, in the place of those before; counting begins anew.
 * @returns names of those before that have struck
 * @throws Error when it does not take them
 */
export async function replaceLauncherFaults(
  { url, secret }: Launcher,
  faults: readonly Fault[],
): Promise<FaultName[]> {
  const share = faults.filter(({ name }) => entryOf(name).by === "launcher");
  const answer = await fetch(`${url}/_local/faults`, {
    method: "POST",
    headers: { "x-local-secret": secret },
    body: JSON.stringify({ faults: share }),
  });
  if (!answer.ok) {
    throw new Error(`ministack took no faults: ${answer.status} ${await answer.text()}`);
  }
  return ((await answer.json()) as { struck: FaultName[] }).struck;
}
