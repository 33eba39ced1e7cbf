import { pipelineBase } from "../components/names.ts";
import { checkComparisonMetric } from "./check-comparison-metric.ts";
import { checkEntryName } from "./check-entry-name.ts";
import type { ComparisonConfig } from "./comparison-config.ts";
import { comparisonSection } from "./comparison-sections.ts";
import type { Problem } from "./config-error.ts";
import type { Report } from "./config-report.ts";
import { comparisonArguments } from "./etl-arguments.ts";
import { kmsKeyField } from "./kms-key-field.ts";
import { dataSection, flag, logsSection } from "./pipeline-sections.ts";
import { readCandidateClasses } from "./read-candidate-classes.ts";
import { readCandidates } from "./read-candidates.ts";
import { readEtl } from "./read-etl.ts";
import { isBatch, readEvaluation } from "./read-evaluation.ts";
import { readPromotion } from "./read-promotion.ts";
import { readSplit } from "./read-split.ts";
import { isMapping, readSection, untouched } from "./section.ts";

/** What a comparison's config is read beside. */
interface Surroundings {
  stack: string;
  /** `undefined` while `aws:region` is wrong. */
  region: string | undefined;
  projectRoot: string;
}

/** The script that writes the same rows for every candidate. */
const defaultScript = "glue/libsvm_split.py";

/** Reads one comparison. What it returns may be relied on only where no problem was added to `report`. */
export function readComparison(
  { stack, region, projectRoot }: Surroundings,
  name: string,
  raw: unknown,
  report: Report,
): ComparisonConfig {
  const path = `comparisons.${name}`;
  const { problems } = report;
  checkEntryName({ kind: "comparison", stack, name }, path, problems);
  const shape = {
    ...comparisonSection,
    enabled: flag(true),
    etl: untouched,
    split: untouched,
    candidates: untouched,
    evaluation: untouched,
    promotion: untouched,
    data: untouched,
    logs: untouched,
    kmsKeyArn: kmsKeyField(region),
  };
  const { enabled, task, margin, maxConcurrency, accumulate, kmsKeyArn, ...sections } = readSection(
    shape,
    withoutGate(raw, path, problems),
    path,
    problems,
  );
  // of one that is not deployed nothing but mistakes is worth a word
  const own: Report = enabled === false ? { problems, warnings: [] } : report;
  const etl = readEtl(
    { projectRoot, rules: { script: defaultScript, runArguments: comparisonArguments } },
    sections.etl,
    `${path}.etl`,
    problems,
  );
  const split = readSplit(sections.split, `${path}.split`, problems);
  const metric = checkComparisonMetric(task, { metric: sections.metric, margin }, path, problems);
  const candidates = readCandidates(
    { surroundings: { region, projectRoot }, task, metric, isBatch: isBatch(sections.evaluation) },
    sections.candidates,
    `${path}.candidates`,
    own,
  );
  const configs = candidates.map(({ config }) => config);
  const evaluation = readEvaluation(configs.length, sections.evaluation, `${path}.evaluation`, own);
  const base = pipelineBase(stack, name);
  const promotion = readPromotion(
    { base, candidates, metric },
    sections.promotion,
    `${path}.promotion`,
    own,
  );
  const config = {
    name,
    enabled,
    task,
    classes: readCandidateClasses(task, candidates, `${path}.candidates`, problems),
    metric,
    margin,
    etl,
    split,
    candidates: configs,
    evaluation,
    maxConcurrency,
    accumulate,
    promotion,
    data: readSection(dataSection, sections.data, `${path}.data`, problems),
    logs: readSection(logsSection, sections.logs, `${path}.logs`, problems),
    kmsKeyArn,
  };
  return config as ComparisonConfig; // what is missing was reported
}

/** A pipeline's gate, which a comparison has elsewhere. */
function withoutGate(raw: unknown, path: string, problems: Problem[]): unknown {
  if (!isMapping(raw) || !Object.hasOwn(raw, "validation")) return raw;
  const { validation, ...rest } = raw;
  problems.push({
    path: `${path}.validation`,
    received: validation,
    rule: "a comparison has no gate on a training metric: candidates are held against each other by metric, on test rows",
    remedy: "remove it; what a winner has to reach to serve is promotion.threshold",
  });
  return rest;
}
