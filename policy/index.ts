import {
  PolicyPack,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationArgs,
  type StackValidationPolicy,
} from "@pulumi/policy";
import { evaluate, type Resource, type Rule } from "./rule.ts";
import { rules } from "./rules/index.ts";

new PolicyPack("retraining-security", {
  enforcementLevel: "mandatory",
  policies: rules.map((rule) => (rule.scope === "resource" ? onEach(rule) : onStack(rule))),
});

/** Checked before the resource is created: a violation keeps it from being created. */
function onEach(rule: Rule): ResourceValidationPolicy {
  return {
    name: rule.name,
    description: rule.description,
    validateResource(args, report) {
      for (const { message } of evaluate([rule], [ofArgs(args)])) report(message);
    },
  };
}

/** Checked once all resources are known: rules on how several of them go together. */
function onStack(rule: Rule): StackValidationPolicy {
  return {
    name: rule.name,
    description: rule.description,
    validateStack(args, report) {
      for (const { message, urn } of evaluate([rule], args.resources.map(ofStack))) {
        report(message, urn);
      }
    },
  };
}

function ofArgs({ type, name, urn, props }: ResourceValidationArgs): Resource {
  return { type, name, urn, props, references: {} };
}

function ofStack(resource: StackValidationArgs["resources"][number]): Resource {
  const { type, name, urn, props, propertyDependencies } = resource;
  const references = Object.fromEntries(
    Object.entries(propertyDependencies).map(([property, resources]) => [
      property,
      resources.map((each) => each.urn),
    ]),
  );
  return { type, name, urn, props, references };
}
