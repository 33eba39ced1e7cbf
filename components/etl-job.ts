import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bucketLayout } from "./bucket-layout.ts";
import { allowData } from "./encryption-key.ts";
import { glueLibrary } from "./glue-library.ts";
import { arnsIn, logGroups, type PipelineNames } from "./names.ts";
import type { RunContext } from "./pipeline-context.ts";
import { allow, allowMetrics, type Statement } from "./policies.ts";
import { createServiceRole } from "./service-role.ts";

export interface EtlJobArgs {
  context: RunContext;
  /** Bucket that code and data are in, once it is there. */
  bucket: pulumi.Input<string>;
}

/** Runs of one job at a time; uploads beyond wait in their state machine. Glue's default is 1. */
const maxConcurrentRuns = 10;

/** Without its slash: Glue's file system marks each folder that it makes by an object beside it, `output_$folder$`. */
const outputFolder = bucketLayout.outputPrefix.replace(/\/$/, "");

/**
 * A Glue 5.0 Spark job with its script, its role and its logs. Each run gets what to read and write as arguments.
 *
 * @example
 * const etl = new EtlJob("churn-etl", { context, bucket: data.name }, { parent: this });
 */
export class EtlJob extends pulumi.ComponentResource {
  readonly job: aws.glue.Job;

  constructor(name: string, args: EtlJobArgs, opts?: pulumi.ComponentResourceOptions) {
    super("retraining:components:EtlJob", name, {}, opts);
    const { context } = args;
    const code = createCode(this, name, args);
    const logs = createLogGroups(this, name, context);
    const security = createSecurityConfiguration(this, name, context);
    const { role, policy } = createServiceRole(this, name, {
      roleName: context.names.roles.etl,
      service: "glue.amazonaws.com",
      accountId: context.place.accountId,
      statements: etlStatements(context),
    });
    this.job = createJob(this, name, context, {
      roleArn: role.arn,
      security: security.name,
      hasLibrary: code.length > 1,
      dependsOn: [...code, ...logs, policy],
    });
    this.registerOutputs({ job: this.job.name });
  }
}

/** Reads its code and its input, writes the run's output. */
export function etlStatements({
  place,
  bucket,
  names,
  config,
  etlInputs,
}: RunContext): Statement[] {
  const arns = arnsIn(place);
  const groups = glueLogGroups(names, config.kmsKeyArn).map((group) => arns.logGroup(group));
  return [
    allow(
      ["s3:GetObject"],
      [
        arns.object(bucket, `${bucketLayout.codePrefix}*`),
        ...etlInputs.map((key) => arns.object(bucket, key)),
      ],
    ),
    allow(
      // Spark writes below _temporary/ and moves: it reads and deletes its own
      ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
      [arns.object(bucket, `${outputFolder}*`)],
    ),
    allow(["s3:ListBucket"], [arns.bucket(bucket)], {
      StringLike: {
        "s3:prefix": [
          `${bucketLayout.codePrefix}*`,
          `${bucketLayout.runsPrefix}*`,
          `${outputFolder}*`,
        ],
      },
    }),
    allow(
      ["logs:CreateLogStream", "logs:PutLogEvents"],
      groups.map((arn) => `${arn}:*`),
    ),
    allowMetrics("Glue"),
    ...(config.kmsKeyArn === undefined ? [] : [allow(["logs:AssociateKmsKey"], groups)]),
    ...allowData(config.kmsKeyArn),
  ];
}

function createCode(parent: pulumi.Resource, name: string, { context, bucket }: EtlJobArgs) {
  const script = scriptPath(context);
  const object = (suffix: string, key: string, source: pulumi.asset.Asset | pulumi.asset.Archive) =>
    new aws.s3.BucketObjectv2(`${name}-${suffix}`, { bucket, key, source }, { parent });
  const library = glueLibrary(dirname(script));
  return [
    object("script", scriptKey(context), new pulumi.asset.FileAsset(script)),
    ...(library === undefined ? [] : [object("library", bucketLayout.library, library)]),
  ];
}

function scriptPath({ config }: RunContext): string {
  const project = fileURLToPath(new URL("..", import.meta.url));
  return join(project, config.etl.script);
}

function scriptKey({ config }: RunContext): string {
  return bucketLayout.script(basename(config.etl.script));
}

function createLogGroups(
  parent: pulumi.Resource,
  name: string,
  { names, config }: RunContext,
): aws.cloudwatch.LogGroup[] {
  return glueLogGroups(names, config.kmsKeyArn).map(
    (group) =>
      new aws.cloudwatch.LogGroup(
        `${name}-${basename(group)}-logs`,
        { name: group, retentionInDays: config.logs.retentionDays, kmsKeyId: config.kmsKeyArn },
        { parent },
      ),
  );
}

/**
 * Glue 5 appends these two to the prefix: `error` takes Spark's own logs, `output` what the script prints. Between comes, where
 * it encrypts the logs, the name of the security configuration and of the role.
 */
function glueLogGroups({ glueJob, roles }: PipelineNames, kmsKeyArn: string | undefined): string[] {
  const encrypted = kmsKeyArn === undefined ? "" : `/${glueJob}-role/${roles.etl}`;
  return ["error", "output"].map((end) => `${logGroups.ofGlueJob(glueJob)}${encrypted}/${end}`);
}

/**
 * How Glue encrypts what the job writes. Logs and bookmarks can only be encrypted with a key of the account's: where
 * config names none, CloudWatch and Glue use their own, which is what DISABLED means here.
 */
function createSecurityConfiguration(
  parent: pulumi.Resource,
  name: string,
  { names, config }: RunContext,
) {
  const { kmsKeyArn } = config;
  return new aws.glue.SecurityConfiguration(
    `${name}-security`,
    {
      name: names.glueJob,
      encryptionConfiguration:
        kmsKeyArn === undefined
          ? {
              cloudwatchEncryption: { cloudwatchEncryptionMode: "DISABLED" },
              jobBookmarksEncryption: { jobBookmarksEncryptionMode: "DISABLED" },
              s3Encryption: { s3EncryptionMode: "SSE-S3" },
            }
          : {
              cloudwatchEncryption: { cloudwatchEncryptionMode: "SSE-KMS", kmsKeyArn },
              jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS", kmsKeyArn },
              s3Encryption: { s3EncryptionMode: "SSE-KMS", kmsKeyArn },
            },
    },
    { parent },
  );
}

interface JobParts {
  roleArn: pulumi.Input<string>;
  security: pulumi.Input<string>;
  hasLibrary: boolean;
  dependsOn: pulumi.Resource[];
}

function createJob(parent: pulumi.Resource, name: string, context: RunContext, parts: JobParts) {
  const { config, names, bucket } = context;
  return new aws.glue.Job(
    name,
    {
      name: names.glueJob,
      roleArn: parts.roleArn,
      glueVersion: "5.0",
      command: {
        name: "glueetl",
        pythonVersion: "3",
        scriptLocation: `s3://${bucket}/${scriptKey(context)}`,
      },
      workerType: config.etl.workerType,
      numberOfWorkers: config.etl.workerCount,
      timeout: config.etl.timeoutMinutes,
      maxRetries: 0, // a script that fails fails again: what passes is retried by the state machine
      executionProperty: { maxConcurrentRuns },
      securityConfiguration: parts.security,
      defaultArguments: {
        "--job-language": "python",
        "--job-bookmark-option": "job-bookmark-disable", // each run reads one object, once
        // no empty _SUCCESS among training data, whatever writes them: XGBoost may look for a delimiter there
        "--conf": "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs=false",
        "--enable-metrics": "true",
        "--custom-logGroup-prefix": logGroups.ofGlueJob(names.glueJob),
        ...(parts.hasLibrary && { "--extra-py-files": `s3://${bucket}/${bucketLayout.library}` }),
        ...Object.fromEntries(
          Object.entries(config.etl.arguments).map(([key, value]) => [`--${key}`, value]),
        ),
      },
    },
    { parent, dependsOn: parts.dependsOn },
  );
}
