import { createHash } from "node:crypto";
import type { Properties } from "./resource-type.ts";

/** What is kept of secrets: enough to see whether they changed. */
export function digestsOf(secrets: Properties): Record<string, string> {
  return Object.fromEntries(Object.entries(secrets).map(([key, value]) => [key, digest(value)]));
}

/** The secrets among `inputs` that are what they were when the digests were made. */
export function unchangedSecrets(
  digests: Readonly<Record<string, string>>,
  inputs: Properties,
): Properties {
  const same = Object.entries(digests).filter(([key, was]) => digest(inputs[key]) === was);
  return Object.fromEntries(same.map(([key]) => [key, inputs[key]]));
}

/** `properties` without the secrets, also where AWS gives them back under a second name. */
export function withoutSecrets(properties: Properties, secrets: Properties): Properties {
  const hidden = new Set(leaves(secrets));
  return Object.fromEntries(
    Object.entries(properties).filter(
      ([key, value]) => !(key in secrets) && !leaves(value).some((leaf) => hidden.has(leaf)),
    ),
  );
}

/** Every text and number in `value`, however deep. */
function leaves(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) {
    return typeof value === "string" || typeof value === "number" ? [value] : [];
  }
  return Object.values(value).flatMap(leaves);
}

function digest(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(value) ?? "")
    .digest("hex");
}
