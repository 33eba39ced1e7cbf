import { comparisonWildcards } from "./comparison-wildcards.ts";
import { arn, objects } from "./wildcard-patterns.ts";

export interface WildcardExemption {
  actions: readonly string[];
  /** The resource of the statement, wildcard included. */
  resource: RegExp;
  /** Condition key that the statement must have. */
  condition?: string;
  reason: string;
}

const everything = /^\*$/;

/** Every wildcard that the program's policies may have, by action and resource. */
export const wildcardExemptions: readonly WildcardExemption[] = [
  {
    actions: ["s3:GetObject"],
    resource: objects("code/*", "runs/*/input.csv", "runs/*/report.json", "output/*/etl.json"),
    reason:
      "ETL and the run's record read the code and what runs keep below a key with the run's title.",
  },
  {
    actions: ["s3:GetObject"],
    resource: objects("output/*/<channel>/*", "models/*/*"),
    reason:
      "Training reads the channels of its run and serving the model: the title differs from run to run.",
  },
  {
    actions: ["s3:GetObject"],
    // of no pipeline's bucket: what these may be read for is said above
    resource: /^arn:aws[\w-]*:s3:::(?!retraining-)[a-z0-9.-]+\/[^*?$]+\*$/,
    reason:
      "Training reads a channel that config feeds from an s3:// URI: as SageMaker does, every key that starts so.",
  },
  {
    actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
    resource: objects("output*"),
    reason: "Spark writes below a temporary key of the run's output, moves and cleans up.",
  },
  {
    actions: ["s3:PutObject"],
    resource: objects("models/*/*", "models/*/schema.json", "runs/*/report.json"),
    reason:
      "Training writes the run's model, later steps its schema and record: the title differs from run to run.",
  },
  {
    actions: ["s3:GetObject", "s3:PutObject"],
    resource: objects("output/*/checkpoints/*"),
    reason: "Spot training goes on from the checkpoints of its run.",
  },
  {
    actions: ["s3:DeleteObject"],
    resource: objects("models/*"),
    reason: "A version that is pruned takes its model along.",
  },
  {
    actions: ["s3:GetObjectVersion"],
    resource: objects("input/*"),
    reason: "Users choose the names of what they upload.",
  },
  {
    actions: ["s3:PutObject", "s3:AbortMultipartUpload"],
    resource: objects("runs/*/input.csv", "refused/*.json"),
    reason: "The snapshot and the refusal of an upload have its title in their keys.",
  },
  {
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resource: arn("logs", "log-group:/aws/[\\w/.-]+:(log-stream:)?\\*"),
    reason: "The streams of one log group: services name them by the time and the instance.",
  },
  {
    actions: ["logs:CreateLogGroup", "logs:DescribeLogStreams"],
    resource: arn("logs", "log-group:/aws/sagemaker/[\\w/.-]+:\\*"),
    reason:
      "One log group and its streams: IAM takes the group's ARN with `:*` for some of these actions.",
  },
  {
    actions: [
      "sagemaker:CreateTrainingJob",
      "sagemaker:DescribeTrainingJob",
      "sagemaker:StopTrainingJob",
      "sagemaker:AddTags",
      "sagemaker:ListTags",
    ],
    resource: arn("sagemaker", "training-job/[a-z0-9-]+--\\*"),
    reason: "Training jobs of one pipeline: their names start with its base and two hyphens.",
  },
  {
    actions: [
      "sagemaker:CreateHyperParameterTuningJob",
      "sagemaker:DescribeHyperParameterTuningJob",
      "sagemaker:ListTrainingJobsForHyperParameterTuningJob",
      "sagemaker:StopHyperParameterTuningJob",
      "sagemaker:AddTags",
      "sagemaker:ListTags",
    ],
    resource: arn("sagemaker", "hyper-parameter-tuning-job/[0-9a-f]{10}-\\*"),
    reason: "Tuning jobs of one pipeline: their names start with a digest of its base.",
  },
  {
    actions: ["sagemaker:DescribeTrainingJob"],
    resource: arn("sagemaker", "training-job/[0-9a-f]{10}-\\*"),
    reason:
      "Training jobs that SageMaker started for the pipeline's tuning jobs, after which it names them.",
  },
  {
    actions: ["sagemaker:CreateModel", "sagemaker:DeleteModel", "sagemaker:AddTags"],
    resource: arn("sagemaker", "model/[a-z0-9-]+--\\*"),
    reason: "Models of one pipeline: their names start with its base and two hyphens.",
  },
  {
    actions: [
      "sagemaker:CreateEndpointConfig",
      "sagemaker:DescribeEndpointConfig",
      "sagemaker:DeleteEndpointConfig",
      "sagemaker:CreateEndpoint",
      "sagemaker:UpdateEndpoint",
    ],
    resource: arn("sagemaker", "endpoint-config/[a-z0-9-]+--\\*"),
    reason: "Endpoint configs of one pipeline: their names start with its base and two hyphens.",
  },
  {
    actions: ["sagemaker:AddTags", "sagemaker:ListTags"],
    resource: arn("sagemaker", "endpoint-config/[a-z0-9-]+--\\*"),
    reason: "A version that is to stay is tagged so: endpoint configs of one pipeline, as above.",
  },
  {
    actions: ["states:StopExecution", "states:DescribeExecution", "states:GetExecutionHistory"],
    resource: arn("states", "execution:[a-z0-9-]+-(retraining|comparison):\\*"),
    reason: "Runs of one state machine: each run's name is its title.",
  },
  {
    actions: [
      "sagemaker:ListEndpointConfigs",
      "sagemaker:ListModels",
      "sagemaker:ListTrainingJobs",
      "sagemaker:ListHyperParameterTuningJobs",
    ],
    resource: everything,
    reason: "SageMaker's lists know no resources.",
  },
  {
    actions: ["cloudwatch:PutMetricData"],
    resource: everything,
    condition: "cloudwatch:namespace",
    reason: "Metrics know no resources; the condition holds them to one namespace.",
  },
  {
    actions: ["ec2:CreateNetworkInterface"],
    resource: arn("ec2", "network-interface/\\*"),
    reason:
      "The interface has no id before it is made; subnets and security groups, which the action needs too, are named one by one.",
  },
  {
    actions: ["ec2:CreateNetworkInterfacePermission", "ec2:DeleteNetworkInterface"],
    resource: arn("ec2", "network-interface/\\*"),
    condition: "ec2:Subnet",
    reason:
      "SageMaker's interfaces, whose ids nobody knows before; the condition holds them to the network's subnets.",
  },
  {
    actions: [
      "ec2:DeleteNetworkInterfacePermission",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeVpcs",
      "ec2:DescribeDhcpOptions",
      "ec2:DescribeSubnets",
      "ec2:DescribeSecurityGroups",
    ],
    resource: everything,
    reason:
      "SageMaker looks at the network that it is given: these actions of EC2 know no resources.",
  },
  {
    actions: ["ecr:GetAuthorizationToken"],
    resource: everything,
    reason: "A token is the registry's, not a repository's.",
  },
  {
    actions: [
      "xray:PutTraceSegments",
      "xray:PutTelemetryRecords",
      "xray:GetSamplingRules",
      "xray:GetSamplingTargets",
    ],
    resource: everything,
    reason: "X-Ray knows no resources.",
  },
  {
    actions: [
      "logs:CreateLogDelivery",
      "logs:GetLogDelivery",
      "logs:UpdateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:DescribeResourcePolicies",
      "logs:DescribeLogGroups",
    ],
    resource: everything,
    reason: "Step Functions' log deliveries are the account's: these actions know no resources.",
  },
  ...comparisonWildcards,
];
