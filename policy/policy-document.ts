import { at, list } from "./property.ts";

/** A statement of an IAM policy, its lists as lists. */
export interface Statement {
  effect: unknown;
  principals: unknown[];
  actions: unknown[];
  resources: unknown[];
  /** Allows or denies all but what it names. */
  inverted: boolean;
  condition: unknown;
}

/** @param document JSON text, or the object that it stands for */
export function statementsOf(document: unknown): Statement[] {
  const parsed: unknown = typeof document === "string" ? JSON.parse(document) : document;
  return list(at(parsed, "Statement")).map((statement) => ({
    effect: at(statement, "Effect"),
    principals: principalsOf(at(statement, "Principal")),
    actions: list(at(statement, "Action")),
    resources: list(at(statement, "Resource")),
    inverted:
      at(statement, "NotAction") !== undefined || at(statement, "NotResource") !== undefined,
    condition: at(statement, "Condition"),
  }));
}

function principalsOf(principal: unknown): unknown[] {
  if (typeof principal !== "object" || principal === null) return list(principal);
  return Object.values(principal).flatMap(list);
}

/**
 * Whether the policy refuses every request without TLS.
 *
 * @param service `s3`: `s3:*` is what it must deny, to everyone
 * @param covers what it must deny it on; each has to match one of the statement's resources
 */
export function requiresTls(document: unknown, service: string, covers: RegExp[]): boolean {
  return statementsOf(document).some(
    ({ effect, principals, actions, resources, inverted, condition }) =>
      effect === "Deny" &&
      !inverted &&
      principals.includes("*") &&
      (actions.includes(`${service}:*`) || actions.includes("*")) &&
      covers.every((pattern) => resources.some((each) => pattern.test(String(each)))) &&
      String(at(condition, "Bool", "aws:SecureTransport")) === "false" &&
      Object.keys(condition as object).length === 1,
  );
}
