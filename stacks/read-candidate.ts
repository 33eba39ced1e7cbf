import { checkInstanceType } from "../components/aws-instance-types.ts";
import { type AlgorithmChoice, readAlgorithm } from "./algorithm-choice.ts";
import { candidateAnswer } from "./candidate-answer.ts";
import { candidateChannels, candidateFormat, readFormat } from "./candidate-data.ts";
import { checkInstanceChoice } from "./check-instance-choice.ts";
import type { CandidateConfig } from "./comparison-config.ts";
import { candidateEndpointSection } from "./comparison-sections.ts";
import type { Problem } from "./config-error.ts";
import type { Report } from "./config-report.ts";
import { comparableNames, whyIncomparable } from "./incomparable.ts";
import type { Contest, ReadCandidate } from "./read-candidates.ts";
import { readTraining } from "./read-training.ts";
import { readTuning } from "./read-tuning.ts";
import { instanceTypeField, isMapping, readSection, untouched } from "./section.ts";

const shape = {
  algorithm: untouched,
  training: untouched,
  endpoint: untouched,
  tuning: untouched,
};

/** @returns `undefined` for what cannot be a candidate, which is reported */
export function readCandidate(
  { surroundings, task, metric, isBatch }: Contest,
  { key, number }: Pick<CandidateConfig, "key" | "number">,
  raw: unknown,
  path: string,
  report: Report,
): ReadCandidate | undefined {
  const { problems } = report;
  const sections = readSection(shape, raw, path, problems);
  const choice = readAlgorithm(surroundings, sections.algorithm, `${path}.algorithm`, report);
  const isComparable = checkComparable(choice, `${path}.algorithm`, problems);
  // what else is wrong with one that cannot be compared goes with it
  if (!isComparable) return undefined;
  const own = withoutForeign(sections.training, `${path}.training`, problems);
  const tuned = isMapping(own ?? {}) ? { ...(own as object), tuning: sections.tuning } : own;
  const found: Report = { problems: [], warnings: report.warnings };
  const training = readTraining(choice, tuned, `${path}.training`, found, false);
  const { contentType, hyperparameters } = training.config;
  problems.push(...found.problems.filter((problem) => !isOfOtherFormat(choice, problem, path)));
  const format = readFormat(choice, contentType, `${path}.training.contentType`, problems);
  const answer = candidateAnswer(choice, training, { task, metric }, path, problems);
  const channels = candidateChannels(choice);
  const { comparable } = choice.catalogued?.algorithm ?? {};
  const tuning = readTuning(
    choice,
    training,
    {
      metrics: (metric && comparable?.scores[metric]) ?? [],
      whyUnfed: (channel) => (Object.hasOwn(channels, channel) ? undefined : heldOut(channel)),
    },
    `${path}.tuning`,
    report,
  );
  const purpose = isBatch ? "transform" : "endpoint";
  const endpoint = readSection(
    {
      ...candidateEndpointSection,
      instanceType: instanceTypeField((value) => checkInstanceType(value, purpose), "ml.m5.large"),
    },
    sections.endpoint,
    `${path}.endpoint`,
    problems,
  );
  const serving = { use: "endpoint", instanceCount: 1, ...endpoint } as const;
  checkInstanceChoice(choice, hyperparameters, serving, `${path}.endpoint`, report);
  const config = {
    key,
    number,
    algorithm: choice.config,
    training: { ...training.config, channels },
    format,
    requestContentType: `text/${format}`,
    answer,
    endpoint,
    tuning,
  };
  return { key, choice, config: config as CandidateConfig }; // what is missing was reported
}

/** Whether a pipeline would be told which formats its algorithm reads: a candidate has the choice of fewer. */
function isOfOtherFormat(choice: AlgorithmChoice, problem: Problem, path: string): boolean {
  const isFormat = problem.path === `${path}.training.contentType`;
  return (
    isFormat &&
    typeof problem.received === "string" &&
    candidateFormat(choice, problem.received) === undefined
  );
}

/** Keys of a pipeline's training that mean nothing, or are elsewhere, in a candidate's. */
function withoutForeign(raw: unknown, path: string, problems: Problem[]): unknown {
  if (!isMapping(raw)) return raw;
  const { channels, tuning, checkpoints, ...rest } = raw;
  if (channels !== undefined) {
    const rule = "every candidate is fed with the comparison's splits";
    const remedy = "remove channels; split of the comparison says how rows are shared out";
    problems.push({ path: `${path}.channels`, received: channels, rule, remedy });
  }
  if (tuning !== undefined) {
    const rule = "a candidate has tuning beside training, not below it";
    problems.push({ path: `${path}.tuning`, received: tuning, rule, remedy: "move it up" });
  }
  if (checkpoints !== undefined && checkpoints !== false) {
    const rule = "a candidate keeps no checkpoints: one that is interrupted trains anew";
    const remedy = "remove it";
    problems.push({ path: `${path}.checkpoints`, received: checkpoints, rule, remedy });
  }
  return rest;
}

function checkComparable(
  { config, catalogued }: AlgorithmChoice,
  path: string,
  problems: Problem[],
): boolean {
  if (catalogued?.algorithm.comparable !== undefined) return true;
  if (config === undefined && catalogued === undefined) return false; // reported
  problems.push({
    path: catalogued === undefined ? path : `${path}.name`,
    received: catalogued === undefined ? config : catalogued.algorithm.name,
    rule: whyIncomparable(catalogued?.algorithm),
    remedy: `write one of ${comparableNames().join(", ")}`,
  });
  return false;
}

function heldOut(channel: string) {
  return {
    rule: `measured on the channel ${channel}, which candidates are not fed: test rows are held out for the scores`,
    remedy: "leave it out, or write a metric of the validation split",
  };
}
