import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { PipelineConfig } from "../stacks/config.ts";
import { bucketLayout } from "./bucket-layout.ts";
import { DataBucket } from "./data-bucket.ts";
import { EtlJob } from "./etl-job.ts";
import { InputTrigger } from "./input-trigger.ts";
import { createModelRoles } from "./model-roles.ts";
import { logGroups, type Place, pipelineNames } from "./names.ts";
import { OwnContainer } from "./own-container.ts";
import { type NetworkPlace, type PipelineContext, pipelineContext } from "./pipeline-context.ts";
import { RetrainingStateMachine } from "./retraining-state-machine.ts";
import { RunCleanUp } from "./run-clean-up.ts";
import { RunCloser } from "./run-closer.ts";
import { createRunFunctions } from "./run-functions.ts";

export interface BuiltinAlgorithmPipelineArgs {
  stack: string;
  config: PipelineConfig;
  place: Place;
  /** Full registry path of the image that trains and serves: what config names, found for the stack's region; `undefined`: built. */
  image: string | undefined;
  /** What training and endpoints run in. @default no network of the account's */
  network?: NetworkPlace | undefined;
}

/**
 * A retraining pipeline: a CSV uploaded to its bucket is prepared, trained on, and served if the model is good enough.
 *
 * Names and ARNs are plain text from the names module rather than outputs of resources: policies and definitions can be
 * read, tested and compared before anything exists, and evaluating a stack of many pipelines stays quick. Outputs are
 * wired where the order of creation or deletion hangs on them.
 *
 * @example
 * new BuiltinAlgorithmPipeline("churn", { stack: "dev", config, place, image });
 */
export class BuiltinAlgorithmPipeline extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>;
  /** Shell command that starts a run with a file. */
  readonly uploadCommand: pulumi.Output<string>;
  readonly stateMachineArn: pulumi.Output<string>;
  /** Serves once the first run has succeeded. */
  readonly endpointName: string;

  constructor(
    name: string,
    args: BuiltinAlgorithmPipelineArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("retraining:components:BuiltinAlgorithmPipeline", name, {}, opts);
    const { stack, config, place } = args;
    const image = args.image ?? buildImage(this, name, args);
    const context = pipelineContext(stack, config, place, image, args.network);
    const data = createDataBucket(this, name, context);
    const etl = new EtlJob(`${name}-etl`, { context, bucket: data.name }, { parent: this });
    const { training, serving } = createModelRoles(this, name, context);
    const endpointLogs = createEndpointLogs(this, name, context);
    const functions = createRunFunctions(this, name, context);
    const machine = new RetrainingStateMachine(
      `${name}-retraining`,
      {
        context,
        dependsOn: [
          etl.job,
          training.policy,
          serving.policy,
          endpointLogs,
          ...functions.map((each) => each.function),
        ],
      },
      { parent: this },
    );
    const cleanUp = new RunCleanUp(
      `${name}-clean-up`,
      {
        context,
        tunes: config.training.tuning !== undefined,
        dependsOn: [machine.stateMachine],
      },
      { parent: this },
    );
    new RunCloser(`${name}-closer`, { context, dependsOn: [cleanUp.invocation] }, { parent: this });
    new InputTrigger(
      `${name}-input`,
      { context, stateMachineArn: machine.arn, dependsOn: [cleanUp.invocation] },
      { parent: this },
    );
    this.bucket = data.name;
    this.uploadCommand = pulumi.interpolate`aws s3 cp input.csv s3://${data.name}/${bucketLayout.inputPrefix}input.csv`;
    this.stateMachineArn = machine.arn;
    this.endpointName = config.endpoint.name;
    this.registerOutputs(this.outputs);
  }

  /** What a user of the stack needs to know of it. */
  get outputs() {
    return {
      bucket: this.bucket,
      uploadCommand: this.uploadCommand,
      stateMachineArn: this.stateMachineArn,
      endpointName: this.endpointName,
    };
  }
}

/** @throws ResourceError where config names no folder to build from */
function buildImage(
  parent: pulumi.Resource,
  name: string,
  { stack, config }: BuiltinAlgorithmPipelineArgs,
) {
  if (!("container" in config.algorithm)) {
    throw new pulumi.ResourceError(`pipeline ${name} has no image`, parent);
  }
  return new OwnContainer(
    `${name}-container`,
    {
      repositoryName: pipelineNames(stack, config.name).containerRepository,
      folder: config.algorithm.container,
      tagPrefix: config.name,
      forceDestroy: config.data.forceDestroy,
      kmsKeyArn: config.kmsKeyArn,
    },
    { parent },
  ).image;
}

function createDataBucket(parent: pulumi.Resource, name: string, context: PipelineContext) {
  const { bucket, place, config } = context;
  return new DataBucket(
    `${name}-data`,
    { bucketName: bucket, place, ...config.data, kmsKeyArn: config.kmsKeyArn },
    { parent },
  );
}

/** SageMaker would create it at the first request, without an end to what it keeps. */
function createEndpointLogs(parent: pulumi.Resource, name: string, { config }: PipelineContext) {
  return new aws.cloudwatch.LogGroup(
    `${name}-endpoint-logs`,
    {
      name: logGroups.ofEndpoint(config.endpoint.name),
      retentionInDays: config.logs.retentionDays,
      kmsKeyId: config.kmsKeyArn,
    },
    { parent },
  );
}
