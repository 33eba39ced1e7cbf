import { checkRequest } from "../../../handlers/model-schema/check-request.ts";
import type { RowSchema } from "../../../handlers/model-schema/model-schema.ts";
import { RequestRefused } from "../../../handlers/model-schema/request-refused.ts";
import type { MalformedCase } from "./case.ts";

/** Three features, none of them ever missing. */
const features: RowSchema = {
  kind: "features",
  counts: [3],
  names: ["age", "calls", "plan"],
  missing: "refused",
};
export const sequences: RowSchema = {
  kind: "sequences",
  inputs: { in0: { vocabularySize: 10 }, in1: { vocabularySize: 5 } },
};

/** `sent`, or what is said of a request that is not. */
export function toldOfRequest(type: string, body: string | Uint8Array, rows: RowSchema): string {
  const schema = { schemaVersion: 1, title: "t", algorithm: null, trainedOn: type, rows } as const;
  try {
    const unchecked = checkRequest(schema, type, Buffer.from(body));
    return unchecked === undefined ? "sent" : `sent unchecked: ${unchecked}`;
  } catch (error) {
    if (error instanceof RequestRefused) return error.message;
    throw error;
  }
}

/** A request of a content type to a model of three features, or of other rows. */
export const of =
  (type: string, rows: RowSchema = features) =>
  (name: string, body: string | Uint8Array, expected: string): MalformedCase => ({
    name: `${type}: ${name}`,
    expected,
    seen: () => toldOfRequest(type, body, rows),
  });
