import { at } from "./property.ts";
import type { Resource } from "./rule.ts";

/** Resources of `type` that name `target` in `property`. */
export function referrers(
  stack: readonly Resource[],
  type: string,
  property: string,
  target: Resource,
): Resource[] {
  return stack.filter((each) => each.type === type && refersTo(each, property, target));
}

/** Whether `property` of `resource` holds an output of `target`, or its name, ARN or URL as text. */
export function refersTo(resource: Resource, property: string, target: Resource): boolean {
  const urns = resource.references[property] ?? [];
  if (urns.length > 0) return urns.includes(target.urn);
  const name = target.props["bucket"] ?? target.props["name"];
  if (typeof name !== "string") return false;
  return texts(at(resource.props, property))
    .map((text) => text.replace(/:\*$/, "")) // a log group's ARN, as Step Functions wants it
    .some((text) => text === name || text.endsWith(`:${name}`) || text.endsWith(`/${name}`));
}

/** Every text in `value`, however deep. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(texts);
}
