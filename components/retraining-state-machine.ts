import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { schemaTag } from "../handlers/model-schema/model-schema.ts";
import { bucketLayout } from "./bucket-layout.ts";
import { allowData, allowVolumes } from "./encryption-key.ts";
import { furtherChannels } from "./etl-channel.ts";
import { createLoggedStateMachine, stepFunctionsStatements } from "./logged-state-machine.ts";
import { arnsIn, type Place } from "./names.ts";
import { type KnownContext, type PipelineContext, whenKnown } from "./pipeline-context.ts";
import { allow, allowPassRole, type Statement } from "./policies.ts";
import { etlArguments } from "./state-machine/etl-arguments.ts";
import { expression, withTitle } from "./state-machine/jsonata.ts";
import { retrainingDefinition } from "./state-machine/retraining-definition.ts";
import { trainingChannels } from "./training-channels.ts";

export interface RetrainingStateMachineArgs {
  context: PipelineContext;
  /** What runs call: there before the first of them. */
  dependsOn: pulumi.Resource[];
}

/**
 * The state machine whose executions are the pipeline's runs, with its role and its log.
 *
 * @example
 * const machine = new RetrainingStateMachine("churn-retraining", { context, dependsOn: [etl.job] }, { parent: this });
 */
export class RetrainingStateMachine extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  readonly stateMachine: aws.sfn.StateMachine;

  constructor(
    name: string,
    args: RetrainingStateMachineArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("retraining:components:RetrainingStateMachine", name, {}, opts);
    const { context, dependsOn } = args;
    this.stateMachine = createLoggedStateMachine(this, name, {
      context,
      definition: whenKnown(context, (known) => JSON.stringify(definitionOf(known))),
      statements: stateMachineStatements(context),
      dependsOn,
    });
    this.arn = this.stateMachine.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** What the states call, and what Step Functions needs for `.sync`, logs and traces. */
export function stateMachineStatements(context: PipelineContext): Statement[] {
  const { place, names, config } = context;
  const arns = arnsIn(place);
  const made = `${names.runPrefix}*`;
  const endpoint = arns.endpoint(config.endpoint.name);
  return [
    allow(
      ["glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"],
      [arns.glueJob(names.glueJob)],
    ),
    ...(config.training.tuning === undefined
      ? trainingStatements(place, made)
      : tuningStatements(place, names.tuningPrefix)),
    allow(["sagemaker:CreateModel", "sagemaker:AddTags"], [arns.model(made)]), // a tag leads to its schema
    allow(["sagemaker:CreateEndpointConfig"], [arns.endpointConfig(made)]),
    allow(
      ["sagemaker:CreateEndpoint", "sagemaker:UpdateEndpoint"],
      [endpoint, arns.endpointConfig(made)],
    ),
    allow(["sagemaker:DescribeEndpoint"], [endpoint]),
    allowPassRole(arns.role(names.roles.training), "sagemaker.amazonaws.com"),
    allowPassRole(arns.role(names.roles.serving), "sagemaker.amazonaws.com"),
    allow(
      ["lambda:InvokeFunction"],
      [
        names.writeSchemaFunction,
        names.resolveEndpointFunction,
        names.pruneVersionsFunction,
        names.recordRunFunction,
      ].map((name) => arns.function(name)),
    ),
    ...stepFunctionsStatements(),
    ...allowData(config.kmsKeyArn),
    ...allowVolumes(config.kmsKeyArn),
  ];
}

function trainingStatements(place: Place, made: string): Statement[] {
  const arns = arnsIn(place);
  return [
    allow(
      [
        "sagemaker:CreateTrainingJob",
        "sagemaker:DescribeTrainingJob",
        "sagemaker:StopTrainingJob",
        "sagemaker:AddTags", // .sync marks its jobs as started by Step Functions
        "sagemaker:ListTags",
      ],
      [arns.trainingJob(made)],
    ),
    allow(
      // the account's rule by which Step Functions hears of ended training jobs
      ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
      [arns.rule("StepFunctionsGetEventsForSageMakerTrainingJobsRule")],
    ),
  ];
}

/** Tuning jobs, which SageMaker itself starts training jobs for; the best of these is looked at. */
function tuningStatements(place: Place, tuningPrefix: string): Statement[] {
  const arns = arnsIn(place);
  return [
    allow(
      [
        "sagemaker:CreateHyperParameterTuningJob",
        "sagemaker:DescribeHyperParameterTuningJob",
        "sagemaker:ListTrainingJobsForHyperParameterTuningJob",
        "sagemaker:StopHyperParameterTuningJob",
        "sagemaker:AddTags", // .sync marks its jobs as started by Step Functions
        "sagemaker:ListTags",
      ],
      [arns.tuningJob(`${tuningPrefix}*`)],
    ),
    allow(["sagemaker:DescribeTrainingJob"], [arns.trainingJob(`${tuningPrefix}*`)]),
    allow(
      // the account's rule by which Step Functions hears of ended tuning jobs
      ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
      [arns.rule("StepFunctionsGetEventsForSageMakerTuningJobsRule")],
    ),
  ];
}

/** The pipeline's runs, in the Amazon States Language. */
export function definitionOf(context: KnownContext) {
  const { place, names, config, bucket, image, network } = context;
  const { training, endpoint, validation, kmsKeyArn } = config;
  const arns = arnsIn(place);
  return retrainingDefinition({
    partition: place.partition,
    etl: {
      jobName: names.glueJob,
      arguments: etlArguments(bucket, furtherChannels(training.channels)),
      timeoutMinutes: config.etl.timeoutMinutes,
    },
    training: {
      bucket,
      runPrefix: names.runPrefix,
      image,
      roleArn: arns.role(names.roles.training),
      channels: trainingChannels(config),
      inputMode: training.inputMode,
      hyperparameters: training.hyperparameters,
      instanceType: training.instanceType,
      instanceCount: training.instanceCount,
      volumeSizeGib: training.volumeSizeGib,
      maxRuntimeSeconds: training.maxRuntimeMinutes * 60,
      spotMaxWaitSeconds: training.spot && training.spot.maxWaitMinutes * 60,
      checkpoints: training.checkpoints,
      metricDefinitions: training.metricDefinitions,
      network,
      kmsKeyArn,
    },
    tuning: training.tuning && { config: training.tuning, tuningPrefix: names.tuningPrefix },
    gate: validation.enabled ? validation : undefined,
    schema: {
      functionArn: arns.function(names.writeSchemaFunction),
      algorithm: "name" in config.algorithm ? config.algorithm.name : null,
      contentType: training.contentType,
      train: training.channels["train"] === "etl" ? withTitle(bucketLayout.train) : null,
    },
    version: {
      runPrefix: names.runPrefix,
      image,
      roleArn: arns.role(names.roles.serving),
      instanceType: endpoint.instanceType,
      instanceCount: endpoint.instanceCount,
      network,
      kmsKeyArn,
      modelTags: { [schemaTag]: expression("$schema.uri") },
    },
    endpoint: {
      endpointName: endpoint.name,
      runPrefix: names.runPrefix,
      instanceCount: endpoint.instanceCount,
      resolveFunctionArn: arns.function(names.resolveEndpointFunction),
      timeoutMinutes: endpoint.timeoutMinutes,
    },
    pruneFunctionArn: arns.function(names.pruneVersionsFunction),
    recordFunctionArn: arns.function(names.recordRunFunction),
  });
}
