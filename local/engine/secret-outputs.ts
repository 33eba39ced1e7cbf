import type { Properties } from "../provider/resource-type.ts";
import { encodeRecord, encodeSecret } from "../provider/wire.ts";

/**
 * Outputs as the engine keeps them. Inputs stay as they came, with their secrets and assets; what the cloud adds becomes
 * secret where it holds the value of a secret input: AWS gives some inputs back under a second name.
 *
 * @param wire inputs as the engine sent them
 * @param inputs the same, decoded
 * @param secrets names of those that are secret
 */
export function outputsOf(
  wire: Properties,
  { inputs, secrets, outputs }: { inputs: Properties; secrets: string[]; outputs: Properties },
): Properties {
  const hidden = new Set(secrets.flatMap((name) => leaves(inputs[name])));
  const computed = Object.entries(encodeRecord(outputs))
    .filter(([name]) => !(name in wire))
    .map(([name, value]) => [
      name,
      leaves(value).some((leaf) => hidden.has(leaf)) ? encodeSecret(value) : value,
    ]);
  return { ...wire, ...Object.fromEntries(computed) };
}

/** Every text and number in `value`, however deep. */
function leaves(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) {
    return typeof value === "string" || typeof value === "number" ? [value] : [];
  }
  return Object.values(value).flatMap(leaves);
}
