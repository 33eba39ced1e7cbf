import type { DescribeExecutionOutput } from "@aws-sdk/client-sfn";
import type { RunReport } from "../../handlers/record-run/report.ts";

/** What a person can do about an error of a run, by the error's name. */
const remedies: Record<string, string> = {
  EtlFailed: "mend the input as the error says, and upload it again",
  ModelRejected:
    "look at the data, or change hyperparameters or validation.threshold in the stack's config",
  MetricMissing:
    "name one of those metrics in validation.metric, or ask for the metric with eval_metric",
  TrainingFailed: "mend the hyperparameters or the data that the training container names",
};

/** Which step of the run failed, why, and what to do. */
export function explainFailure(
  execution: DescribeExecutionOutput,
  report: RunReport | undefined,
): string {
  const name = report?.error?.name ?? execution.error ?? execution.status ?? "unknown";
  const cause = report?.error?.cause ?? execution.cause ?? "";
  const remedy = remedies[name];
  const lines = [
    `run ${execution.name} ended as ${execution.status}: ${name}`,
    ...cause.split("\n").map((line) => `    ${line}`),
    ...(remedy ? [`  what to do: ${remedy}`] : []),
  ];
  return lines.join("\n");
}
