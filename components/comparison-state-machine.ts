import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { schemaTag } from "../handlers/model-schema/model-schema.ts";
import {
  type ComparisonContext,
  comparisonRules,
  type KnownComparisonContext,
  whenNetworkKnown,
} from "./comparison-context.ts";
import { allowData, allowVolumes } from "./encryption-key.ts";
import { createLoggedStateMachine, stepFunctionsStatements } from "./logged-state-machine.ts";
import { arnsIn } from "./names.ts";
import { allow, allowPassRole, type Statement } from "./policies.ts";
import {
  candidateItem,
  candidateJobMaxSeconds,
  candidateMaxSeconds,
} from "./state-machine/comparison/candidate.ts";
import { comparisonDefinition } from "./state-machine/comparison/comparison-definition.ts";
import type { ConcludeArgs } from "./state-machine/comparison/conclude.ts";
import { transformMaxSeconds } from "./state-machine/comparison/transform-candidate.ts";
import { deployEndpointMaxSeconds } from "./state-machine/deploy-endpoint.ts";
import { expression } from "./state-machine/jsonata.ts";
import { isTuned } from "./tuned-candidates.ts";

export interface ComparisonStateMachineArgs {
  context: ComparisonContext;
  /** What runs call: there before the first of them. */
  dependsOn: pulumi.Resource[];
}

/**
 * The state machine whose executions are the comparison's runs, with its role and its log.
 *
 * @example
 * new ComparisonStateMachine("abalone-comparison", { context, dependsOn: [etl.job] }, { parent: this });
 */
export class ComparisonStateMachine extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  readonly stateMachine: aws.sfn.StateMachine;

  constructor(
    name: string,
    args: ComparisonStateMachineArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("retraining:components:ComparisonStateMachine", name, {}, opts);
    const { context, dependsOn } = args;
    this.stateMachine = createLoggedStateMachine(this, name, {
      context,
      definition: whenNetworkKnown(context, (known) =>
        JSON.stringify(comparisonDefinitionOf(known)),
      ),
      statements: comparisonMachineStatements(context),
      dependsOn,
    });
    this.arn = this.stateMachine.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** What the states call, and what Step Functions needs for `.sync`, logs and traces. */
export function comparisonMachineStatements(context: ComparisonContext): Statement[] {
  const { place, names, config, comparison } = context;
  const { promotion, evaluation, accumulate } = comparison;
  const arns = arnsIn(place);
  const made = `${names.candidatePrefix}*`;
  const versions = promotion.enabled ? [`${names.runPrefix}*`] : [];
  const byEndpoint = evaluation.by === "endpoint";
  const configs = [...(byEndpoint ? [made] : []), ...versions].map((each) =>
    arns.endpointConfig(each),
  );
  const endpoints = [
    ...(byEndpoint ? [arns.endpoint(made)] : []),
    ...(promotion.enabled ? [arns.endpoint(config.endpoint.name)] : []),
  ];
  const models = [made, ...versions].map((each) => arns.model(each));
  const tunes = isTuned(comparison);
  const isTrained = comparison.candidates.some(({ tuning }) => tuning === undefined);
  const tuning = `${names.tuningPrefix}*`;
  const tagged = [
    // .sync marks its jobs as started by Step Functions
    ...(isTrained ? [arns.trainingJob(made)] : []),
    ...(tunes ? [arns.tuningJob(tuning)] : []),
    ...models,
    ...(byEndpoint ? [arns.endpointConfig(made), arns.endpoint(made)] : [arns.transformJob(made)]),
  ];
  const functions = [
    ...(accumulate ? [names.gatherInputsFunction] : []),
    names.predictCandidateFunction,
    names.removeCandidatesFunction,
    names.compareCandidatesFunction,
    names.recordComparisonFunction,
    ...(promotion.enabled
      ? [names.writeSchemaFunction, names.resolveEndpointFunction, names.pruneVersionsFunction]
      : []),
  ];
  return [
    allow(
      ["glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"],
      [arns.glueJob(names.glueJob)],
    ),
    ...(isTrained
      ? [
          allow(
            [
              "sagemaker:CreateTrainingJob",
              "sagemaker:DescribeTrainingJob",
              "sagemaker:StopTrainingJob",
            ],
            [arns.trainingJob(made)],
          ),
        ]
      : []),
    ...(tunes
      ? [
          allow(
            [
              "sagemaker:CreateHyperParameterTuningJob",
              "sagemaker:DescribeHyperParameterTuningJob",
              "sagemaker:ListTrainingJobsForHyperParameterTuningJob",
              "sagemaker:StopHyperParameterTuningJob",
            ],
            [arns.tuningJob(tuning)],
          ),
          allow(["sagemaker:DescribeTrainingJob"], [arns.trainingJob(tuning)]), // the best of a tuning job
        ]
      : []),
    ...(byEndpoint
      ? []
      : [
          allow(
            [
              "sagemaker:CreateTransformJob",
              "sagemaker:DescribeTransformJob",
              "sagemaker:StopTransformJob",
            ],
            [arns.transformJob(made)],
          ),
        ]),
    allow(["sagemaker:AddTags", "sagemaker:ListTags"], tagged),
    allow(
      // the account's rules by which Step Functions hears of ended jobs
      ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
      [
        ...(isTrained ? [arns.rule("StepFunctionsGetEventsForSageMakerTrainingJobsRule")] : []),
        ...(tunes ? [arns.rule("StepFunctionsGetEventsForSageMakerTuningJobsRule")] : []),
        ...(byEndpoint ? [] : [arns.rule("StepFunctionsGetEventsForSageMakerTransformJobsRule")]),
      ],
    ),
    allow(["sagemaker:CreateModel"], models),
    ...(configs.length > 0 ? [allow(["sagemaker:CreateEndpointConfig"], configs)] : []),
    ...(endpoints.length > 0
      ? [
          allow(["sagemaker:CreateEndpoint"], [...endpoints, ...configs]),
          allow(["sagemaker:DescribeEndpoint"], endpoints),
        ]
      : []),
    ...(promotion.enabled
      ? [
          allow(
            ["sagemaker:UpdateEndpoint"],
            [
              arns.endpoint(config.endpoint.name),
              ...versions.map((each) => arns.endpointConfig(each)),
            ],
          ),
        ]
      : []),
    allowPassRole(arns.role(names.roles.training), "sagemaker.amazonaws.com"),
    allowPassRole(arns.role(names.roles.serving), "sagemaker.amazonaws.com"),
    allow(
      ["lambda:InvokeFunction"],
      functions.map((name) => arns.function(name)),
    ),
    ...stepFunctionsStatements(),
    ...allowData(config.kmsKeyArn),
    ...allowVolumes(config.kmsKeyArn),
  ];
}

/** The comparison's runs, in the Amazon States Language. */
export function comparisonDefinitionOf(context: KnownComparisonContext) {
  const { place, names, config, bucket, comparison, images, network } = context;
  const { candidates, evaluation, maxConcurrency, accumulate, split } = comparison;
  const { kmsKeyArn } = config;
  const arns = arnsIn(place);
  const tried = candidates.map((candidate) => ({
    config: candidate,
    image: images.get(candidate.key) ?? "",
    kmsKeyArn,
  }));
  const longestJob = (tuned: boolean) =>
    Math.max(
      0,
      ...tried
        .filter((each) => (each.config.tuning !== undefined) === tuned)
        .map(candidateJobMaxSeconds),
    );
  const endpointTimeoutMinutes = Math.max(
    ...candidates.map(({ endpoint }) => endpoint.timeoutMinutes),
  );
  const rounds = Math.ceil(candidates.length / maxConcurrency);
  const served = evaluation.by === "batch" ? transformMaxSeconds : endpointTimeoutMinutes * 60;
  // and hours for retries of quotas and functions
  const oneCandidate = Math.max(...tried.map(candidateMaxSeconds)) + served + 8 * 3600;
  return comparisonDefinition({
    partition: place.partition,
    data: {
      bucket,
      jobName: names.glueJob,
      timeoutMinutes: config.etl.timeoutMinutes,
      gatherFunctionArn: accumulate ? arns.function(names.gatherInputsFunction) : undefined,
      split: {
        percent: [split.train, split.validation, split.test].join(","),
        seed: String(split.seed),
      },
      maxSeconds: 2 * config.etl.timeoutMinutes * 60 + 3 * 3600,
    },
    candidates: {
      bucket,
      candidatePrefix: names.candidatePrefix,
      items: tried.map(candidateItem),
      maxConcurrency,
      evaluation,
      trainingRoleArn: arns.role(names.roles.training),
      servingRoleArn: arns.role(names.roles.serving),
      maxTrainingSeconds: longestJob(false),
      tuningPrefix: names.tuningPrefix,
      maxTuningSeconds: longestJob(true),
      endpointTimeoutMinutes,
      predictFunctionArn: arns.function(names.predictCandidateFunction),
      removeFunctionArn: arns.function(names.removeCandidatesFunction),
      tags: { "retraining:comparison": names.base },
      network,
      kmsKeyArn,
      maxSeconds: rounds * oneCandidate,
    },
    conclusion: conclusion(context),
  });
}

function conclusion(context: KnownComparisonContext): ConcludeArgs {
  const { place, names, config, comparison, network } = context;
  const arns = arnsIn(place);
  const { endpoint } = config;
  const deployment = {
    endpointName: endpoint.name,
    runPrefix: names.runPrefix,
    instanceCount: endpoint.instanceCount,
    resolveFunctionArn: arns.function(names.resolveEndpointFunction),
    timeoutMinutes: endpoint.timeoutMinutes,
  };
  return {
    rules: comparisonRules(context),
    compareFunctionArn: arns.function(names.compareCandidatesFunction),
    recordFunctionArn: arns.function(names.recordComparisonFunction),
    promotion: comparison.promotion.enabled
      ? {
          schema: { functionArn: arns.function(names.writeSchemaFunction) },
          version: {
            runPrefix: names.runPrefix,
            roleArn: arns.role(names.roles.serving),
            instanceType: endpoint.instanceType,
            instanceCount: endpoint.instanceCount,
            network,
            kmsKeyArn: config.kmsKeyArn,
            modelTags: { [schemaTag]: expression("$schema.uri") },
          },
          endpoint: deployment,
          pruneFunctionArn: arns.function(names.pruneVersionsFunction),
        }
      : undefined,
    maxSeconds:
      3 * 3600 + (comparison.promotion.enabled ? deployEndpointMaxSeconds(deployment) : 0),
  };
}
