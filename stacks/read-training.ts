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
import { instanceTypeField, readSection, untouched } from "./section.ts";

export interface ReadTraining extends Emitted {
  /** All but channels and tuning, on which the gate has a word. */
  config: Partial<Omit<TrainingConfig, "channels" | "tuning">> &
    Pick<TrainingConfig, "contentType" | "hyperparameters">;
  /** `training.channels`, as YAML gave it. */
  channels: unknown;
}

export function readTraining(
  choice: AlgorithmChoice,
  raw: unknown,
  path: string,
  report: Report,
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
  };
  const { channels, uncheckedHyperparameters, ...read } = readSection(
    shape,
    raw,
    path,
    report.problems,
  );
  const contentType =
    read.contentType ?? choice.catalogued?.algorithm.defaultContentType ?? "text/csv";
  const { hyperparameters, ...emitted } = readHyperparameters(
    choice,
    { ...read, uncheckedHyperparameters },
    { contentType, inputMode: read.inputMode ?? "File" },
    path,
    report,
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
    ...readSpot(choice, read, path, report.problems),
  };
  checkTrainingData(choice, config, path, report.problems);
  checkInstanceChoice(choice, hyperparameters, { use: "training", ...read }, path, report);
  return { config, channels, ...emitted };
}
