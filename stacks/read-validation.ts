import { checkMetricName } from "../components/algorithms/check-metric.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import { checkGate } from "./check-gate.ts";
import type { ValidationConfig } from "./config.ts";
import type { Report } from "./config-report.ts";
import { type Emitted, exampleMetric } from "./example-metric.ts";
import { validationSection } from "./pipeline-sections.ts";
import { readSection } from "./section.ts";

const off = "validation: { enabled: false }";

/** @returns `undefined` where something is wrong, and reported. */
export function readValidation(
  choice: AlgorithmChoice,
  emitted: Emitted,
  raw: unknown,
  path: string,
  report: Report,
): ValidationConfig | undefined {
  const { problems } = report;
  const example = exampleMetric(choice, emitted.run);
  if (raw === undefined || raw === null) {
    const rule = "required: what a model must reach before it serves";
    const gate = `validation: { metric: "${example}", threshold: 0.1 }, or `;
    const remedy = `add ${example === undefined ? "" : gate}${off} to deploy every model`;
    problems.push({ path, received: raw, rule, remedy });
    return undefined;
  }
  const before = problems.length;
  const read = readSection(validationSection, raw, path, problems);
  const { enabled, metric, threshold, direction } = read;
  if (enabled === false) return { enabled };
  const isRead = problems.length === before;
  if (example === undefined && choice.catalogued !== undefined) {
    const none = checkMetricName(choice.catalogued, metric ?? "");
    if (none !== undefined) problems.push({ path, received: raw, ...none });
    return undefined;
  }

  const require = (key: string, rule: string, remedy: string) => {
    const place = `${path}.${key}`;
    problems.push({ path: place, received: undefined, rule: `required: ${rule}`, remedy });
  };
  if (isRead && metric === undefined) {
    const remedy = `add it, such as metric: "${example}", or write ${off}`;
    require("metric", "the metric that decides", remedy);
  }
  if (isRead && threshold === undefined) {
    require("threshold", "what the metric is compared with", "add it, such as threshold: 0.1");
  }
  if (metric === undefined) return undefined;
  const decided = checkGate(choice, emitted, { metric, direction, isRead }, path, report);
  if (threshold === undefined || decided === undefined) return undefined;
  return { enabled: true, metric, direction: decided, threshold };
}
