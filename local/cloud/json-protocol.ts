import { randomUUID } from "node:crypto";
import type { Check } from "../ministack/identity.ts";
import { AwsError } from "./aws-error.ts";
import type { Service } from "./service.ts";
import { inputError, type ServiceModel, validateOutput } from "./service-model.ts";

/** One answer over HTTP. */
export interface JsonAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A service behind the AWS JSON 1.1 protocol: `X-Amz-Target: <prefix>.<operation>`. */
export interface JsonService {
  /** As in the service's ARNs: `sagemaker`, `glue`. */
  name: string;
  service: Service;
  /** Loaded when the first request comes. */
  model: () => ServiceModel;
}

export interface JsonRequest {
  operation: string;
  body: Buffer;
  /** @throws AwsError when the caller may not do one of these */
  authorize(checks: readonly Check[]): Promise<unknown>;
}

/** Answers one request of the JSON protocol; every failure becomes an AWS-shaped error. */
export async function answerJson(
  target: JsonService,
  request: JsonRequest,
  log: (line: string) => void,
): Promise<JsonAnswer> {
  const { operation } = request;
  try {
    return answer(200, await perform(target, request));
  } catch (error) {
    if (error instanceof AwsError) return errorAnswer(error);
    log(`${target.name} ${operation} failed: ${(error as Error).stack ?? String(error)}`);
    return errorAnswer(new AwsError("InternalFailure", String((error as Error).message), 500));
  }
}

async function perform(
  target: JsonService,
  { operation, body, authorize }: JsonRequest,
): Promise<object> {
  const model = target.model();
  if (!model.operations[operation]) {
    throw new AwsError("UnknownOperationException", `${target.name} has no operation ${operation}`);
  }
  const perform = target.service.operations[operation];
  if (!perform) {
    throw new AwsError(
      "UnknownOperationException",
      `The operation ${operation} of ${target.name} is not supported by the local cloud`,
    );
  }
  const request = parse(body);
  const refused = inputError(model, operation, request);
  if (refused) throw refused;
  const checks = target.service.checks[operation];
  if (!checks) throw new Error(`nothing says what ${target.name} ${operation} asks IAM`);
  await authorize(checks(request as never));
  const response = onWire(await perform(request as never));
  const problems = validateOutput(model, operation, response);
  if (problems.length > 0) {
    throw new Error(`the response does not fit AWS's model: ${problems.join("; ")}`);
  }
  return response;
}

function parse(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (error) {
    throw new AwsError(
      "SerializationException",
      `The request is not JSON: ${(error as Error).message}`,
    );
  }
}

/** Dates travel as epoch seconds; members without a value do not travel. */
function onWire(response: object): object {
  const seconds = (value: unknown): unknown => {
    if (value instanceof Date) return value.getTime() / 1000;
    if (Array.isArray(value)) return value.map(seconds);
    if (typeof value === "object" && value !== null) {
      const entries = Object.entries(value).filter(([, item]) => item !== undefined);
      return Object.fromEntries(entries.map(([name, item]) => [name, seconds(item)]));
    }
    return value;
  };
  return seconds(response) as object;
}

/** An error as the JSON protocol carries it. */
export function errorAnswer(error: AwsError): JsonAnswer {
  return answer(error.status, { __type: error.code, message: error.message });
}

function answer(status: number, content: object): JsonAnswer {
  const body = JSON.stringify(content);
  return {
    status,
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "content-length": String(Buffer.byteLength(body)),
      "x-amzn-requestid": randomUUID(),
    },
    body,
  };
}
