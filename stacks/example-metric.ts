import type { TrainingRun } from "../components/algorithms/algorithm.ts";
import { checkMetric, checkMetricName } from "../components/algorithms/check-metric.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";

/** What training reports, as far as hyperparameters tell. */
export interface Emitted {
  /** Absent for an image, and while it is open which metrics the run emits. */
  run: TrainingRun | undefined;
  /** Whether the run may emit metrics that the catalogue does not know. */
  mayEmitOthers: boolean;
}

/** A metric that there can be a gate on; `undefined` for an algorithm from which SageMaker reads none. */
export function exampleMetric(
  { catalogued }: AlgorithmChoice,
  run: TrainingRun | undefined,
): string | undefined {
  if (catalogued === undefined) return "validation:error";
  const known = Object.keys(catalogued.algorithm.metrics).filter(
    (name) => checkMetricName(catalogued, name) === undefined,
  );
  const emitted = run && known.filter((name) => checkMetric(run, name) === undefined);
  const isMeasuredAside = (name: string) => !name.startsWith("train:");
  return emitted?.find(isMeasuredAside) ?? emitted?.[0] ?? known[0];
}
