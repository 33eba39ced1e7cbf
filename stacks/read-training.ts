import { checkInstanceType } from "../components/aws-instance-types.ts";
import type { AlgorithmChoice } from "./algorithm-choice.ts";
import { checkInstanceChoice } from "./check-instance-choice.ts";
import { checkTrainingData } from "./check-training-data.ts";
import type { TrainingConfig } from "./config.ts";
import type { Report } from "./config-report.ts";
import type { Emitted } from "./example-metric.ts";
import { trainingSection } from "./pipeline-sections.ts";
import { readHyperparameters } from "./read-hyperparameters.ts";
import { readMetricDefinitions } from "./read-metric-definitions.ts";
import { readSpot } from "./read-spot.ts";
import { instanceTypeField, isMapping, readSection, untouched } from "./section.ts";
import { tunedHyperparameters } from "./tuned-hyperparameters.ts";

export interface ReadTraining extends Emitted {
  /** All but channels and tuning, on which the gate has a word. */
  config: Partial<Omit<TrainingConfig, "channels" | "tuning">> &
    Pick<TrainingConfig, "contentType" | "hyperparameters">;
  /** `training.channels`, as YAML gave it. */
  channels: unknown;
  /** `training.tuning`, likewise. */
  tuning: unknown;
  /** Hyperparameters of config, and a value for each that it leaves to a tuning job. */
  considered: Record<string, string>;
}

/** @param keepsCheckpoints as of {@link readSpot} */
export function readTraining(
  choice: AlgorithmChoice,
  raw: unknown,
  path: string,
  report: Report,
  keepsCheckpoints = true,
): ReadTraining {
  const shape = {
    ...trainingSection,
    instanceType: instanceTypeField(
      (value) => checkInstanceType(value, "training"),
      "ml.m5.xlarge",
    ),
    hyperparameters: untouched,
    uncheckedHyperparameters: untouched,
    channels: untouched,
    metricDefinitions: untouched,
    spot: untouched,
    tuning: untouched,
  };
  const { channels, tuning, uncheckedHyperparameters, ...read } = readSection(
    shape,
    raw,
    path,
    report.problems,
  );
  const contentType =
    read.contentType ?? choice.catalogued?.algorithm.defaultContentType ?? "text/csv";
  const tuned = tunedHyperparameters(
    choice,
    [read.hyperparameters, uncheckedHyperparameters],
    tuning,
  );
  const found: Report = { problems: [], warnings: report.warnings };
  const { hyperparameters: considered, ...emitted } = readHyperparameters(
    choice,
    { hyperparameters: withTuned(read.hyperparameters, tuned), uncheckedHyperparameters },
    { contentType, inputMode: read.inputMode ?? "File" },
    path,
    found,
  );
  const ofTuned = Object.keys(tuned).map((name) => `${path}.hyperparameters.${name}`);
  report.problems.push(...found.problems.filter((problem) => !ofTuned.includes(problem.path)));
  const hyperparameters = Object.fromEntries(
    Object.entries(considered).filter(([name]) => !Object.hasOwn(tuned, name)),
  );
  const metricDefinitions = readMetricDefinitions(
    choice,
    read.metricDefinitions,
    `${path}.metricDefinitions`,
    report.problems,
  );
  const config = {
    ...read,
    metricDefinitions,
    contentType,
    hyperparameters,
    ...readSpot(choice, read, path, report.problems, keepsCheckpoints),
  };
  checkTrainingData(choice, config, path, report.problems);
  checkInstanceChoice(choice, hyperparameters, { use: "training", ...read }, path, report);
  return { config, channels, tuning, considered, ...emitted };
}

/** Only a mapping can be added to: anything else is reported as it is. */
function withTuned(given: unknown, tuned: Readonly<Record<string, unknown>>): unknown {
  return isMapping(given ?? {}) ? { ...tuned, ...(given as object) } : given;
}
