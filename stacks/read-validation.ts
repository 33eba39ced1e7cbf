import type { TrainingRun } from "../components/algorithms/algorithm.ts";
import { checkMetric, checkMetricName } from "../components/algorithms/check-metric.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import type { ValidationConfig } from "./config.ts";
import type { Problem } from "./config-error.ts";
import { validationSection } from "./pipeline-sections.ts";
import { readSection } from "./section.ts";

const off = "validation: { enabled: false }";

/** @returns `undefined` where something is wrong, and reported. */
export function readValidation(
  choice: AlgorithmChoice,
  run: TrainingRun | undefined,
  raw: unknown,
  path: string,
  problems: Problem[],
): ValidationConfig | undefined {
  if (raw === undefined || raw === null) {
    const remedy = `add validation: { metric: "validation:error", threshold: 0.1 }, or ${off} to deploy every model`;
    problems.push({
      path,
      received: raw,
      rule: "required: what a model must reach before it serves",
      remedy,
    });
    return undefined;
  }
  const before = problems.length;
  const { enabled, metric, threshold, direction } = readSection(
    validationSection,
    raw,
    path,
    problems,
  );
  if (enabled === false) return { enabled };
  const isRead = problems.length === before;

  const requireKey = (key: string, rule: string, remedy: string) =>
    problems.push({
      path: `${path}.${key}`,
      received: undefined,
      rule: `required: ${rule}`,
      remedy,
    });
  if (isRead && metric === undefined) {
    requireKey(
      "metric",
      "the metric that decides",
      `add it, such as metric: "validation:error", or write ${off}`,
    );
  }
  if (isRead && threshold === undefined) {
    requireKey("threshold", "what the metric is compared with", "add it, such as threshold: 0.1");
  }
  if (metric === undefined) return undefined;
  const finding = checkGateMetric(choice, run, metric);
  if (finding !== undefined)
    problems.push({ path: `${path}.metric`, received: metric, ...finding });

  const own = choice.catalogued?.algorithm.metrics[metric]?.direction;
  if (own !== undefined && direction !== undefined && own !== direction) {
    const rule = `${metric} is better when ${own === "min" ? "smaller" : "greater"}`;
    const remedy = "remove direction: the catalogue knows it";
    problems.push({ path: `${path}.direction`, received: direction, rule, remedy });
  }
  const isImage = choice.config !== undefined && choice.catalogued === undefined;
  if (isRead && isImage && direction === undefined) {
    requireKey(
      "direction",
      "nothing is known of the image's metrics",
      "write direction: min where smaller is better, else max",
    );
  }
  const decided = own ?? direction;
  if (threshold === undefined || decided === undefined) return undefined;
  return { enabled: true, metric, direction: decided, threshold };
}

function checkGateMetric(
  { catalogued }: AlgorithmChoice,
  run: TrainingRun | undefined,
  metric: string,
) {
  if (run !== undefined) return checkMetric(run, metric);
  return catalogued === undefined ? undefined : checkMetricName(catalogued, metric);
}
