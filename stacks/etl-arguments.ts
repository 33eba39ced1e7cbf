import { wireValue } from "../components/algorithms/wire-value.ts";
import { etlChannel, furtherChannels } from "../components/etl-channel.ts";
import type { TrainingConfig } from "./config.ts";
import type { Problem } from "./config-error.ts";
import { isMapping } from "./section.ts";

const anyway = "remove it, the script gets it anyway";

/** Passed by every run of a pipeline; a script reads those that it wants. */
export const pipelineArguments: Readonly<Record<string, string>> = Object.fromEntries(
  ["S3_INPUT_FILE", "S3_TRAIN_KEY", "S3_VALIDATE_KEY", "S3_TEST_KEY", "S3_REPORT_KEY"].map(
    (name) => [name, anyway],
  ),
);

/** The same of a comparison. */
export const comparisonArguments: Readonly<Record<string, string>> = {
  S3_INPUT_FILE: anyway,
  S3_OUTPUT_KEY: anyway,
  S3_REPORT_KEY: anyway,
  FORMATS: "remove it: contentType of each candidate says what it reads",
  TASK: "write task of the comparison instead",
  SPLIT: "write split of the comparison instead",
  SEED: "write split.seed of the comparison instead",
  MAX_TEST_ROWS: "write evaluation.samples of the comparison instead",
};

/** Set by Glue itself, or by the pipeline on its Glue job. */
const glueArguments =
  /^(JOB_NAME|JOB_ID|JOB_RUN_ID|SECURITY_CONFIGURATION|TempDir|scriptLocation|class|conf|debug|mode|extra-py-files|job-.*|enable-(metrics|observability-metrics|job-insights|continuous-cloudwatch-log|continuous-log-filter)|continuous-log-.*|custom-log.*)$/;

/** What is wrong with an argument and its value as this script has it. */
type CheckArgument = (name: string, value: string) => { rule: string; remedy: string } | undefined;

/** `etl.arguments`: what the script gets beside the arguments of every run, as texts. */
export function readEtlArguments(
  runArguments: Readonly<Record<string, string>>,
  checkArgument: CheckArgument,
  raw: unknown,
  path: string,
  problems: Problem[],
): Record<string, string> {
  const given = raw ?? {};
  if (!isMapping(given)) {
    problems.push({
      path,
      received: raw,
      rule: "a mapping of names to values",
      remedy: "write NAME: value below it",
    });
    return {};
  }
  const read: Record<string, string> = {};
  for (const [name, received] of Object.entries(given)) {
    const value = Array.isArray(received) ? undefined : wireValue(received);
    const wrong =
      checkName(name, runArguments) ??
      (value === undefined ? notPlain : checkArgument(name, value));
    if (wrong !== undefined) problems.push({ path: `${path}.${name}`, received, ...wrong });
    else if (value !== undefined) read[name] = value;
  }
  return read;
}

/** Arguments by which the script hears of further channels are every run's own as well. */
export function checkChannelArguments(
  given: Readonly<Record<string, string>>,
  channels: TrainingConfig["channels"],
  path: string,
  problems: Problem[],
) {
  for (const channel of furtherChannels(channels)) {
    const { argument } = etlChannel(channel);
    const received = given[argument];
    if (received === undefined) continue;
    const rule = `reserved: the script hears by it where to write the channel ${channel}`;
    problems.push({ path: `${path}.${argument}`, received, rule, remedy: anyway });
  }
}

function checkName(name: string, runArguments: Readonly<Record<string, string>>) {
  if (name.startsWith("-")) {
    return {
      rule: "a name without leading hyphens: the pipeline adds them",
      remedy: `write ${name.replace(/^-+/, "")}`,
    };
  }
  if (Object.hasOwn(runArguments, name)) {
    const remedy = runArguments[name] ?? anyway;
    return { rule: "reserved: every run passes it to the script", remedy };
  }
  if (glueArguments.test(name)) {
    return {
      rule: "reserved: AWS Glue or the pipeline sets it",
      remedy: "remove it, or take another name",
    };
  }
  if (/^[A-Za-z][\w-]*$/.test(name)) return undefined;
  return { rule: "a name of letters, digits, _ and -, a letter first", remedy: "take such a name" };
}

const notPlain = {
  rule: "a text, a number or a boolean",
  remedy: "write one, in quotes where it holds more",
};
