import { z } from "zod";
import { field, number, numberOf, whole } from "./section.ts";

/** Keys, limits and defaults of a pipeline's sections. What depends on more than one key is in the checks beside this. */

const text = z.string().min(1);

export const flag = (fallback: boolean) =>
  field(z.boolean(), "true or false", "write true or false, without quotes").default(fallback);

/** Steps that CloudWatch Logs offers, in days. */
const retentionSteps = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
] as const;

/** Glue's worker types for Spark; G.025X is for streaming and Z.2X for Ray. */
const workerTypes = [
  "G.1X",
  "G.2X",
  "G.4X",
  "G.8X",
  "G.12X",
  "G.16X",
  "R.1X",
  "R.2X",
  "R.4X",
  "R.8X",
] as const;

const ecrImage =
  /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\/[a-z0-9._/-]+(:[\w.-]+|@sha256:[0-9a-f]{64})$/;

export const algorithmSection = {
  name: field(text.optional(), "the name of a built-in algorithm", "write one, such as xgboost"),
  version: field(
    z.union([text, z.number().transform(String)]).optional(), // YAML reads version: 1 as a number
    "a version of the algorithm's image",
    "write one in quotes, or leave it out for the newest that is known well",
  ),
  uncheckedVersion: field(
    z.union([text, z.number().transform(String)]).optional(),
    "the tag of an image that is newer than the catalogue",
    "write one in quotes",
  ),
  image: field(
    text.max(255).regex(ecrImage).optional(),
    "a full ECR path with tag or digest",
    "write <account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>",
  ),
  container: field(
    text.optional(),
    "a folder below containers/, relative to the project",
    "write one, such as containers/sklearn-regressor",
  ),
};

export const etlSection = {
  script: field(
    text,
    "path of the Glue script, relative to the project",
    "add it, such as script: glue/churn_etl.py",
  ),
  // "less than 7 days or 10080 minutes"
  timeoutMinutes: whole("minutes", 1, 10079, "AWS Glue's limit").default(30),
  workerType: field(
    z.enum(workerTypes),
    `a Glue worker type for Spark: ${workerTypes.join(", ")}`,
    "write G.1X unless the data outgrow its 16 GB",
  ).default("G.1X"),
  workerCount: whole("workers", 2, 299, "Glue counts the driver in").default(2),
};

export const trainingSection = {
  contentType: field(
    text.max(256).optional(),
    "a content type, at most 256 characters",
    "write one, such as text/csv",
  ),
  inputMode: field(
    z.enum(["File", "Pipe", "FastFile"]),
    "File, Pipe or FastFile",
    "write one of these, or leave it out for File",
  ).default("File"),
  checkpoints: field(
    z.boolean().optional(),
    "true or false",
    "write true or false, without quotes",
  ),
  instanceCount: whole("instances", 1, 100, "SageMaker's quotas may be lower").default(1),
  volumeSizeGib: whole("GiB", 1, 16384, "the largest volume of a training job").default(30),
  maxRuntimeMinutes: whole("minutes", 1, 40320, "SageMaker's 28 days").default(60),
};

export const metricDefinitionSection = {
  name: field(text.max(255), "the name of a metric, at most 255 characters", "write one"),
  regex: field(
    text.max(500).refine(hasGroup),
    "a regular expression of at most 500 characters, with the value in its first group",
    'write one, such as "validation:rmse=([0-9.e+-]+)"',
  ),
};

function hasGroup(regex: string): boolean {
  try {
    return (new RegExp(`${regex}|`).exec("")?.length ?? 0) > 1; // the empty alternative always matches
  } catch {
    return false;
  }
}

export const spotSection = {
  maxWaitMinutes: whole("minutes", 1, 40320, "SageMaker's 28 days"),
};

export const validationSection = {
  enabled: flag(true),
  metric: field(
    text.max(255).optional(),
    "the name of a metric",
    'write one, such as metric: "validation:error"',
  ),
  threshold: field(
    number.optional(),
    "a number that the metric is compared with",
    "write a number, such as threshold: 0.1",
  ),
  direction: field(
    z.enum(["min", "max"]).optional(),
    "min where smaller is better, max where greater is",
    "write min or max",
  ),
};

export const endpointSection = {
  instanceCount: whole("instances", 1, 100, "SageMaker's quotas may be lower").default(1),
  keepVersions: whole("versions", 1, 100, "the serving one included").default(3),
  timeoutMinutes: whole(
    "minutes",
    1,
    480,
    "a run of more looks at the endpoint outgrows Step Functions' history",
  ).default(30),
  deleteOnDestroy: flag(true),
};

export const dataSection = {
  forceDestroy: flag(false),
  runRetentionDays: whole("days", 1, 36500, "100 years").default(90),
};

export const logsSection = {
  retentionDays: field(
    number.pipe(z.literal(retentionSteps)),
    `days that CloudWatch Logs offers: ${retentionSteps.join(", ")}`,
    (received) =>
      `write ${retentionSteps.find((step) => step >= numberOf(received)) ?? retentionSteps.at(-1)}`,
  ).default(30),
};
