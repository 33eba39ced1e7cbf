import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type HandlerName, handlerArchive } from "./function-bundle.ts";
import { arnsIn, logGroups, type Place } from "./names.ts";
import { allow, type Statement } from "./policies.ts";
import { createServiceRole } from "./service-role.ts";

export interface BundledFunctionArgs {
  /** Physical name of the function, which policies and the state machine name before it exists. */
  functionName: string;

  /** Physical name of its role. */
  roleName: string;

  /** Which of `handlers/` it runs. */
  handler: HandlerName;

  /** What the handler may do beyond its own logs and traces: exact actions on exact ARNs. */
  statements: Statement[];

  /** Environment of the handler, parsed once by it at start. */
  environment: Record<string, pulumi.Input<string>>;

  place: Place;

  /** How long CloudWatch keeps the logs, in days. AWS allows fixed steps only (1, 3, 5, 7, 14, 30, 60, 90, ...). */
  logRetentionDays: number;

  /** Key that encrypts the logs. @default the key that CloudWatch owns. */
  kmsKeyArn?: string | undefined;

  /**
   * Longest run of one invocation, in seconds. AWS allows 1 to 900.
   * @default 60: the handlers here make a few API calls and wait for nothing.
   */
  timeoutSeconds?: number;

  /** Memory of the function; its share of a processor grows with it. @default 256 */
  memoryMegabytes?: number;

  /** Queue for the events of asynchronous invocations that failed to the end. @default none: all callers wait for answers. */
  deadLetterQueueArn?: pulumi.Input<string>;

  /** What has to be there before the function, and outlives it. @default nothing but its logs and permissions */
  dependsOn?: pulumi.Resource[];
}

/**
 * A Lambda function with a role of its own and a log group that is deleted with it.
 *
 * @example
 * const resolve = new BundledFunction("churn-resolve-endpoint", {
 *   functionName: names.resolveEndpointFunction,
 *   roleName: names.roles.resolveEndpoint,
 *   handler: "resolve-endpoint",
 *   statements: [allow(["sagemaker:DescribeEndpoint"], [endpointArn])],
 *   environment: { ENDPOINT_NAME: "churn" },
 *   place,
 *   logRetentionDays: 30,
 * }, { parent: this });
 */
export class BundledFunction extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  /** The function itself, for what has to wait until it can be invoked. */
  readonly function: aws.lambda.Function;

  readonly role: aws.iam.Role;

  constructor(name: string, args: BundledFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("retraining:components:BundledFunction", name, {}, opts);
    const logs = createLogGroup(this, name, args);
    const { role, policy } = createServiceRole(this, name, {
      roleName: args.roleName,
      service: "lambda.amazonaws.com",
      accountId: args.place.accountId,
      statements: [...ownStatements(args), ...args.statements],
    });
    const dependsOn = [logs, policy, ...(args.dependsOn ?? [])];
    this.function = createFunction(this, name, args, role, dependsOn);
    this.role = role;
    this.arn = this.function.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

function createLogGroup(parent: pulumi.Resource, name: string, args: BundledFunctionArgs) {
  return new aws.cloudwatch.LogGroup(
    `${name}-logs`,
    {
      name: logGroups.ofFunction(args.functionName),
      retentionInDays: args.logRetentionDays,
      kmsKeyId: args.kmsKeyArn,
    },
    { parent },
  );
}

function ownStatements({ place, functionName }: BundledFunctionArgs): Statement[] {
  const logs = arnsIn(place).logGroup(logGroups.ofFunction(functionName));
  return [
    allow(["logs:CreateLogStream", "logs:PutLogEvents"], [`${logs}:*`]), // the streams of this one group
    allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], ["*"]), // X-Ray knows no resources
  ];
}

function createFunction(
  parent: pulumi.Resource,
  name: string,
  args: BundledFunctionArgs,
  role: aws.iam.Role,
  dependsOn: pulumi.Resource[],
) {
  return new aws.lambda.Function(
    name,
    {
      name: args.functionName,
      code: handlerArchive(args.handler),
      handler: "index.handler",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      role: role.arn,
      timeout: args.timeoutSeconds ?? 60,
      memorySize: args.memoryMegabytes ?? 256,
      loggingConfig: { logFormat: "JSON", logGroup: logGroups.ofFunction(args.functionName) },
      tracingConfig: { mode: "Active" },
      environment: { variables: args.environment },
      ...(args.deadLetterQueueArn !== undefined && {
        deadLetterConfig: { targetArn: args.deadLetterQueueArn },
      }),
    },
    { parent, dependsOn },
  );
}
