import type { TrainingRun } from "../components/algorithms/algorithm.ts";
import { checkMetric, checkMetricName } from "../components/algorithms/check-metric.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import { checkTuningLimits } from "./check-tuning-limits.ts";
import type { Problem } from "./config-error.ts";
import type { Report } from "./config-report.ts";
import { exampleMetric } from "./example-metric.ts";
import { readHyperband } from "./read-hyperband.ts";
import type { ReadTraining } from "./read-training.ts";
import { readTuningRanges } from "./read-tuning-ranges.ts";
import { readSection } from "./section.ts";
import type { TuningConfig } from "./tuning-config.ts";
import { tuningSection } from "./tuning-sections.ts";

interface Aims {
  /** What the objective is where config names none: the first that is reported. */
  metrics: readonly string[];
  /** Why nothing feeds the channel that the metric is measured on; `undefined` where something does. */
  whyUnfed?: (channel: string) => Pick<Problem, "rule" | "remedy"> | undefined;
}

/**
 * `tuning`: a tuning job in place of the training job.
 *
 * @returns `undefined` where there is none, or something is wrong, and reported
 */
export function readTuning(
  choice: AlgorithmChoice,
  training: ReadTraining,
  { metrics, whyUnfed = () => undefined }: Aims,
  path: string,
  report: Report,
): TuningConfig | undefined {
  const { problems } = report;
  const raw = training.tuning;
  if (raw === undefined || raw === null) return undefined;
  const { catalogued } = choice;
  const before = problems.length;
  if (catalogued === undefined) {
    if (choice.config !== undefined) problems.push({ path, received: raw, ...ownImage });
    return undefined;
  }
  const { algorithm, version } = catalogued;
  const { ranges: rawRanges, ...read } = readSection(tuningSection, raw, path, problems);
  const run: TrainingRun = training.run ?? { ...catalogued, hyperparameters: training.considered };
  const none = checkMetricName(catalogued, "");
  if (Object.keys(algorithm.metrics).length === 0 && none !== undefined) {
    const rule = `SageMaker reads no metric from ${algorithm.title}: nothing to tune by`;
    problems.push({ path, received: raw, rule, remedy: "remove tuning" });
    return undefined;
  }
  const metric =
    read.metric ??
    metrics.find((name) => whyNotObjective(run, name) === undefined) ??
    exampleMetric(choice, training.run);
  if (metric === undefined) return undefined;
  const found =
    training.run === undefined
      ? checkMetricName({ algorithm, version }, metric)
      : whyNotObjective(run, metric);
  const spec = Object.hasOwn(algorithm.metrics, metric) ? algorithm.metrics[metric] : undefined;
  const wrong = found ?? (spec && whyUnfed(spec.channel));
  if (wrong !== undefined) {
    problems.push({ path: `${path}.metric`, received: read.metric, ...wrong });
  }
  const { hyperband: rawHyperband, ...limits } = read;
  checkTuningLimits(algorithm, { ...limits, metric }, path, report);
  const hyperband = readHyperband(run, { ...limits, metric }, rawHyperband, path, problems);
  const fixed = Object.keys(training.config.hyperparameters);
  const resource =
    read.strategy === "Hyperband" ? algorithm.tuning?.iterations?.hyperparameter : undefined;
  const ranges = readTuningRanges({ run, fixed, resource }, rawRanges, `${path}.ranges`, problems);
  if (problems.length > before || spec === undefined || ranges === undefined) return undefined;
  return { ...limits, metric, direction: spec.direction, hyperband, ranges } as TuningConfig; // what is missing was reported
}

/** What the training job that is chosen reports. */
export function tunedTraining(training: ReadTraining, { metric }: TuningConfig): ReadTraining {
  const { run } = training;
  return run === undefined ? training : { ...training, run: underTuning(run, metric) };
}

/** The run that a tuning job starts: it has a word on hyperparameters of its own. */
function underTuning(run: TrainingRun, metric: string): TrainingRun {
  const sets = run.algorithm.tuning?.sets?.(metric) ?? {};
  return { ...run, hyperparameters: { ...run.hyperparameters, ...sets } };
}

function whyNotObjective(run: TrainingRun, metric: string) {
  const finding = checkMetric(underTuning(run, metric), metric);
  if (finding === undefined) return undefined;
  return { rule: finding.rule, remedy: finding.remedy.replace(/\bgate on\b/g, "tune by") };
}

const ownImage = {
  rule: "for the built-in algorithms: what can be tuned in an image of your own is not known",
  remedy: "remove tuning",
};
