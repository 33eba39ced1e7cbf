import { expression, literal, withTitle } from "./jsonata.ts";
import { inTurnFor, lambdaTransient, sageMakerQuota } from "./retry.ts";
import type { Flow, State, States } from "./state.ts";
import { type Catcher, catchAll, task } from "./task.ts";

export interface DeployEndpointArgs extends Flow {
  /** State for a run that comes too late. */
  onSuperseded: string;
  partition: string;
  endpointName: string;
  runPrefix: string;
  /** Instances that the config of this stack asks for. */
  instanceCount: number;
  /** Function that answers `{ action, retainCapacity, newer }`, or throws DeploymentUnderWay, EndpointBusy or EndpointFailed. */
  resolveFunctionArn: string;
  /** Longest wait for another change of the endpoint to end, and for this one. */
  timeoutMinutes: number;
}

/** Times that a run looks again after someone else was faster. */
const maxDeploys = 5;
const busySeconds = 20;

/**
 * Deployments of other runs that a run may have to wait for. Hundreds that wait cost few: each that deploys ends the wait of
 * all older ones, half of those that are left on average.
 */
const maxTurns = 12;

/** Longest that the block can take. */
export function deployEndpointMaxSeconds({
  timeoutMinutes,
}: Pick<DeployEndpointArgs, "timeoutMinutes">): number {
  return (maxDeploys + maxTurns) * (timeoutMinutes * 60 + 600);
}

/**
 * Creates the endpoint, or gives it this run's config; does neither where a newer input's model serves already.
 *
 * Runs deploy one after the other. Between the look and the call someone else may still have created the endpoint or begun
 * a change: SageMaker then refuses the call as invalid, and the run looks again. Sets `$endpoint`, `$newer` and `$deadline`.
 */
export function deployEndpoint(args: DeployEndpointArgs): States {
  return {
    "Resolve Endpoint": resolveEndpoint(args),
    "Does Endpoint Exist?": {
      Type: "Choice",
      Choices: [
        {
          Condition: expression("$endpoint.action = 'superseded'"),
          Next: args.onSuperseded,
        },
        { Condition: expression("$endpoint.action = 'update'"), Next: "Update Endpoint" },
      ],
      Default: "Create Endpoint",
    },
    "Create Endpoint": change(args, "sagemaker:createEndpoint", "EndpointCreationFailed", {}),
    "Update Endpoint": change(args, "sagemaker:updateEndpoint", "EndpointUpdateFailed", {
      RetainAllVariantProperties: expression("$endpoint.retainCapacity"),
    }),
    "Was Someone Else Faster?": {
      Type: "Choice",
      Choices: [
        {
          Condition: expression(`$deploys < ${maxDeploys}`),
          Assign: { failure: {} },
          Next: "Wait To Look Again",
        },
      ],
      Default: args.onFailure,
    },
    "Wait To Look Again": { Type: "Wait", Seconds: 5, Next: "Resolve Endpoint" },
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
      Payload: {
        endpointName: args.endpointName,
        instanceCount: args.instanceCount,
        run: expression("$run"),
      },
    },
    timeoutSeconds: 90,
    retry: [
      {
        ErrorEquals: ["DeploymentUnderWay"], // of hundreds of runs, whose looks must not throttle each other
        ...inTurnFor(maxTurns * args.timeoutMinutes * 60, busySeconds),
      },
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
      newer: expression("$states.result.Payload.newer"),
    },
    catch: [
      named(["DeploymentUnderWay", "EndpointBusy", "EndpointFailed"], args.onFailure),
      caught,
    ],
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
  const again = catchAll(error, "Was Someone Else Faster?");
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
