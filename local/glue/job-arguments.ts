import { createHash } from "node:crypto";
import { notSupported } from "./errors.ts";

export type JobArguments = Readonly<Record<string, string>>;

/** Read by Glue itself, or without effect on what a script computes (metrics, the Spark UI, committers): the script does not get them. */
const glueOnly = new Set([
  "--conf",
  "--custom-logGroup-prefix",
  "--custom-logStream-prefix",
  "--enable-auto-scaling",
  "--enable-continuous-cloudwatch-log",
  "--enable-continuous-log-filter",
  "--enable-glue-datacatalog",
  "--enable-job-insights",
  "--enable-metrics",
  "--enable-observability-metrics",
  "--enable-s3-parquet-optimized-committer",
  "--enable-spark-ui",
  "--extra-py-files",
  "--job-language",
  "--spark-event-logs-path",
]);

const moduleRemedy = "put the code into the archive that --extra-py-files names";

interface Refusal {
  remedy: string;
  /** Values that are taken all the same. */
  allowed?: (value: string) => boolean;
}

const only = (taken: string) => (value: string) => value === taken;

/** Arguments that would change what a run does, and cannot here: what makes one refused, and the way out. */
const refused: Readonly<Record<string, Refusal>> = {
  "--additional-python-modules": { remedy: moduleRemedy },
  "--conf": {
    remedy: "set spark.hadoop.<name>=<value> there, and anything else in the script",
    allowed: isHadoopConf,
  },
  "--continuous-log-logGroup": { remedy: "name the groups with --custom-logGroup-prefix" },
  "--continuous-log-logStreamPrefix": { remedy: "use --custom-logStream-prefix" },
  "--datalake-formats": { remedy: "write CSV, JSON, Parquet or ORC" },
  "--enable-glue-datacatalog": { remedy: "read paths instead of tables", allowed: only("false") },
  "--extra-files": { remedy: "read the file from S3 in the script" },
  "--extra-jars": { remedy: "write the job in Python" },
  "--job-bookmark-option": {
    remedy: "set it to job-bookmark-disable",
    allowed: only("job-bookmark-disable"),
  },
  "--job-language": { remedy: "write the job in Python", allowed: only("python") },
  "--python-modules-installer-option": { remedy: moduleRemedy },
  "--user-jars-first": { remedy: "write the job in Python" },
};

/**
 * A job's default arguments with those of the run over them, and those that no run may override over all.
 * @throws AwsError that names the first argument that has no effect here
 */
export function mergeArguments(
  defaults: JobArguments | undefined,
  ofRun: JobArguments | undefined,
  fixed?: JobArguments | undefined,
): JobArguments {
  const merged = { ...defaults, ...ofRun, ...fixed };
  for (const [name, value] of Object.entries(merged)) {
    const rule = refused[name];
    if (rule && !rule.allowed?.(value)) {
      throw notSupported(`Argument ${name} ${value}`, rule.remedy);
    }
  }
  return merged;
}

/** What follows the script's path in `sys.argv`. */
export function scriptArguments(run: { id: string; jobName: string }, all: JobArguments): string[] {
  const own = Object.entries(all).filter(([name]) => !glueOnly.has(name));
  const jobId = `j_${createHash("sha256").update(run.jobName).digest("hex")}`;
  return [...own.flat(), "--JOB_ID", jobId, "--JOB_RUN_ID", run.id, "--JOB_NAME", run.jobName];
}

const hadoopConf = /^spark\.hadoop\.([\w.-]+)=(.*)$/;

/** Further settings follow the first one as `--conf name=value` within the same argument: Glue takes the argument once. */
const settingsIn = (conf: string): string[] => conf.split(/\s+--conf\s+/).map((s) => s.trim());

function isHadoopConf(conf: string): boolean {
  return settingsIn(conf).every((setting) => hadoopConf.test(setting));
}

/** Hadoop's settings of a run, out of `--conf spark.hadoop.<name>=<value>`. */
export function hadoopSettings(all: JobArguments): Record<string, string> {
  const conf = all["--conf"];
  const found = conf === undefined ? [] : settingsIn(conf).map((text) => hadoopConf.exec(text));
  return Object.fromEntries(found.flatMap((match) => (match ? [match.slice(1, 3)] : [])));
}

/** `s3://` URIs of the Python files that the script imports from. */
export function extraPythonFiles(all: JobArguments): string[] {
  const list = all["--extra-py-files"] ?? "";
  return list.split(",").flatMap((item) => item.trim() || []);
}

export interface RunLogs {
  /** What GetJobRun shows: the groups are named after it. */
  prefix: string;
  outputGroup: string;
  errorGroup: string;
  stream: string;
}

/** Where a run's standard output and standard error go: Glue's own groups unless the job names others. */
export function runLogs(runId: string, all: JobArguments): RunLogs {
  const prefix = all["--custom-logGroup-prefix"] ?? "/aws-glue/jobs";
  const streamPrefix = all["--custom-logStream-prefix"];
  return {
    prefix,
    outputGroup: `${prefix}/output`,
    errorGroup: `${prefix}/error`,
    stream: streamPrefix === undefined ? runId : `${streamPrefix}-${runId}`,
  };
}
