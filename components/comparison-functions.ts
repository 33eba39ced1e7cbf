import type * as pulumi from "@pulumi/pulumi";
import { bucketLayout } from "./bucket-layout.ts";
import { BundledFunction, type BundledFunctionArgs } from "./bundled-function.ts";
import type { ComparisonContext } from "./comparison-context.ts";
import { comparisonLayout } from "./comparison-layout.ts";
import { allowData } from "./encryption-key.ts";
import { arnsIn, logGroups } from "./names.ts";
import { allow, type Statement } from "./policies.ts";
import { isTuned } from "./tuned-candidates.ts";

/** The functions that a comparison's state machine calls beside those of promotion; each may do its own task and no more. */
export function createComparisonFunctions(
  parent: pulumi.Resource,
  name: string,
  context: ComparisonContext,
): BundledFunction[] {
  const { names, config, place, bucket, stack, comparison, inputExtensions } = context;
  const { candidateRoles: roles } = names;
  const create = (
    suffix: BundledFunctionArgs["handler"],
    args: Omit<BundledFunctionArgs, "place" | "logRetentionDays" | "handler">,
  ) =>
    new BundledFunction(
      `${name}-${suffix}`,
      {
        place,
        logRetentionDays: config.logs.retentionDays,
        kmsKeyArn: config.kmsKeyArn,
        handler: suffix,
        ...args,
      },
      { parent },
    );
  return [
    ...(comparison.accumulate
      ? [
          create("gather-inputs", {
            functionName: names.gatherInputsFunction,
            roleName: roles.gatherInputs,
            statements: gatherInputsStatements(context),
            environment: { BUCKET: bucket, INPUT_EXTENSIONS: inputExtensions.join(",") },
            timeoutSeconds: 900, // copies of all uploads so far
          }),
        ]
      : []),
    create("predict-candidate", {
      functionName: names.predictCandidateFunction,
      roleName: roles.predictCandidate,
      statements: predictCandidateStatements(context),
      environment: { BUCKET: bucket },
      timeoutSeconds: 900,
      memoryMegabytes: 2048,
    }),
    create("remove-candidates", {
      functionName: names.removeCandidatesFunction,
      roleName: roles.removeCandidates,
      statements: removeCandidatesStatements(context),
      environment: {
        CANDIDATE_PREFIX: names.candidatePrefix,
        LOG_RETENTION_DAYS: String(config.logs.retentionDays),
      },
      timeoutSeconds: 900, // an endpoint that is being created can only be deleted after that
    }),
    create("compare-candidates", {
      functionName: names.compareCandidatesFunction,
      roleName: roles.compareCandidates,
      statements: compareCandidatesStatements(context),
      environment: { BUCKET: bucket },
      timeoutSeconds: 900,
      memoryMegabytes: 3008,
    }),
    create("record-comparison", {
      functionName: names.recordComparisonFunction,
      roleName: roles.recordComparison,
      statements: recordComparisonStatements(context),
      environment: { BUCKET: bucket, STACK: stack, COMPARISON: config.name },
      timeoutSeconds: 300,
      memoryMegabytes: 2048,
    }),
  ];
}

/** Pins the split, lists all uploads, copies them to where the run reads them. */
export function gatherInputsStatements({ place, bucket, config }: ComparisonContext): Statement[] {
  const arns = arnsIn(place);
  const copies = arns.object(bucket, `${comparisonLayout.inputs("*")}*`);
  const pinnedSplit = arns.object(bucket, comparisonLayout.pinnedSplit);
  return [
    allow(["s3:ListBucketVersions"], [arns.bucket(bucket)], {
      StringLike: { "s3:prefix": `${bucketLayout.inputPrefix}*` },
    }),
    allow(["s3:GetObjectVersion"], [arns.object(bucket, `${bucketLayout.inputPrefix}*`)]),
    allow(
      ["s3:PutObject"],
      [copies, arns.object(bucket, comparisonLayout.manifest("*")), pinnedSplit],
    ),
    allow(["s3:GetObject"], [pinnedSplit]),
    allow(["s3:AbortMultipartUpload"], [copies]),
    ...allowData(config.kmsKeyArn),
  ];
}

/** Reads the test rows, asks a candidate's endpoint or reads its transform's output, writes the predictions. */
export function predictCandidateStatements({
  place,
  bucket,
  names,
  config,
  comparison,
}: ComparisonContext): Statement[] {
  const arns = arnsIn(place);
  return [
    allow(["s3:ListBucket"], [arns.bucket(bucket)], {
      StringLike: { "s3:prefix": `${bucketLayout.outputPrefix}*` },
    }),
    allow(["s3:GetObject"], [arns.object(bucket, `${bucketLayout.outputPrefix}*`)]),
    allow(["s3:PutObject"], [arns.object(bucket, comparisonLayout.predictions("*", "*"))]),
    ...(comparison.evaluation.by === "endpoint"
      ? [allow(["sagemaker:InvokeEndpoint"], [arns.endpoint(`${names.candidatePrefix}*`)])]
      : []),
    ...allowData(config.kmsKeyArn),
  ];
}

/** Deletes what candidates made, and bounds how long their endpoints' logs stay; nothing else. */
export function removeCandidatesStatements({ place, names }: ComparisonContext): Statement[] {
  const arns = arnsIn(place);
  const made = `${names.candidatePrefix}*`;
  return [
    allow(["sagemaker:DescribeEndpoint", "sagemaker:DeleteEndpoint"], [arns.endpoint(made)]),
    allow(["sagemaker:DeleteEndpointConfig"], [arns.endpointConfig(made)]),
    allow(["sagemaker:DeleteModel"], [arns.model(made)]),
    allow(["logs:PutRetentionPolicy"], [arns.logGroup(logGroups.ofEndpoint(made))]),
  ];
}

/** Reads predictions and ETL's report, writes scores. */
export function compareCandidatesStatements({
  place,
  bucket,
  config,
}: ComparisonContext): Statement[] {
  const arns = arnsIn(place);
  return [
    allow(
      ["s3:GetObject"],
      [
        arns.object(bucket, comparisonLayout.predictions("*", "*")),
        arns.object(bucket, bucketLayout.etlReport("*")),
      ],
    ),
    allow(["s3:PutObject"], [arns.object(bucket, comparisonLayout.scores("*"))]),
    ...allowData(config.kmsKeyArn),
  ];
}

/** Reads what the comparison wrote and what its trainings logged, writes report and page, tells the account. */
export function recordComparisonStatements({
  place,
  bucket,
  names,
  config,
  comparison,
}: ComparisonContext): Statement[] {
  const arns = arnsIn(place);
  const trained = comparison.candidates.some(({ tuning }) => tuning === undefined);
  const trainings = [
    ...(trained ? [arns.trainingJob(`${names.candidatePrefix}*`)] : []),
    ...(isTuned(comparison) ? [arns.trainingJob(`${names.tuningPrefix}*`)] : []), // the best one of a tuning job
  ];
  return [
    allow(
      ["s3:GetObject"],
      [
        arns.object(bucket, comparisonLayout.predictions("*", "*")),
        arns.object(bucket, comparisonLayout.scores("*")),
        arns.object(bucket, bucketLayout.etlReport("*")),
        ...(comparison.accumulate ? [arns.object(bucket, comparisonLayout.manifest("*"))] : []),
      ],
    ),
    allow(["s3:ListBucket"], [arns.bucket(bucket)]), // or S3 answers 403 for a report that is not there
    allow(
      ["s3:PutObject"],
      [
        arns.object(bucket, bucketLayout.report("*")),
        arns.object(bucket, comparisonLayout.page("*")),
      ],
    ),
    allow(["sagemaker:DescribeTrainingJob"], trainings),
    allow(["logs:FilterLogEvents"], [`${arns.logGroup(logGroups.trainingJobs)}:*`]),
    allow(["events:PutEvents"], [arns.eventBus("default")], {
      StringEquals: { "events:source": "retraining" },
    }),
    ...allowData(config.kmsKeyArn),
  ];
}
