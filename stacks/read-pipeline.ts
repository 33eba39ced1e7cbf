import { pipelineBase } from "../components/names.ts";
import { readAlgorithm } from "./algorithm-choice.ts";
import { checkEntryName } from "./check-entry-name.ts";
import { checkInstanceChoice } from "./check-instance-choice.ts";
import type { PipelineConfig } from "./config.ts";
import type { Report } from "./config-report.ts";
import { checkChannelArguments, pipelineArguments } from "./etl-arguments.ts";
import { kmsKeyField } from "./kms-key-field.ts";
import { dataSection, flag, logsSection } from "./pipeline-sections.ts";
import { readChannels } from "./read-channels.ts";
import { readEndpoint } from "./read-endpoint.ts";
import { readEtl } from "./read-etl.ts";
import { checkDefinedMetric } from "./read-metric-definitions.ts";
import { readTraining } from "./read-training.ts";
import { readTuning, tunedTraining } from "./read-tuning.ts";
import { readValidation } from "./read-validation.ts";
import { isMapping, readSection, untouched } from "./section.ts";

/** What a pipeline's config is read beside. */
interface Surroundings {
  stack: string;
  /** `undefined` while `aws:region` is wrong. */
  region: string | undefined;
  projectRoot: string;
}

/** Reads one pipeline. What it returns may be relied on only where no problem was added to `report`. */
export function readPipeline(
  { stack, region, projectRoot }: Surroundings,
  name: string,
  raw: unknown,
  report: Report,
): PipelineConfig {
  const path = `pipelines.${name}`;
  const { problems } = report;
  checkEntryName({ kind: "pipeline", stack, name }, path, problems);
  const { enabled, ...sections } = readSection(sectionsOf(region), raw, path, problems);
  // of one that is not deployed nothing but mistakes is worth a word
  const own: Report = enabled === false ? { problems, warnings: [] } : report;
  const choice = readAlgorithm(
    { region, projectRoot },
    sections.algorithm,
    `${path}.algorithm`,
    own,
  );
  const etl = readEtl(
    { projectRoot, rules: { runArguments: pipelineArguments } },
    sections.etl,
    `${path}.etl`,
    problems,
  );
  const training = readTraining(choice, sections.training, `${path}.training`, own);
  const { hyperparameters } = training.config;
  const gate = isMapping(sections.validation) ? sections.validation["metric"] : undefined;
  const tuning = readTuning(
    choice,
    training,
    { metrics: typeof gate === "string" ? [gate] : [] },
    `${path}.training.tuning`,
    own,
  );
  const validation = readValidation(
    choice,
    tuning === undefined ? training : tunedTraining(training, tuning),
    sections.validation,
    `${path}.validation`,
    own,
  );
  const { metricDefinitions = [] } = training.config;
  checkDefinedMetric(choice, metricDefinitions, validation, path, problems);
  const channels = readChannels(
    {
      algorithm: choice.catalogued?.algorithm,
      contentType: training.config.contentType,
      hyperparameters,
      metric: validation?.enabled ? validation.metric : undefined,
      objective: tuning?.metric,
    },
    training.channels,
    `${path}.training.channels`,
    problems,
  );
  checkChannelArguments(etl.arguments, channels, `${path}.etl.arguments`, problems);
  const base = pipelineBase(stack, name);
  const endpoint = readEndpoint(
    { base, kind: "pipeline" },
    sections.endpoint,
    `${path}.endpoint`,
    problems,
  );
  const serving = { use: "endpoint", ...endpoint } as const;
  checkInstanceChoice(choice, hyperparameters, serving, `${path}.endpoint`, own);
  const config = {
    name,
    enabled,
    algorithm: choice.config,
    etl,
    training: { ...training.config, channels, tuning },
    validation,
    endpoint,
    data: readSection(dataSection, sections.data, `${path}.data`, problems),
    logs: readSection(logsSection, sections.logs, `${path}.logs`, problems),
    kmsKeyArn: sections.kmsKeyArn,
  };
  return config as PipelineConfig; // what is missing was reported
}

function sectionsOf(region: string | undefined) {
  return {
    enabled: flag(true),
    algorithm: untouched,
    etl: untouched,
    training: untouched,
    validation: untouched,
    endpoint: untouched,
    data: untouched,
    logs: untouched,
    kmsKeyArn: kmsKeyField(region),
  };
}
