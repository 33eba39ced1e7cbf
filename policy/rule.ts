import { exemptions } from "./exemptions.ts";

/** A resource of the stack, as the engine shows it to policies. */
export interface Resource {
  /** `aws:s3/bucket:Bucket` */
  type: string;
  name: string;
  urn: string;
  /** Reading one that a preview does not know yet throws; what is only asked for with `in` does not. */
  props: Record<string, unknown>;
  /** By property: URNs of the resources whose outputs it holds, which a preview knows before it knows the value. */
  references: Record<string, readonly string[]>;
}

export interface Rule {
  /** As in cdk-nag, where one of its packs has the rule: `AwsSolutions-S2`. */
  name: string;
  description: string;
  /** Whether one resource tells, or all of them are needed. */
  scope: "resource" | "stack";
  types: readonly string[];
  /** What is wrong with `resource`, one message for each; `stack` has nothing else where the scope is one resource. */
  check(resource: Resource, stack: readonly Resource[]): string[];
}

export interface Violation {
  rule: string;
  urn: string;
  message: string;
}

/** What of `stack` breaks `rules` and is not exempt. */
export function evaluate(rules: readonly Rule[], stack: readonly Resource[]): Violation[] {
  return rules.flatMap((rule) =>
    stack
      .filter(({ type }) => rule.types.includes(type))
      .filter((resource) => !isExempt(rule, resource, stack))
      .flatMap((resource) =>
        rule
          .check(resource, stack)
          .map((message) => ({ rule: rule.name, urn: resource.urn, message })),
      ),
  );
}

function isExempt(rule: Rule, resource: Resource, stack: readonly Resource[]): boolean {
  return exemptions.some(
    (exemption) => exemption.rule === rule.name && exemption.applies(resource, stack),
  );
}
