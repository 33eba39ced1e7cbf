import { expression, literal, withTitle } from "./jsonata.ts";
import { lambdaTransient, sageMakerQuota } from "./retry.ts";
import type { Flow, State, States } from "./state.ts";
import { type Catcher, catchAll, task } from "./task.ts";

export interface DeployEndpointArgs extends Flow {
  partition: string;
  endpointName: string;
  runPrefix: string;
  /** Instances that the config of this stack asks for. */
  instanceCount: number;
  /** Function that answers `{ action, retainCapacity, previousConfig }`, or throws EndpointBusy or EndpointFailed. */
  resolveFunctionArn: string;
  /** Longest wait for another change of the endpoint to end, and for this one. */
  timeoutMinutes: number;
}

/** Times that a run looks again after another run was faster. */
const maxDeploys = 5;
const busySeconds = 20;

/** Longest that the block can take. */
export function deployEndpointMaxSeconds({ timeoutMinutes }: DeployEndpointArgs): number {
  return maxDeploys * (timeoutMinutes * 60 + 600);
}

/**
 * Creates the endpoint, or gives it this run's config.
 *
 * Between the look and the call another run may have created it or begun a change: SageMaker then refuses the call as
 * invalid, and the run looks again. Sets `$endpoint` and `$deadline`.
 */
export function deployEndpoint(args: DeployEndpointArgs): States {
  return {
    "Resolve Endpoint": resolveEndpoint(args),
    "Does Endpoint Exist?": {
      Type: "Choice",
      Choices: [{ Condition: expression("$endpoint.action = 'update'"), Next: "Update Endpoint" }],
      Default: "Create Endpoint",
    },
    "Create Endpoint": change(args, "sagemaker:createEndpoint", "EndpointCreationFailed", {}),
    "Update Endpoint": change(args, "sagemaker:updateEndpoint", "EndpointUpdateFailed", {
      RetainAllVariantProperties: expression("$endpoint.retainCapacity"),
    }),
    "Was Another Run Faster?": {
      Type: "Choice",
      Choices: [
        {
          Condition: expression(`$deploys < ${maxDeploys}`),
          Assign: { failure: {} },
          Next: "Wait For Other Run",
        },
      ],
      Default: args.onFailure,
    },
    "Wait For Other Run": { Type: "Wait", Seconds: 5, Next: "Resolve Endpoint" },
  };
}

function resolveEndpoint(args: DeployEndpointArgs): State {
  const configName = withTitle((title) => `${args.runPrefix}${title}`);
  const caught = catchAll("EndpointLookupFailed", args.onFailure);
  return task({
    integration: "lambda:invoke",
    partition: args.partition,
    arguments: {
      FunctionName: args.resolveFunctionArn,
      Payload: { endpointName: args.endpointName, instanceCount: args.instanceCount },
    },
    timeoutSeconds: 90,
    retry: [
      {
        ErrorEquals: ["EndpointBusy"],
        IntervalSeconds: busySeconds,
        MaxAttempts: Math.ceil((args.timeoutMinutes * 60) / busySeconds),
        BackoffRate: 1,
      },
      lambdaTransient,
    ],
    assign: {
      deploys: expression("$deploys + 1"),
      endpoint: {
        name: args.endpointName,
        action: expression("$states.result.Payload.action"),
        configName,
        modelName: configName,
        retainCapacity: expression("$states.result.Payload.retainCapacity"),
      },
    },
    catch: [named(["EndpointBusy", "EndpointFailed"], args.onFailure), caught],
    next: "Does Endpoint Exist?",
  });
}

/** Errors of our own handlers are the run's errors as they are. */
function named(errors: string[], next: string): Catcher {
  return {
    ErrorEquals: errors,
    Assign: {
      failure: {
        name: expression("$states.errorOutput.Error"),
        caught: expression("$states.errorOutput"),
      },
    },
    Next: next,
  };
}

function change(
  args: DeployEndpointArgs,
  integration: string,
  error: string,
  more: Record<string, unknown>,
): State {
  const again = catchAll(error, "Was Another Run Faster?");
  return task({
    integration,
    partition: args.partition,
    arguments: {
      EndpointName: args.endpointName,
      EndpointConfigName: expression("$endpoint.configName"),
      ...more,
    },
    timeoutSeconds: 60,
    retry: [sageMakerQuota],
    assign: {
      looks: 0,
      deadline: expression(`$millis() + ${literal(args.timeoutMinutes * 60_000)}`),
      changedAt: expression("$now()"),
    },
    catch: [
      {
        ...again,
        ErrorEquals: ["SageMaker.AmazonSageMakerException", "SageMaker.ThrottlingException"],
      },
      catchAll(error, args.onFailure),
    ],
    next: args.next,
  });
}
