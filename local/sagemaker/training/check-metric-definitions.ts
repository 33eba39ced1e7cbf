import type { CreateTrainingJobRequest } from "@aws-sdk/client-sagemaker";
import { AwsError } from "../../cloud/aws-error.ts";
import type { Runner } from "../runner.ts";

/**
 * A built-in algorithm has its own metric definitions; those of an own container come with each job.
 * @throws AwsError
 */
export function checkMetricDefinitions(request: CreateTrainingJobRequest, runner: Runner): void {
  const definitions = request.AlgorithmSpecification?.MetricDefinitions ?? [];
  if (definitions.length > 0 && runner.metricDefinitions !== undefined) {
    throw new AwsError(
      "ValidationException",
      "You can't override the metric definitions for Amazon SageMaker algorithms. Please retry your request without specifying metric definitions.",
    );
  }
  for (const { Name: name, Regex: regex } of definitions) {
    try {
      new RegExp(regex as string);
    } catch (error) {
      throw new AwsError(
        "ValidationException",
        `The regular expression of metric ${name} cannot be used: ${(error as Error).message}`,
      );
    }
  }
}
