import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ComparisonConfig } from "../stacks/comparison-config.ts";
import { bucketLayout } from "./bucket-layout.ts";
import { createCandidateRoles } from "./candidate-roles.ts";
import { ComparisonCloser } from "./comparison-closer.ts";
import { type ComparisonContext, comparisonContext } from "./comparison-context.ts";
import { createComparisonFunctions } from "./comparison-functions.ts";
import { comparisonLayout } from "./comparison-layout.ts";
import { ComparisonStateMachine } from "./comparison-state-machine.ts";
import { DataBucket } from "./data-bucket.ts";
import { EtlJob } from "./etl-job.ts";
import { InputTrigger } from "./input-trigger.ts";
import { logGroups, type Place } from "./names.ts";
import type { NetworkPlace } from "./pipeline-context.ts";
import { RunCleanUp } from "./run-clean-up.ts";
import { createDeploymentFunctions } from "./run-functions.ts";
import { isTuned } from "./tuned-candidates.ts";

export interface AlgorithmComparisonArgs {
  stack: string;
  config: ComparisonConfig;
  place: Place;
  /** Full registry path of each candidate's image, by its key. */
  images: ReadonlyMap<string, string>;
  /** What training and endpoints run in. @default no network of the account's */
  network?: NetworkPlace | undefined;
}

/**
 * Algorithms compared on uploaded data: split once, each trained, asked about the same test rows, scored, and removed; the
 * clear winner goes to production where config says so.
 *
 * It stands on the parts of a BuiltinAlgorithmPipeline: bucket, trigger, ETL job, deployment and clean-up are the same.
 *
 * @example
 * new AlgorithmComparison("abalone", { stack: "dev", config, place, images });
 */
export class AlgorithmComparison extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>;
  /** Shell command that starts a comparison with a file. */
  readonly uploadCommand: pulumi.Output<string>;
  readonly stateMachineArn: pulumi.Output<string>;
  /** Serves the winner, where promotion is on. */
  readonly endpointName: string | undefined;

  constructor(name: string, args: AlgorithmComparisonArgs, opts?: pulumi.ComponentResourceOptions) {
    super("retraining:components:AlgorithmComparison", name, {}, opts);
    const { stack, config, place, images } = args;
    const context = comparisonContext(stack, config, place, images, args.network);
    const data = new DataBucket(
      `${name}-data`,
      { bucketName: context.bucket, place, ...config.data, kmsKeyArn: config.kmsKeyArn },
      { parent: this },
    );
    const etl = new EtlJob(`${name}-etl`, { context, bucket: data.name }, { parent: this });
    const { training, serving } = createCandidateRoles(this, name, context);
    const functions = [
      ...createComparisonFunctions(this, name, context),
      ...(config.promotion.enabled
        ? createDeploymentFunctions(this, name, context, trainPrefixesOfWinner(config))
        : []),
    ];
    const machine = new ComparisonStateMachine(
      `${name}-comparison`,
      {
        context,
        dependsOn: [
          etl.job,
          training.policy,
          serving.policy,
          ...createEndpointLogs(this, name, context),
          ...functions.map((each) => each.function),
        ],
      },
      { parent: this },
    );
    const cleanUp = new RunCleanUp(
      `${name}-clean-up`,
      {
        context,
        candidatePrefix: context.names.candidatePrefix,
        tunes: isTuned(config),
        dependsOn: [machine.stateMachine],
      },
      { parent: this },
    );
    const dependsOn = [cleanUp.invocation];
    new ComparisonCloser(`${name}-closer`, { context, dependsOn }, { parent: this });
    new InputTrigger(
      `${name}-input`,
      { context, stateMachineArn: machine.arn, dependsOn },
      { parent: this },
    );
    this.bucket = data.name;
    this.uploadCommand = pulumi.interpolate`aws s3 cp data.libsvm s3://${data.name}/${bucketLayout.inputPrefix}data.libsvm`;
    this.stateMachineArn = machine.arn;
    this.endpointName = config.promotion.enabled ? config.promotion.endpoint.name : undefined;
    this.registerOutputs(this.outputs);
  }

  /** What a user of the stack needs to know of it. */
  get outputs() {
    return {
      bucket: this.bucket,
      uploadCommand: this.uploadCommand,
      stateMachineArn: this.stateMachineArn,
      ...(this.endpointName !== undefined && { endpointName: this.endpointName }),
    };
  }
}

/** Where the winner's training data may be, of the format that says how many features there are: libsvm leaves out what is 0. */
function trainPrefixesOfWinner({ candidates }: ComparisonConfig): string[] {
  const isRead = candidates.some(({ format }) => format === "csv");
  return isRead ? [comparisonLayout.split("*", "csv", "train")] : [];
}

/** Of production alone: SageMaker makes those of candidates' endpoints, one for each of every run, and nobody deletes them. */
function createEndpointLogs(
  parent: pulumi.Resource,
  name: string,
  { config, comparison }: ComparisonContext,
) {
  if (!comparison.promotion.enabled) return [];
  return [
    new aws.cloudwatch.LogGroup(
      `${name}-endpoint-logs`,
      {
        name: logGroups.ofEndpoint(config.endpoint.name),
        retentionInDays: config.logs.retentionDays,
        kmsKeyId: config.kmsKeyArn,
      },
      { parent },
    ),
  ];
}
