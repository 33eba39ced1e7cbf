import type { ComparisonMetric } from "../components/comparison-metrics.ts";
import { checkInstanceChoice } from "./check-instance-choice.ts";
import type { PromotionConfig } from "./comparison-config.ts";
import { promotionSection } from "./comparison-sections.ts";
import type { Report } from "./config-report.ts";
import type { ReadCandidate } from "./read-candidates.ts";
import { readEndpoint } from "./read-endpoint.ts";
import { readSection, untouched } from "./section.ts";

interface Promoted {
  base: string;
  candidates: readonly ReadCandidate[];
  metric: ComparisonMetric | undefined;
}

/** Whether, where to and from what score on a clear winner is deployed. Its endpoint has to suit whichever wins. */
export function readPromotion(
  { base, candidates, metric }: Promoted,
  raw: unknown,
  path: string,
  report: Report,
): Partial<Omit<PromotionConfig, "endpoint">> & { endpoint: Partial<PromotionConfig["endpoint"]> } {
  const { problems } = report;
  const shape = { ...promotionSection, endpoint: untouched };
  const { enabled, threshold, ...sections } = readSection(shape, raw, path, problems);
  const kind = "comparison";
  const endpoint = readEndpoint({ base, kind }, sections.endpoint, `${path}.endpoint`, problems);
  const wrong = metric && threshold !== undefined ? checkThreshold(metric, threshold) : undefined;
  if (wrong !== undefined) {
    problems.push({ path: `${path}.threshold`, received: threshold, ...wrong });
  }
  if (enabled === true) {
    const serving = { use: "endpoint", ...endpoint } as const;
    for (const { choice, config } of candidates) {
      const found: Report = { problems: [], warnings: [] };
      const { hyperparameters } = config.training;
      checkInstanceChoice(choice, hyperparameters, serving, `${path}.endpoint`, found);
      addNew(report, found);
    }
  }
  return { enabled: enabled ?? false, threshold, endpoint };
}

/** Of what several candidates forbid, the first one says enough. */
function addNew(report: Report, found: Report) {
  for (const problem of found.problems) {
    const isTold = report.problems.some(({ path }) => path === problem.path);
    if (!isTold) report.problems.push(problem);
  }
  for (const warning of found.warnings) {
    const isTold = report.warnings.some(({ path }) => path === warning.path);
    if (!isTold) report.warnings.push(warning);
  }
}

/** Scores have ends: a threshold beyond them lets nothing pass, or everything. */
function checkThreshold(metric: ComparisonMetric, threshold: number) {
  const isShare = metric === "accuracy" || metric === "f1" || metric === "auc";
  if (isShare && (threshold < 0 || threshold > 1)) {
    return {
      rule: `${metric} lies between 0 and 1`,
      remedy:
        threshold > 1 && threshold <= 100 ? `write ${threshold / 100}` : "write such a number",
    };
  }
  if (metric === "r2" && threshold > 1) return { rule: "r2 is 1 at most", remedy: "lower it" };
  if (threshold >= 0 || metric === "r2") return undefined;
  return { rule: `${metric} is 0 at least: nothing would pass`, remedy: "raise it" };
}
