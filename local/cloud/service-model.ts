import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { AwsError } from "./aws-error.ts";
import { type CheckOptions, checkShape, type Problem } from "./shape-check.ts";

/** A reference to a shape, from a member, a list, a map or an operation. */
export interface ModelMember {
  shape: string;
  document?: boolean;
}

/** A shape of AWS's service model, as far as values are checked against it. */
export interface ModelShape {
  type: string;
  members?: Record<string, ModelMember>;
  required?: string[];
  member?: ModelMember;
  key?: ModelMember;
  value?: ModelMember;
  enum?: string[];
  pattern?: string;
  min?: number;
  max?: number;
  union?: boolean;
  document?: boolean;
}

export interface ModelOperation {
  input?: ModelMember;
  output?: ModelMember;
  errors?: ModelMember[];
}

/** AWS's own description of one service. */
export interface ServiceModel {
  /** botocore's name of the service: `sagemaker`, `glue`, `stepfunctions`. */
  service: string;
  metadata: { targetPrefix?: string; jsonVersion?: string; protocol?: string };
  operations: Record<string, ModelOperation>;
  shapes: Record<string, ModelShape>;
}

const loaded = new Map<string, ServiceModel>();

/**
 * AWS's model of a service, from the botocore that is installed beside `python`.
 * @param service botocore's name: `sagemaker`, `glue`, `lambda`
 * @param python interpreter of a virtual environment that holds botocore
 * @throws Error when that environment has no model of the service
 */
export function loadServiceModel(service: string, python: string): ServiceModel {
  const key = `${python}\n${service}`;
  let model = loaded.get(key);
  if (!model) {
    const text = gunzipSync(readFileSync(modelFile(service, python))).toString("utf8");
    model = { ...(JSON.parse(text) as Omit<ServiceModel, "service">), service };
    loaded.set(key, model);
  }
  return model;
}

function modelFile(service: string, python: string): string {
  const lib = join(dirname(dirname(python)), "lib");
  for (const version of readdirSync(lib).filter((name) => name.startsWith("python"))) {
    const folder = join(lib, version, "site-packages", "botocore", "data", service);
    const newest = versionsIn(folder).at(-1);
    if (newest) return join(folder, newest, "service-2.json.gz");
  }
  throw new Error(`no botocore with a model of "${service}" below ${lib}`);
}

function versionsIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** What in `value` does not fit the input of an operation: one sentence each, none when it fits. */
export function validateInput(
  model: ServiceModel,
  operation: string,
  value: unknown,
  options: CheckOptions = {},
): string[] {
  return checkInput(model, operation, value, options).map((problem) => problem.message);
}

/** What in `value` does not fit the output of an operation: one sentence each, none when it fits. */
export function validateOutput(model: ServiceModel, operation: string, value: unknown): string[] {
  const output = operationOf(model, operation).output;
  if (!output) {
    return Object.keys(value as object).map((name) => `Unknown member '${name}' in the response`);
  }
  return checkShape(model, output.shape, value).map((problem) => problem.message);
}

/** The error that AWS answers to a request that does not fit its model; undefined when it fits. */
export function inputError(
  model: ServiceModel,
  operation: string,
  value: unknown,
): AwsError | undefined {
  const problems = checkInput(model, operation, value);
  const unreadable = problems.find((problem) => problem.kind === "type");
  if (unreadable) return new AwsError("SerializationException", unreadable.message);
  if (problems.length === 0) return undefined;
  const count = `${problems.length} validation error${problems.length === 1 ? "" : "s"} detected`;
  const messages = problems.map((problem) => problem.message);
  return new AwsError("ValidationException", `${count}: ${messages.join("; ")}`);
}

function checkInput(
  model: ServiceModel,
  operation: string,
  value: unknown,
  options: CheckOptions = {},
): Problem[] {
  const input = operationOf(model, operation).input;
  return input ? checkShape(model, input.shape, value, options) : [];
}

function operationOf(model: ServiceModel, name: string): ModelOperation {
  const operation = model.operations[name];
  if (!operation) throw new Error(`${model.service} has no operation ${name}`);
  return operation;
}
