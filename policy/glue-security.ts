import { refersTo } from "./reference.ts";
import type { Resource } from "./rule.ts";

/** The security configuration that a Glue job runs with. */
export function securityOf(job: Resource, stack: readonly Resource[]): Resource | undefined {
  return stack.find(
    (each) =>
      each.type === "aws:glue/securityConfiguration:SecurityConfiguration" &&
      refersTo(job, "securityConfiguration", each),
  );
}
