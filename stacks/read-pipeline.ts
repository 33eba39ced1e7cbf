import { z } from "zod";
import { checkInstanceType } from "../components/aws-instance-types.ts";
import {
  maxBaseLength,
  namePattern,
  pipelineBase,
  sageMakerNamePattern,
} from "../components/names.ts";
import { readAlgorithm } from "./algorithm-choice.ts";
import { checkInstanceChoice } from "./check-instance-choice.ts";
import type { EndpointConfig, PipelineConfig } from "./config.ts";
import type { Problem } from "./config-error.ts";
import type { Report } from "./config-report.ts";
import { checkChannelArguments } from "./etl-arguments.ts";
import { dataSection, endpointSection, flag, logsSection } from "./pipeline-sections.ts";
import { readChannels } from "./read-channels.ts";
import { readEtl } from "./read-etl.ts";
import { checkDefinedMetric } from "./read-metric-definitions.ts";
import { readTraining } from "./read-training.ts";
import { readValidation } from "./read-validation.ts";
import { field, instanceTypeField, readSection, untouched } from "./section.ts";

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
  checkName(stack, name, path, problems);
  const { enabled, ...sections } = readSection(sectionsOf(region), raw, path, problems);
  // of one that is not deployed nothing but mistakes is worth a word
  const own: Report = enabled === false ? { problems, warnings: [] } : report;
  const choice = readAlgorithm(
    { region, projectRoot },
    sections.algorithm,
    `${path}.algorithm`,
    own,
  );
  const etl = readEtl(projectRoot, sections.etl, `${path}.etl`, problems);
  const training = readTraining(choice, sections.training, `${path}.training`, own);
  const { hyperparameters } = training.config;
  const validation = readValidation(
    choice,
    training,
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
    },
    training.channels,
    `${path}.training.channels`,
    problems,
  );
  checkChannelArguments(etl.arguments, channels, `${path}.etl.arguments`, problems);
  const base = pipelineBase(stack, name);
  const endpoint = readEndpoint(base, sections.endpoint, `${path}.endpoint`, problems);
  const serving = { use: "endpoint", ...endpoint } as const;
  checkInstanceChoice(choice, hyperparameters, serving, `${path}.endpoint`, own);
  const config = {
    name,
    enabled,
    algorithm: choice.config,
    etl,
    training: { ...training.config, channels, tuning: undefined },
    validation,
    endpoint,
    data: readSection(dataSection, sections.data, `${path}.data`, problems),
    logs: readSection(logsSection, sections.logs, `${path}.logs`, problems),
    kmsKeyArn: sections.kmsKeyArn,
  };
  return config as PipelineConfig; // what is missing was reported
}

function sectionsOf(region: string | undefined) {
  const keyArn = new RegExp(
    `^arn:aws[a-z-]*:kms:${region ?? "[a-z0-9-]+"}:\\d{12}:key/[A-Za-z0-9-]+$`,
  );
  return {
    enabled: flag(true),
    algorithm: untouched,
    etl: untouched,
    training: untouched,
    validation: untouched,
    endpoint: untouched,
    data: untouched,
    logs: untouched,
    kmsKeyArn: field(
      z.string().regex(keyArn).optional(),
      `the ARN of a KMS key in ${region ?? "the stack's region"}; aliases cannot stand in policies`,
      `write arn:aws:kms:${region ?? "<region>"}:<account>:key/<id>, or leave it out for the keys that AWS owns`,
    ),
  };
}

function checkName(stack: string, name: string, path: string, problems: Problem[]) {
  if (!namePattern.test(name)) {
    problems.push({
      path,
      received: name,
      rule: "a name of lower-case letters, digits and single hyphens, a letter first",
      remedy: `name it ${legalName(name)}`,
    });
    return;
  }
  const base = pipelineBase(stack, name);
  if (base.length <= maxBaseLength) return;
  problems.push({
    path,
    received: name,
    rule: `${base} (stack and pipeline) has ${base.length} characters: ${maxBaseLength} at most, for AWS's limits on what is named after it`,
    remedy: `shorten the pipeline's name by ${base.length - maxBaseLength}`,
  });
}

function legalName(name: string): string {
  const legal = name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  return legal === "" ? "churn, say" : legal;
}

function readEndpoint(
  base: string,
  raw: unknown,
  path: string,
  problems: Problem[],
): Partial<EndpointConfig> {
  const shape = {
    ...endpointSection,
    name: field(
      z.string().regex(sageMakerNamePattern),
      "a name of letters, digits and hyphens, at most 63, a letter or digit first and last",
      "write such a name, or leave it out for <stack>-<pipeline>",
    ).default(base),
    instanceType: instanceTypeField((value) => checkInstanceType(value, "endpoint"), "ml.m5.large"),
  };
  return readSection(shape, raw, path, problems);
}
