import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BundledFunction } from "./bundled-function.ts";
import { closeVersionStatements } from "./close-version-statements.ts";
import { type ComparisonContext, comparisonRules } from "./comparison-context.ts";
import { removeCandidatesStatements } from "./comparison-functions.ts";
import { maxCandidates } from "./comparison-names.ts";
import { createFailedEventsQueue } from "./failed-events-queue.ts";
import { subscribeToFailedRuns } from "./failed-runs-subscription.ts";
import { arnsIn } from "./names.ts";
import { allow, type Statement } from "./policies.ts";
import { cleanUpTuningStatements } from "./run-clean-up.ts";
import { isTuned } from "./tuned-candidates.ts";

export interface ComparisonCloserArgs {
  context: ComparisonContext;
  /** What outlives it. */
  dependsOn?: pulumi.Resource[];
}

/**
 * Sweeps up after comparisons that could not do so themselves: aborted, timed out, or failed.
 *
 * @example
 * new ComparisonCloser("abalone-closer", { context, dependsOn: [cleanUp.invocation] }, { parent: this });
 */
export class ComparisonCloser extends pulumi.ComponentResource {
  constructor(name: string, args: ComparisonCloserArgs, opts?: pulumi.ComponentResourceOptions) {
    super("retraining:components:ComparisonCloser", name, {}, opts);
    const { context } = args;
    const { names, place } = context;
    const queue = createFailedEventsQueue(this, `${name}-unclosed-runs`, {
      queueName: names.unclosedRunsQueue,
      ruleName: names.runEndedRule,
      alarmDescription: `Comparisons that ended and were not swept up after wait in ${names.unclosedRunsQueue}: send them again once the cause is gone.`,
      place,
    });
    const close = createFunction(this, name, args, queue);
    subscribeToFailedRuns(this, name, context, close, queue);
    this.registerOutputs({});
  }
}

/** Stops a comparison's jobs, deletes what candidates left, discards its version, writes its report, tells the account. */
export function closeComparisonStatements(context: ComparisonContext): Statement[] {
  const { place, names } = context;
  const arns = arnsIn(place);
  return [
    allow(["glue:GetJobRuns", "glue:BatchStopJobRun"], [arns.glueJob(names.glueJob)]),
    allow(["sagemaker:ListTrainingJobs", "sagemaker:ListTransformJobs"], ["*"]), // lists know no resources
    allow(["sagemaker:StopTrainingJob"], [arns.trainingJob(`${names.candidatePrefix}*`)]),
    allow(["sagemaker:StopTransformJob"], [arns.transformJob(`${names.candidatePrefix}*`)]),
    ...(isTuned(context.comparison) ? cleanUpTuningStatements(context) : []),
    ...removeCandidatesStatements(context),
    ...closeVersionStatements(context),
  ];
}

function createFunction(
  parent: pulumi.Resource,
  name: string,
  { context, dependsOn = [] }: ComparisonCloserArgs,
  queue: aws.sqs.Queue,
) {
  const { names, config, place, bucket, stack, comparison } = context;
  return new BundledFunction(
    `${name}-close-comparison`,
    {
      functionName: names.closeComparisonFunction,
      roleName: names.candidateRoles.closeComparison,
      handler: "close-comparison",
      statements: closeComparisonStatements(context),
      environment: {
        BUCKET: bucket,
        STACK: stack,
        COMPARISON: config.name,
        RUN_PREFIX: names.runPrefix,
        CANDIDATE_PREFIX: names.candidatePrefix,
        ...(isTuned(comparison) && { TUNING_PREFIX: names.tuningPrefix }),
        CANDIDATE_COUNT: String(maxCandidates), // a run may have begun with more than config has now
        LOG_RETENTION_DAYS: String(config.logs.retentionDays),
        ENDPOINT_NAME: config.endpoint.name,
        GLUE_JOB: names.glueJob,
        RULES: JSON.stringify(comparisonRules(context)),
      },
      place,
      logRetentionDays: config.logs.retentionDays,
      kmsKeyArn: config.kmsKeyArn,
      timeoutSeconds: 900, // jobs take minutes to stop, endpoints to come up before they can go
      deadLetterQueueArn: queue.arn,
      dependsOn,
    },
    { parent },
  );
}
