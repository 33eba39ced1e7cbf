import type { EvaluationConfig } from "./comparison-config.ts";
import { evaluationSection } from "./comparison-sections.ts";
import type { Report } from "./config-report.ts";
import { isMapping, readSection } from "./section.ts";

/** How candidates are scored; `candidates` is how many there are. */
export function readEvaluation(
  candidates: number,
  raw: unknown,
  path: string,
  { problems, warnings }: Report,
): Partial<EvaluationConfig> {
  const read = readSection(evaluationSection, raw, path, problems);
  const { resamples, confidence } = read;
  if (resamples === undefined || confidence === undefined || candidates < 2) return read;
  // each interval against the best one is wider, so that all of them together hold as surely
  const tail = (1 - confidence) / (candidates - 1) / 2;
  const needed = Math.ceil(1 / tail - 1e-6);
  if (resamples < needed) {
    const message = `an interval of ${confidence} among ${candidates} candidates leaves out less than one of ${resamples} resamples at each end: write ${needed} at least`;
    warnings.push({ path: `${path}.resamples`, message });
  }
  return read;
}

/** Whether candidates are asked by batch transform, as far as it can be told. */
export function isBatch(raw: unknown): boolean {
  return isMapping(raw) && raw["by"] === "batch";
}
