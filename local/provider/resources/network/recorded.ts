import { randomBytes } from "node:crypto";
import type { Shape } from "../../properties/index.ts";
import { type Properties, type ResourceType, resourceType } from "../../resource-type.ts";

interface Recorded<S extends Shape> {
  type: string;
  inputs: S;
  /** `subnet-`: what AWS's ids of this kind start with. */
  idPrefix: string;
  /** Outputs beside inputs. */
  outputs?: (id: string, place: { region: string; accountId: string }) => Properties;
}

/**
 * A part of a network. A laptop has none to make it in: its inputs are checked and kept, it gets an id of AWS's form, and
 * that is all.
 */
export function recorded<S extends Shape>(kind: Recorded<S>): ResourceType {
  return resourceType<S>({
    type: kind.type,
    inputs: kind.inputs,
    identity: [],
    notFound: [],
    create: async () => `${kind.idPrefix}${randomBytes(9).toString("hex").slice(0, 17)}`,
    read: async (id, state, cloud) => ({ ...state, ...kind.outputs?.(id, cloud) }),
    update: async () => {},
    delete: async () => {},
  });
}
