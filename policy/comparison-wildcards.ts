import type { WildcardExemption } from "./wildcard-exemptions.ts";
import { arn, objects } from "./wildcard-patterns.ts";

/** What the names of candidates' endpoints, models and jobs start with: `c--<base>--`. */
const made = "c--[a-z0-9-]+--\\*";

/** Wildcards that the policies of comparisons have beside those of pipelines. */
export const comparisonWildcards: readonly WildcardExemption[] = [
  {
    actions: ["s3:GetObject"],
    resource: objects("output/*/<format>/<split>/*"),
    reason:
      "Training reads the splits of its run, batch transform the rows without labels: the title differs from run to run.",
  },
  {
    actions: ["s3:GetObject", "s3:PutObject"],
    resource: objects("models/*"),
    reason:
      "Training writes candidates' models below the run's title and their numbers; serving reads them.",
  },
  {
    actions: ["s3:GetObject"],
    resource: objects("output/*"),
    reason:
      "Predictions are asked for with the test rows of the run, or read from what its batch transform wrote.",
  },
  {
    actions: ["s3:PutObject"],
    resource: objects("output/*/*/transform/*"),
    reason: "Batch transform writes below the run's title and the candidate's number.",
  },
  {
    actions: ["s3:GetObject", "s3:PutObject"],
    resource: objects("output/*/*/predictions.json", "output/*/scores.json"),
    reason:
      "Predictions and scores of a run: the title and the candidate's number are in their keys.",
  },
  {
    actions: ["s3:GetObject"],
    resource: objects("runs/*/input.libsvm", "runs/*/input.svm", "runs/*/inputs/*"),
    reason: "ETL reads the upload of its run, or all uploads so far, below the run's title.",
  },
  {
    actions: ["s3:PutObject", "s3:AbortMultipartUpload"],
    resource: objects("runs/*/input.libsvm", "runs/*/input.svm", "runs/*/inputs/*"),
    reason: "The copies of uploads that a run reads have its title in their keys.",
  },
  {
    actions: ["s3:GetObject"],
    resource: objects("runs/*/manifest.json"),
    reason: "The record names uploads where ETL named the copies that it read.",
  },
  {
    actions: ["s3:PutObject"],
    resource: objects("runs/*/manifest.json", "runs/*/report.html"),
    reason: "The list of a run's inputs and its page have its title in their keys.",
  },
  {
    actions: [
      "sagemaker:CreateEndpoint",
      "sagemaker:DescribeEndpoint",
      "sagemaker:DeleteEndpoint",
      "sagemaker:InvokeEndpoint",
      "sagemaker:AddTags",
      "sagemaker:ListTags",
    ],
    resource: arn("sagemaker", `endpoint/${made}`),
    reason: "Endpoints of candidates, one for each of a run: never one that serves in production.",
  },
  {
    actions: [
      "sagemaker:CreateTransformJob",
      "sagemaker:DescribeTransformJob",
      "sagemaker:StopTransformJob",
      "sagemaker:AddTags",
      "sagemaker:ListTags",
    ],
    resource: arn("sagemaker", `transform-job/${made}`),
    reason: "Batch transform jobs of candidates, one for each of a run.",
  },
  {
    actions: ["sagemaker:ListTags"],
    resource: arn("sagemaker", "model/[a-z0-9-]+--\\*"),
    reason: "Models of one comparison, which are tagged.",
  },
  {
    actions: ["sagemaker:ListTransformJobs", "sagemaker:ListEndpoints"],
    resource: /^\*$/,
    reason: "SageMaker's lists know no resources.",
  },
  {
    actions: ["logs:FilterLogEvents"],
    resource: arn("logs", "log-group:/aws/sagemaker/TrainingJobs:\\*"),
    reason:
      "The record draws what trainings logged of their metrics: all jobs of the account log to this group.",
  },
  {
    actions: ["logs:CreateLogGroup", "logs:DescribeLogStreams"],
    resource: arn("logs", `log-group:/aws/sagemaker/Endpoints/${made}(:\\*)?`),
    reason: "Groups of candidates' endpoints, which SageMaker names after them.",
  },
  {
    actions: ["logs:PutRetentionPolicy", "logs:DeleteLogGroup"],
    resource: arn("logs", `log-group:/aws/sagemaker/Endpoints/${made}`),
    reason: "Those groups are kept as long as config says, and go with the comparison.",
  },
  {
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resource: arn("logs", `log-group:/aws/sagemaker/Endpoints/${made}:log-stream:\\*`),
    reason: "The streams of those groups.",
  },
];
