import { createHash } from "node:crypto";

/**
 * Every physical name and ARN of a pipeline, from plain facts: nothing here talks to AWS or Pulumi.
 *
 * A pipeline's names start with its base, `<stack>-<pipeline>`. Names made by a run put two hyphens after the base.
 * Stack and pipeline names hold no double hyphen, so the IAM pattern `dev-churn--*` cannot match what `dev-churn-eu` made.
 *
 * Two stacks of one account can still spell the same base (`dev` + `a-b`, `dev-a` + `b`): AWS then refuses the second
 * stack's roles as existing already, and nothing is shared.
 */

/** Longest base; leaves room for what a run appends within SageMaker's 63 characters. */
export const maxBaseLength = 25;

/** What a stack or a pipeline may be called. */
export const namePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What SageMaker accepts as the name of an endpoint, endpoint config, model or training job. */
export const sageMakerNamePattern = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/** Longest title of a run: also the longest execution name, of which AWS allows 80. */
export const maxTitleLength = 32;

/** Attempts are numbered from 1; the last that a training job name of 63 characters has room for. */
export const maxTrainingAttempt = 99;

const titleHashLength = 10;
const digestLength = 10;

/** Where things live. `partition` is `aws`, `aws-cn`, `aws-us-gov`, ...: ARNs differ in nothing else. */
export interface Place {
  partition: string;
  region: string;
  /** Twelve digits. */
  accountId: string;
}

export function pipelineBase(stack: string, pipeline: string): string {
  return `${stack}-${pipeline}`;
}

/** What the program itself creates for a pipeline, except the bucket (see {@link bucketName}). */
export interface PipelineNames {
  base: string;
  glueJob: string;
  stateMachine: string;
  startRetrainingFunction: string;
  resolveEndpointFunction: string;
  pruneVersionsFunction: string;
  recordRunFunction: string;
  cleanUpRunsFunction: string;
  closeRunFunction: string;
  writeSchemaFunction: string;
  failedStartsQueue: string;
  unclosedRunsQueue: string;
  /** ECR repository of the images that the stack builds. */
  containerRepository: string;
  inputUploadedRule: string;
  runEndedRule: string;
  /** Execution roles. No suffix ends in "-" and another one: `x` and `x-start` in one stack must not meet. */
  roles: {
    etl: string;
    training: string;
    serving: string;
    stateMachine: string;
    startRetraining: string;
    resolveEndpoint: string;
    pruneVersions: string;
    recordRun: string;
    cleanUpRuns: string;
    closeRun: string;
    writeSchema: string;
  };
  /** Start of everything that runs create in SageMaker, but for tuning: `<prefix>*` in IAM. */
  runPrefix: string;
  /** Start of tuning jobs' names, and so of those of the training jobs that SageMaker starts for them. */
  tuningPrefix: string;
}

export function pipelineNames(stack: string, pipeline: string): PipelineNames {
  const base = pipelineBase(stack, pipeline);
  return {
    base,
    glueJob: `${base}-etl`,
    stateMachine: `${base}-retraining`,
    startRetrainingFunction: `${base}-start-retraining`,
    resolveEndpointFunction: `${base}-resolve-endpoint`,
    pruneVersionsFunction: `${base}-prune-versions`,
    recordRunFunction: `${base}-record-run`,
    cleanUpRunsFunction: `${base}-clean-up-runs`,
    closeRunFunction: `${base}-close-run`,
    writeSchemaFunction: `${base}-write-schema`,
    failedStartsQueue: `${base}-failed-starts`,
    unclosedRunsQueue: `${base}-unclosed-runs`,
    containerRepository: `${base}-container`,
    inputUploadedRule: `${base}-input-uploaded`,
    runEndedRule: `${base}-run-ended`,
    roles: {
      etl: `${base}-etl`,
      training: `${base}-training`,
      serving: `${base}-serving`,
      stateMachine: `${base}-state-machine`,
      startRetraining: `${base}-start-retraining`,
      resolveEndpoint: `${base}-resolve-endpoint`,
      pruneVersions: `${base}-prune-versions`,
      recordRun: `${base}-record-run`,
      cleanUpRuns: `${base}-clean-up-runs`,
      closeRun: `${base}-close-run`,
      writeSchema: `${base}-write-schema`,
    },
    runPrefix: `${base}--`,
    tuningPrefix: `${digest(base)}-`,
  };
}

/** Bucket names are global: account and region make them unique without a name that changes at each deployment. */
export function bucketName(base: string, place: Pick<Place, "accountId" | "region">): string {
  return `retraining-${base}-${sha256(place.accountId, place.region).slice(0, 8)}`;
}

/** The version of an object that a run reads. `key` as S3 stores it: URL-decoded. */
export interface ObjectVersion {
  bucket: string;
  key: string;
  versionId: string;
}

/**
 * Title of the run for one version of an input object, `2026-request-01-3f9c04ab12` for `input/2026/request-01.csv`.
 *
 * The same version always gives the same title: that is what makes an event delivered twice one run. The readable part
 * keeps the end of the key, which tells inputs apart better than its start; the hash makes the title unique.
 */
export function runTitle(object: ObjectVersion, maxLength = maxTitleLength): string {
  const hash = sha256(object.bucket, object.key, object.versionId).slice(0, titleHashLength);
  const slug = slugOf(object.key, maxLength);
  return slug === "" ? hash : `${slug}-${hash}`;
}

function slugOf(key: string, maxLength: number): string {
  const words = key
    .replace(/^input\//, "")
    .replace(/\.(csv|libsvm|svm)$/i, "")
    .normalize("NFKD") // é becomes e and an accent, which goes
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const room = maxLength - titleHashLength - 1;
  let slug = words.pop()?.slice(-room) ?? "";
  for (let word = words.pop(); word !== undefined; word = words.pop()) {
    if (word.length + 1 + slug.length > room) break;
    slug = `${word}-${slug}`;
  }
  return slug;
}

/** Model and endpoint config share one name; each attempt at training has its own, or a retry would fail on it. */
export function modelName(base: string, title: string): string {
  return `${base}--${title}`;
}

export function endpointConfigName(base: string, title: string): string {
  return `${base}--${title}`;
}

/** @throws RangeError outside 1 to {@link maxTrainingAttempt}: the name would not fit. */
export function trainingJobName(base: string, title: string, attempt: number): string {
  if (!Number.isInteger(attempt) || attempt < 1 || attempt > maxTrainingAttempt) {
    throw new RangeError(
      `attempt ${attempt} of training ${title} is not in 1 to ${maxTrainingAttempt}`,
    );
  }
  return `${base}--${title}-a${attempt}`;
}

/**
 * What the names of a run's tuning jobs start with, those of every candidate and attempt: the state machine makes them.
 *
 * They have 32 characters at most, in which base and title have no room: a digest of each stands for it.
 */
export function tuningRunPrefix(tuningPrefix: string, title: string): string {
  return `${tuningPrefix}${digest(title)}-`;
}

export const logGroups = {
  ofFunction: (functionName: string) => `/aws/lambda/${functionName}`,
  /** The prefix `/aws/vendedlogs/` keeps the log delivery's resource policy from outgrowing its limit. */
  ofStateMachine: (stateMachine: string) => `/aws/vendedlogs/states/${stateMachine}`,
  ofGlueJob: (glueJob: string) => `/aws/glue/jobs/${glueJob}`,
  ofEndpoint: (endpoint: string) => `/aws/sagemaker/Endpoints/${endpoint}`,
  /** One for all training jobs of the account and region: SageMaker offers no other. */
  trainingJobs: "/aws/sagemaker/TrainingJobs",
  transformJobs: "/aws/sagemaker/TransformJobs",
} as const;

/** ARNs by kind, from names as above; a name may end in `*` where IAM takes a pattern. */
export function arnsIn({ partition, region, accountId }: Place) {
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  return {
    bucket: (bucket: string) => `arn:${partition}:s3:::${bucket}`,
    object: (bucket: string, key: string) => `arn:${partition}:s3:::${bucket}/${key}`,
    role: (role: string) => `arn:${partition}:iam::${accountId}:role/${role}`,
    function: (name: string) => arn("lambda", `function:${name}`),
    stateMachine: (name: string) => arn("states", `stateMachine:${name}`),
    execution: (stateMachine: string, name: string) =>
      arn("states", `execution:${stateMachine}:${name}`),
    rule: (name: string) => arn("events", `rule/${name}`),
    eventBus: (name: string) => arn("events", `event-bus/${name}`),
    queue: (name: string) => arn("sqs", name),
    logGroup: (name: string) => arn("logs", `log-group:${name}`),
    glueJob: (name: string) => arn("glue", `job/${name}`),
    imageRepository: (name: string) => arn("ecr", `repository/${name}`),
    subnet: (id: string) => arn("ec2", `subnet/${id}`),
    securityGroup: (id: string) => arn("ec2", `security-group/${id}`),
    networkInterface: (id: string) => arn("ec2", `network-interface/${id}`),
    // SageMaker lowers the case of names in ARNs; IAM compares with case.
    transformJob: (name: string) => arn("sagemaker", `transform-job/${name.toLowerCase()}`),
    tuningJob: (name: string) =>
      arn("sagemaker", `hyper-parameter-tuning-job/${name.toLowerCase()}`),
    trainingJob: (name: string) => arn("sagemaker", `training-job/${name.toLowerCase()}`),
    model: (name: string) => arn("sagemaker", `model/${name.toLowerCase()}`),
    endpointConfig: (name: string) => arn("sagemaker", `endpoint-config/${name.toLowerCase()}`),
    endpoint: (name: string) => arn("sagemaker", `endpoint/${name.toLowerCase()}`),
  };
}

/** As the state machine takes it: `$substring($hash(text, 'SHA-256'), 0, 10)`. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, digestLength);
}

// JSON keeps the parts apart: ("a", "bc") and ("ab", "c") differ, whatever characters a key holds.
function sha256(...parts: string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
