import { ecrCases } from "./ecr-cases.ts";
import { eventCases } from "./event-cases.ts";
import { functionCases } from "./function-cases.ts";
import type { ResourceCase } from "./resource-case.ts";
import { s3Cases } from "./s3-cases.ts";

export type { ResourceCase } from "./resource-case.ts";

/** A case for each resource type. `queueUrl`: of the parent queue, which is known only once that is made. */
export const resourceCases = (queueUrl: string): ResourceCase[] => [
  ...s3Cases,
  ...ecrCases,
  ...eventCases(queueUrl),
  ...functionCases,
];
