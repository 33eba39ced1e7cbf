import { expect } from "chai";
import { evaluate, type Resource } from "../../policy/rule.ts";
import { rules } from "../../policy/rules/index.ts";

/** A resource that nothing refers to by its outputs: names and ARNs as text do. */
export function resource(
  type: string,
  name: string,
  props: Record<string, unknown>,
  references: Record<string, string[]> = {},
): Resource {
  return { type, name, urn: urnOf(type, name), props, references };
}

export function urnOf(type: string, name: string): string {
  return `urn:pulumi:test::retraining::${type}::${name}`;
}

/** What one rule says of these resources. */
export function messagesOf(rule: string, ...stack: Resource[]): string[] {
  const chosen = rules.filter(({ name }) => name === rule);
  if (chosen.length !== 1) throw new Error(`${chosen.length} rules are called ${rule}`);
  return evaluate(chosen, stack).map(({ message }) => message);
}

/** Resources that keep a rule, or what it says of them. */
export type Case = readonly [what: string, stack: Resource[], messages?: string[]];

/** One test for each case, under the rule's name. */
export function holds(rule: string, cases: readonly Case[]) {
  describe(rule, () => {
    for (const [what, stack, messages = []] of cases) {
      it(`${messages.length === 0 ? "accepts" : "refuses"} ${what}`, () => {
        expect(messagesOf(rule, ...stack)).to.deep.equal(messages);
      });
    }
  });
}

/** A policy document of these statements, as text. */
export function policy(...statements: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export function denyWithoutTls(actions: string[], resources: string[]) {
  return {
    Effect: "Deny",
    Principal: "*",
    Action: actions,
    Resource: resources,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
