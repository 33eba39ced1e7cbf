import { patternOf } from "./java-pattern.ts";
import type { ModelMember, ModelShape, ServiceModel } from "./service-model.ts";

/** Something in a value that does not fit the service's model. */
export interface Problem {
  /**
   * `type`: AWS could not even read the value (SerializationException). `constraint`: read, but not allowed
   * (ValidationException). `unknown`: a member that the model does not have.
   */
  kind: "type" | "constraint" | "unknown";
  /** Where, as AWS writes it: `resourceConfig.instanceCount`, `inputDataConfig.1.member.channelName`. */
  path: string;
  /** One sentence, as AWS words it where AWS has a wording. */
  message: string;
}

export interface CheckOptions {
  /** True for a value that stands for one not known yet (a state machine's expression): taken as it is. */
  isPlaceholder?: (value: unknown) => boolean;
}

/** Everything in `value` that does not fit the shape `name`; nothing when it fits. */
export function checkShape(
  model: ServiceModel,
  name: string,
  value: unknown,
  options: CheckOptions = {},
): Problem[] {
  const problems: Problem[] = [];
  check({ model, options, problems }, { shape: name }, value, "");
  return problems;
}

interface Walk {
  model: ServiceModel;
  options: CheckOptions;
  problems: Problem[];
}

function check(walk: Walk, member: ModelMember, value: unknown, path: string): void {
  if (walk.options.isPlaceholder?.(value)) return;
  const shape = shapeOf(walk.model, member.shape);
  if (shape.document || member.document) return;
  switch (shape.type) {
    case "structure":
      checkStructure(walk, shape, value, path);
      break;
    case "list":
      checkList(walk, shape, value, path);
      break;
    case "map":
      checkMap(walk, shape, value, path);
      break;
    case "string":
      if (typeof value !== "string") wrongType(walk, path, value, "a String");
      else checkString(walk, shape, value, path);
      break;
    case "integer":
    case "long":
      if (!Number.isInteger(value)) wrongType(walk, path, value, "an Integer");
      else checkRange(walk, shape, value as number, path);
      break;
    case "float":
    case "double":
      if (typeof value !== "number") wrongType(walk, path, value, "a Number");
      else checkRange(walk, shape, value, path);
      break;
    case "boolean":
      if (typeof value !== "boolean") wrongType(walk, path, value, "a Boolean");
      break;
    case "timestamp":
      if (!isTimestamp(value)) wrongType(walk, path, value, "a Timestamp");
      break;
    case "blob":
      if (typeof value !== "string") wrongType(walk, path, value, "a Blob");
      break;
    default:
      throw new Error(`shape ${member.shape}: type ${shape.type} is not handled`);
  }
}

function checkStructure(walk: Walk, shape: ModelShape, value: unknown, path: string): void {
  if (!isRecord(value)) {
    wrongType(walk, path, value, "a structure");
    return;
  }
  const members = shape.members ?? {};
  for (const name of shape.required ?? []) {
    if (value[name] === undefined || value[name] === null) {
      violates(walk, join(path, name), null, "Member must not be null");
    }
  }
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined || item === null) continue;
    const member = members[name];
    if (member) check(walk, member, item, join(path, name));
    else unknownMember(walk, path, name, Object.keys(members));
  }
  if (shape.union) checkUnion(walk, value, Object.keys(members), path);
}

function checkUnion(
  walk: Walk,
  value: Record<string, unknown>,
  names: string[],
  path: string,
): void {
  const set = names.filter((name) => value[name] !== undefined && value[name] !== null);
  if (set.length === 1) return;
  walk.problems.push({
    kind: "type",
    path,
    message: `Union at '${path}' must have exactly one of ${names.join(", ")} set, got ${set.length}`,
  });
}

function checkList(walk: Walk, shape: ModelShape, value: unknown, path: string): void {
  if (!Array.isArray(value)) {
    wrongType(walk, path, value, "a list");
    return;
  }
  checkLength(walk, shape, value, value.length, path);
  const member = shape.member;
  if (!member) throw new Error(`list at '${path}' has no member in the model`);
  for (const [i, item] of value.entries()) {
    const itemPath = `${path}.${i + 1}.member`;
    if (item === null) violates(walk, itemPath, null, "Member must not be null");
    else check(walk, member, item, itemPath);
  }
}

function checkMap(walk: Walk, shape: ModelShape, value: unknown, path: string): void {
  if (!isRecord(value)) {
    wrongType(walk, path, value, "a map");
    return;
  }
  checkLength(walk, shape, value, Object.keys(value).length, path);
  const { key, value: member } = shape;
  if (!key || !member) throw new Error(`map at '${path}' has no key or value in the model`);
  for (const [name, item] of Object.entries(value)) {
    check(walk, key, name, `${path}.${name}.key`);
    if (item === null) violates(walk, `${path}.${name}.member`, null, "Member must not be null");
    else check(walk, member, item, `${path}.${name}.member`);
  }
}

function checkString(walk: Walk, shape: ModelShape, value: string, path: string): void {
  if (shape.enum && !shape.enum.includes(value)) {
    violates(walk, path, value, `Member must satisfy enum value set: [${shape.enum.join(", ")}]`);
  }
  // Length first: patterns are only tried on values of a bounded size.
  if (!checkLength(walk, shape, value, [...value].length, path)) return;
  if (shape.pattern && !patternOf(shape.pattern).test(value)) {
    violates(walk, path, value, `Member must satisfy regular expression pattern: ${shape.pattern}`);
  }
}

function checkLength(
  walk: Walk,
  shape: ModelShape,
  value: unknown,
  length: number,
  path: string,
): boolean {
  const before = walk.problems.length;
  if (shape.min !== undefined && length < shape.min) {
    violates(walk, path, value, `Member must have length greater than or equal to ${shape.min}`);
  }
  if (shape.max !== undefined && length > shape.max) {
    violates(walk, path, value, `Member must have length less than or equal to ${shape.max}`);
  }
  return walk.problems.length === before;
}

function checkRange(walk: Walk, shape: ModelShape, value: number, path: string): void {
  if (shape.min !== undefined && value < shape.min) {
    violates(walk, path, value, `Member must have value greater than or equal to ${shape.min}`);
  }
  if (shape.max !== undefined && value > shape.max) {
    violates(walk, path, value, `Member must have value less than or equal to ${shape.max}`);
  }
}

function violates(walk: Walk, path: string, value: unknown, constraint: string): void {
  const shown =
    value === null
      ? "null"
      : `'${typeof value === "object" ? JSON.stringify(value) : String(value)}'`;
  walk.problems.push({
    kind: "constraint",
    path,
    message: `Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`,
  });
}

function wrongType(walk: Walk, path: string, value: unknown, wanted: string): void {
  const got = value === null ? "null" : Array.isArray(value) ? "list" : typeof value;
  walk.problems.push({
    kind: "type",
    path,
    message: `Value of type ${got} at '${path}' can not be converted to ${wanted}`,
  });
}

function unknownMember(walk: Walk, path: string, name: string, known: string[]): void {
  const where = path === "" ? "the request" : `'${path}'`;
  walk.problems.push({
    kind: "unknown",
    path: join(path, name),
    message: `Unknown member '${name}' in ${where}; known members: ${known.join(", ") || "none"}`,
  });
}

function shapeOf(model: ServiceModel, name: string): ModelShape {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`the model of ${model.service} has no shape ${name}`);
  return shape;
}

/** Epoch seconds on the JSON wire; ISO 8601 in a state machine's arguments. */
function isTimestamp(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** AWS names members in its messages with a small first letter. */
function join(path: string, name: string): string {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return path === "" ? member : `${path}.${member}`;
}
