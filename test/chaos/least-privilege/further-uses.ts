import {
  documentedForSync,
  groupForm,
  metrics,
  ruleOn,
  stoppedLater,
  streams,
  tuningOn,
  unloggedOn,
} from "./common-uses.ts";
import type { ComparisonPathName } from "./comparison-paths.ts";
import type { FurtherPathName } from "./further-paths.ts";
import type { FurtherRow, RoleUses } from "./use.ts";

// What config adds to the roles of a pipeline or of a comparison that is otherwise as those of the other rows.

/** `training.tuning` of a pipeline. */
export const tuningUses = {
  stateMachine: tuningOn<FurtherPathName>({
    run: "update",
    abort: "abort in tuning",
    deployment: "deployment",
  }),
  cleanUpRuns: {
    "sagemaker:ListHyperParameterTuningJobs": { path: "clean-up" },
    "sagemaker:StopHyperParameterTuningJob": { path: "clean-up with tuning" },
  },
  closeRun: { "sagemaker:StopHyperParameterTuningJob": { path: "closing after tuning" } },
} satisfies RoleUses<FurtherPathName>;

/** `training.spot`, which has checkpoints, and a channel that is fed from elsewhere. */
export const checkpointAndChannelUses = {
  training: {
    "s3:GetObject /checkpoints/": { path: "interrupted training" },
    "s3:PutObject /checkpoints/": { path: "update" },
    "s3:GetObject :::elsewhere": { path: "update" },
    "s3:ListBucket :::elsewhere": { path: "update" },
  },
} satisfies RoleUses<FurtherPathName>;

/** `evaluation: { by: batch }` of a comparison, and `accumulate: false`. */
export const batchUses = {
  etl: {
    "s3:GetObject .csv": { path: "comparison of .csv" },
    "s3:GetObject .libsvm": { path: "comparison of .libsvm" },
    "s3:GetObject .svm": { path: "comparison of .svm" },
  },
  serving: {
    "s3:GetObject /features/": { path: "comparison" },
    "s3:PutObject": { path: "comparison" },
    "s3:ListBucket": { path: "comparison" },
    "logs:CreateLogGroup TransformJobs:*": unloggedOn<ComparisonPathName>("first transform"),
    "logs:CreateLogGroup TransformJobs": groupForm,
    "logs:DescribeLogStreams TransformJobs": streams,
    "logs:CreateLogStream TransformJobs": unloggedOn<ComparisonPathName>("comparison"),
    "logs:PutLogEvents TransformJobs": unloggedOn<ComparisonPathName>("comparison"),
    "cloudwatch:PutMetricData": metrics,
  },
  stateMachine: {
    "sagemaker:CreateTransformJob": { path: "comparison" },
    "sagemaker:DescribeTransformJob": { path: "comparison" },
    "sagemaker:StopTransformJob": { path: "abort in transform", endured: stoppedLater },
    "sagemaker:AddTags :transform-job/": { path: "comparison" },
    "sagemaker:ListTags :transform-job/": documentedForSync,
    ...ruleOn<ComparisonPathName>("TransformJobsRule", "deployment"),
  },
  closeComparison: { "sagemaker:StopTransformJob": { path: "closing with transform" } },
  cleanUpRuns: { "sagemaker:StopTransformJob": { path: "clean-up with transform" } },
} satisfies RoleUses<ComparisonPathName>;

/** `tuning` of a candidate. */
export const tunedCandidateUses = {
  stateMachine: tuningOn<ComparisonPathName>({
    run: "comparison",
    abort: "abort in tuning",
    deployment: "deployment",
  }),
  recordComparison: { "sagemaker:DescribeTrainingJob": { path: "recording" } },
  closeComparison: {
    "sagemaker:ListHyperParameterTuningJobs": { path: "closing" },
    "sagemaker:StopHyperParameterTuningJob": { path: "closing with tuning" },
  },
  cleanUpRuns: {
    "sagemaker:ListHyperParameterTuningJobs": { path: "clean-up with tuning" },
    "sagemaker:StopHyperParameterTuningJob": { path: "clean-up with tuning" },
  },
} satisfies RoleUses<ComparisonPathName>;

export const furtherUses: Readonly<Record<FurtherRow, RoleUses>> = {
  "least-privilege-of-batch": batchUses,
  "least-privilege-of-checkpoints-and-channels": checkpointAndChannelUses,
  "least-privilege-of-tuned-candidates": tunedCandidateUses,
  "least-privilege-of-tuning": tuningUses,
};
