import { maxComparedRows } from "../components/max-predicted-rows.ts";
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
  const { samples, resamples, confidence } = read;
  if (resamples === undefined || confidence === undefined || candidates < 2) return read;
  const most = maxComparedRows(candidates, resamples);
  if (typeof samples === "number" && samples > most) {
    problems.push({
      path: `${path}.samples`,
      received: samples,
      rule: `at most ${most} with ${candidates} candidates and ${resamples} resamples: more take longer than a function may`,
      remedy: `lower it to ${most} at most, or lower resamples`,
    });
  }
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
