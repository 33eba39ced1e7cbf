import type * as pulumi from "@pulumi/pulumi";
import { bucketLayout } from "./bucket-layout.ts";
import { BundledFunction } from "./bundled-function.ts";
import { allowData } from "./encryption-key.ts";
import { isCsv } from "./is-csv.ts";
import { arnsIn } from "./names.ts";
import type { PipelineContext, RunContext } from "./pipeline-context.ts";
import { allow, type Statement } from "./policies.ts";

/** The functions that a pipeline's state machine calls; each may do its own task and no more. */
export function createRunFunctions(
  parent: pulumi.Resource,
  name: string,
  context: PipelineContext,
): BundledFunction[] {
  const { names, config, place } = context;
  const common = {
    place,
    logRetentionDays: config.logs.retentionDays,
    kmsKeyArn: config.kmsKeyArn,
  };
  return [
    ...createDeploymentFunctions(parent, name, context, trainPrefixesOfRun(context)),
    new BundledFunction(
      `${name}-record-run`,
      {
        ...common,
        functionName: names.recordRunFunction,
        roleName: names.roles.recordRun,
        handler: "record-run",
        statements: recordRunStatements(context),
        environment: { BUCKET: context.bucket, STACK: context.stack, PIPELINE: config.name },
      },
      { parent },
    ),
  ];
}

/**
 * Those by which a run deploys: comparisons have them too.
 *
 * @param trainPrefixes of the keys where ETL writes what models are trained on, `*` for the title
 */
export function createDeploymentFunctions(
  parent: pulumi.Resource,
  name: string,
  context: RunContext,
  trainPrefixes: string[],
): BundledFunction[] {
  const { names, config, place } = context;
  const common = {
    place,
    logRetentionDays: config.logs.retentionDays,
    kmsKeyArn: config.kmsKeyArn,
  };
  return [
    new BundledFunction(
      `${name}-write-schema`,
      {
        ...common,
        functionName: names.writeSchemaFunction,
        roleName: names.roles.writeSchema,
        handler: "write-schema",
        statements: writeSchemaStatements(context, trainPrefixes),
        environment: { BUCKET: context.bucket },
      },
      { parent },
    ),
    new BundledFunction(
      `${name}-resolve-endpoint`,
      {
        ...common,
        functionName: names.resolveEndpointFunction,
        roleName: names.roles.resolveEndpoint,
        handler: "resolve-endpoint",
        statements: resolveEndpointStatements(context),
        environment: {
          RUN_PREFIX: names.runPrefix,
          STATE_MACHINE_ARN: arnsIn(place).stateMachine(names.stateMachine),
          BUCKET: context.bucket,
        },
      },
      { parent },
    ),
    new BundledFunction(
      `${name}-prune-versions`,
      {
        ...common,
        functionName: names.pruneVersionsFunction,
        roleName: names.roles.pruneVersions,
        handler: "prune-versions",
        statements: pruneVersionsStatements(context),
        environment: {
          RUN_PREFIX: names.runPrefix,
          ENDPOINT_NAME: config.endpoint.name,
          KEEP_VERSIONS: String(config.endpoint.keepVersions),
          STATE_MACHINE_ARN: arnsIn(place).stateMachine(names.stateMachine),
          BUCKET: context.bucket,
          RUN_RETENTION_DAYS: String(config.data.runRetentionDays),
        },
        timeoutSeconds: 300, // after a long time without a run there may be hundreds
      },
      { parent },
    ),
  ];
}

/** Where a first line says how many features there are: in CSV that ETL writes. Data from elsewhere are not looked at. */
export function trainPrefixesOfRun({ config: { training } }: PipelineContext): string[] {
  const isRead = training.channels["train"] === "etl" && isCsv(training.contentType);
  return isRead ? [bucketLayout.train("*")] : [];
}

/** Reads ETL's report and the first line of the training data, writes what the model was trained on. */
export function writeSchemaStatements(
  { place, bucket, config }: RunContext,
  trainPrefixes: string[],
): Statement[] {
  const arns = arnsIn(place);
  return [
    allow(
      ["s3:GetObject"],
      [
        arns.object(bucket, bucketLayout.etlReport("*")),
        ...trainPrefixes.map((prefix) => arns.object(bucket, `${prefix}*`)),
      ],
    ),
    allow(["s3:ListBucket"], [arns.bucket(bucket)]), // or S3 answers 403 for a report that is not there
    allow(["s3:PutObject"], [arns.object(bucket, bucketLayout.schema("*"))]),
    ...allowData(config.kmsKeyArn),
  ];
}

/** Looks at the endpoint, the config that it serves and its run; takes a failed one out of the way; says whose turn it is. */
export function resolveEndpointStatements({
  place,
  bucket,
  names,
  config,
}: RunContext): Statement[] {
  const arns = arnsIn(place);
  const deployingRun = arns.object(bucket, bucketLayout.deployingRun);
  return [
    allow(
      ["sagemaker:DescribeEndpoint", "sagemaker:DeleteEndpoint"],
      [arns.endpoint(config.endpoint.name)],
    ),
    allow(["sagemaker:DescribeEndpointConfig"], [arns.endpointConfig(`${names.runPrefix}*`)]),
    allow(["states:DescribeExecution"], [arns.execution(names.stateMachine, "*")]),
    allow(["s3:GetObject", "s3:PutObject"], [deployingRun]),
    ...allowData(config.kmsKeyArn),
  ];
}

/** Lists everything, deletes what this pipeline's runs made. */
export function pruneVersionsStatements({ place, bucket, names, config }: RunContext): Statement[] {
  const arns = arnsIn(place);
  const made = `${names.runPrefix}*`;
  return [
    allow(["sagemaker:ListEndpointConfigs", "sagemaker:ListModels"], ["*"]), // lists know no resources
    allow(
      ["sagemaker:DescribeEndpoint", "sagemaker:DeleteEndpoint"],
      [arns.endpoint(config.endpoint.name)],
    ),
    allow(
      ["sagemaker:DeleteEndpointConfig", "sagemaker:ListTags"],
      [arns.endpointConfig(made)], // tags say what is kept
    ),
    allow(["sagemaker:DeleteModel"], [arns.model(made)]),
    allow(["states:ListExecutions"], [arns.stateMachine(names.stateMachine)]),
    allow(["states:DescribeExecution"], [arns.execution(names.stateMachine, "*")]),
    allow(["s3:ListBucket"], [arns.bucket(bucket)], {
      StringLike: { "s3:prefix": `${bucketLayout.modelsPrefix}*` },
    }),
    allow(["s3:DeleteObject"], [arns.object(bucket, `${bucketLayout.modelsPrefix}*`)]),
  ];
}

/** Reads what ETL reported, writes the run's report, tells the account. */
export function recordRunStatements({ place, bucket, config }: RunContext): Statement[] {
  const arns = arnsIn(place);
  return [
    allow(["s3:GetObject"], [arns.object(bucket, bucketLayout.etlReport("*"))]),
    allow(["s3:ListBucket"], [arns.bucket(bucket)]), // or S3 answers 403 for a report that is not there
    allow(["s3:PutObject"], [arns.object(bucket, bucketLayout.report("*"))]),
    allow(["events:PutEvents"], [arns.eventBus("default")], {
      StringEquals: { "events:source": "retraining" },
    }),
    ...allowData(config.kmsKeyArn),
  ];
}
