import type { CreateTransformJobRequest } from "@aws-sdk/client-sagemaker";
import type { WorkerResponse } from "../runtime/worker-response.ts";

/** How a model is asked. */
export interface ExecutionParameters {
  /** Requests at a time. */
  maxConcurrentTransforms: number;
  maxPayloadInMb: number;
  batchStrategy: "MultiRecord" | "SingleRecord";
}

type Requested = Pick<
  CreateTransformJobRequest,
  "MaxConcurrentTransforms" | "MaxPayloadInMB" | "BatchStrategy"
>;

/** Requests at a time that each have megabytes of payload may not exceed this together. */
export const MAX_TOTAL_PAYLOAD_MB = 100;

const strategies = { MULTI_RECORD: "MultiRecord", SINGLE_RECORD: "SingleRecord" } as const;

/**
 * What the job says, else what the container's GET /execution-parameters says, else SageMaker's defaults.
 * @param answer of the container, which need not have that path
 */
export function executionParameters(
  requested: Requested,
  answer: WorkerResponse | undefined,
): ExecutionParameters {
  const own = answer?.status === 200 ? parse(answer.body) : {};
  return {
    maxConcurrentTransforms:
      requested.MaxConcurrentTransforms || positive(own["MaxConcurrentTransforms"]) || 1,
    maxPayloadInMb: requested.MaxPayloadInMB ?? (positive(own["MaxPayloadInMB"]) || 6),
    batchStrategy:
      requested.BatchStrategy ??
      strategies[own["BatchStrategy"] as keyof typeof strategies] ??
      "MultiRecord",
  };
}

/** Environment variables that tell a container what the job asked for; what it did not ask for is not told. */
export function batchEnvironment(requested: Requested): Record<string, string> {
  const { MaxConcurrentTransforms: concurrent, MaxPayloadInMB: payload } = requested;
  const strategy = requested.BatchStrategy;
  return {
    SAGEMAKER_BATCH: "true",
    ...(concurrent ? { SAGEMAKER_MAX_CONCURRENT_TRANSFORMS: String(concurrent) } : {}),
    ...(payload === undefined ? {} : { SAGEMAKER_MAX_PAYLOAD_IN_MB: String(payload) }),
    ...(strategy === undefined
      ? {}
      : {
          SAGEMAKER_BATCH_STRATEGY: strategy === "SingleRecord" ? "SINGLE_RECORD" : "MULTI_RECORD",
        }),
  };
}

function parse(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function positive(value: unknown): number {
  return typeof value === "number" && value > 0 ? value : 0;
}
