import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CleanUpInput } from "../handlers/clean-up-runs/lifecycle-event.ts";
import { BundledFunction } from "./bundled-function.ts";
import { arnsIn, logGroups } from "./names.ts";
import type { RunContext } from "./pipeline-context.ts";
import { allow, policyDocument, type Statement } from "./policies.ts";

export interface RunCleanUpArgs {
  context: RunContext;
  /** Start of everything that candidates create; of comparisons only. */
  candidatePrefix?: string;
  /** Whether runs have tuning jobs. */
  tunes: boolean;
  /** What runs are made of, so that it is still there when they are stopped. */
  dependsOn: pulumi.Resource[];
}

/**
 * Removes what runs made and Pulumi knows nothing of: endpoint, endpoint configs, models, and runs in progress.
 *
 * Pulumi invokes the function when the stack changes. Whatever starts runs depends on the invocation, and the invocation on
 * whatever runs need: so a destroy ends the trigger first, then the runs and what they made, then the rest.
 *
 * @example
 * const cleanUp = new RunCleanUp("churn-clean-up", { context, dependsOn: [machine.stateMachine] }, { parent: this });
 */
export class RunCleanUp extends pulumi.ComponentResource {
  readonly invocation: aws.lambda.Invocation;

  constructor(name: string, args: RunCleanUpArgs, opts?: pulumi.ComponentResourceOptions) {
    super("retraining:components:RunCleanUp", name, {}, opts);
    const { context } = args;
    const cleanUp = createFunction(this, name, args);
    const access = createEndpointAccess(this, name, context, cleanUp.role);
    this.invocation = createInvocation(this, name, context, cleanUp, [access, ...args.dependsOn]);
    this.registerOutputs({});
  }
}

/** Stops the pipeline's runs, deletes what they made; the endpoint is a matter of {@link endpointStatements}. */
export function cleanUpRunsStatements({ place, names }: RunContext): Statement[] {
  const arns = arnsIn(place);
  const made = `${names.runPrefix}*`;
  return [
    allow(["states:ListExecutions"], [arns.stateMachine(names.stateMachine)]),
    allow(["states:StopExecution"], [arns.execution(names.stateMachine, "*")]),
    allow(["glue:GetJobRuns", "glue:BatchStopJobRun"], [arns.glueJob(names.glueJob)]),
    allow(
      ["sagemaker:ListTrainingJobs", "sagemaker:ListEndpointConfigs", "sagemaker:ListModels"],
      ["*"], // lists know no resources
    ),
    allow(["sagemaker:StopTrainingJob"], [arns.trainingJob(made)]),
    allow(
      ["sagemaker:DeleteEndpointConfig", "sagemaker:ListTags", "sagemaker:AddTags"],
      [arns.endpointConfig(made)], // tags say what is kept
    ),
    allow(["sagemaker:DeleteModel"], [arns.model(made)]),
  ];
}

export function endpointStatements({ place, config }: RunContext): Statement[] {
  const endpoint = arnsIn(place).endpoint(config.endpoint.name);
  return [allow(["sagemaker:DescribeEndpoint", "sagemaker:DeleteEndpoint"], [endpoint])];
}

/** Stops and deletes whatever candidates made. */
export function cleanUpCandidatesStatements(
  { place }: RunContext,
  candidatePrefix: string,
): Statement[] {
  const arns = arnsIn(place);
  const made = `${candidatePrefix}*`;
  return [
    allow(["sagemaker:ListTransformJobs", "sagemaker:ListEndpoints"], ["*"]), // lists know no resources
    allow(["sagemaker:StopTrainingJob"], [arns.trainingJob(made)]),
    allow(["sagemaker:StopTransformJob"], [arns.transformJob(made)]),
    allow(["sagemaker:DescribeEndpoint", "sagemaker:DeleteEndpoint"], [arns.endpoint(made)]),
    allow(["sagemaker:DeleteEndpointConfig"], [arns.endpointConfig(made)]),
    allow(["sagemaker:DeleteModel"], [arns.model(made)]),
    allow(["logs:DescribeLogGroups"], ["*"]), // lists know no resources
    allow(["logs:DeleteLogGroup"], [arns.logGroup(logGroups.ofEndpoint(made))]),
  ];
}

/** Stops tuning jobs, and so their training jobs. */
export function cleanUpTuningStatements({ place, names }: RunContext): Statement[] {
  return [
    allow(["sagemaker:ListHyperParameterTuningJobs"], ["*"]), // lists know no resources
    allow(
      ["sagemaker:StopHyperParameterTuningJob"],
      [arnsIn(place).tuningJob(`${names.tuningPrefix}*`)],
    ),
  ];
}

function createFunction(
  parent: pulumi.Resource,
  name: string,
  { context, candidatePrefix, tunes }: RunCleanUpArgs,
) {
  const { names, config, place } = context;
  return new BundledFunction(
    `${name}-runs`,
    {
      functionName: names.cleanUpRunsFunction,
      roleName: names.roles.cleanUpRuns,
      handler: "clean-up-runs",
      statements: [
        ...cleanUpRunsStatements(context),
        ...(candidatePrefix === undefined
          ? []
          : cleanUpCandidatesStatements(context, candidatePrefix)),
        ...(tunes ? cleanUpTuningStatements(context) : []),
      ],
      environment: {
        RUN_PREFIX: names.runPrefix,
        STATE_MACHINE_ARN: arnsIn(place).stateMachine(names.stateMachine),
        GLUE_JOB: names.glueJob,
        ...(candidatePrefix !== undefined && { CANDIDATE_PREFIX: candidatePrefix }),
        ...(tunes && { TUNING_PREFIX: names.tuningPrefix }),
      },
      place,
      logRetentionDays: config.logs.retentionDays,
      kmsKeyArn: config.kmsKeyArn,
      timeoutSeconds: 900, // an endpoint takes minutes to go, a training job to stop
    },
    { parent },
  );
}

/**
 * A policy of its own, named after the endpoint: renaming the endpoint replaces it, and the one for the old endpoint is
 * there until the function has deleted that.
 */
function createEndpointAccess(
  parent: pulumi.Resource,
  name: string,
  context: RunContext,
  role: aws.iam.Role,
) {
  return new aws.iam.RolePolicy(
    `${name}-endpoint-policy`,
    {
      name: `endpoint-${context.config.endpoint.name}`,
      role: role.name,
      policy: policyDocument(endpointStatements(context)),
    },
    { parent },
  );
}

function createInvocation(
  parent: pulumi.Resource,
  name: string,
  { config }: RunContext,
  cleanUp: BundledFunction,
  dependsOn: pulumi.Resource[],
) {
  const { name: endpointName, deleteOnDestroy } = config.endpoint;
  const input: CleanUpInput = {
    endpointName,
    onRenameOrDestroy: deleteOnDestroy ? "delete" : "keep",
  };
  return new aws.lambda.Invocation(
    name,
    {
      functionName: cleanUp.function.name,
      lifecycleScope: "CRUD", // invoked for each change of the input, and when it is deleted
      input: JSON.stringify(input),
    },
    { parent, dependsOn },
  );
}
