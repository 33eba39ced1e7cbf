import { until } from "../until.ts";
import type { Denials } from "./denials.ts";

/** Something that is done in the names of roles. */
export interface Path<Shop> {
  /** With all permissions there: brings the cloud to where the path begins. */
  prepare?(shop: Shop): Promise<unknown>;
  /** A permission that goes too, for paths that begin with a failure. */
  broken?: { role: string; action: string };
  /** @returns whether it came to its usual end */
  take(shop: Shop, denials: Denials): Promise<boolean>;
}

/** Whether the message of last resort was denied too: it comes after Lambda's own retries. */
export async function deniedSending(denials: Denials): Promise<boolean> {
  return until(
    "a message to the dead-letter queue",
    async () => {
      const seen = await denials.seen();
      return seen.some(({ action }) => action === "sqs:SendMessage") ? true : undefined;
    },
    20,
  ).catch(() => false);
}
