import { expression, literal } from "./jsonata.ts";
import { sageMakerTransient } from "./retry.ts";
import type { Flow, States } from "./state.ts";
import { catchAll, task } from "./task.ts";

export interface AwaitEndpointArgs extends Flow {
  partition: string;
  /** Only for the message: the deadline itself is `$deadline`, set when the change began. */
  timeoutMinutes: number;
  /** Seconds by which pauses grow from look to look. @default 1 */
  pauseStepSeconds?: number;
}

/** Steps until pauses grow no more. The first are shorter: an endpoint that fails, fails early. */
const pauseSteps = 15;

/** What a look and the pause after it leave in the execution's history: entered and left, and of the task also its call. */
const eventsOfLook = 9;

/** Of the 25,000 events that an execution may have; the rest are for all else that candidates do, retries among it. */
const eventsForLooks = 15_000;

/** Slower where one execution waits for several endpoints, for long: every look at each of them adds to its history. */
export function pauseStepFor(timeoutMinutes: number, endpoints: number): number {
  const looks = eventsForLooks / eventsOfLook / endpoints;
  return Math.max(1, Math.ceil((timeoutMinutes * 60) / looks / pauseSteps));
}

/** Looks that may still show the endpoint as it was before UpdateEndpoint took hold. */
const staleLooks = 3;

/**
 * Waits, with an end, until the endpoint is InService with this run's config.
 *
 * UpdateEndpoint answers at once and SageMaker rolls back without an error: only status, config name and FailureReason
 * together tell. Enter with `$endpoint`, `$looks` 0, `$deadline` and `$changedAt` set.
 */
export function awaitEndpoint(args: AwaitEndpointArgs): States {
  const { pauseStepSeconds: step = 1 } = args;
  const failed = "$endpoint.action = 'create' ? 'EndpointCreationFailed' : 'EndpointUpdateFailed'";
  return {
    "Describe Endpoint": task({
      integration: "aws-sdk:sagemaker:describeEndpoint",
      partition: args.partition,
      arguments: { EndpointName: expression("$endpoint.name") },
      timeoutSeconds: 60,
      retry: [sageMakerTransient],
      assign: {},
      output: expression(
        "{'status': $states.result.EndpointStatus, 'config': $states.result.EndpointConfigName, " +
          "'reason': $states.result.FailureReason}",
      ),
      catch: [catchAll("EndpointLookupFailed", args.onFailure)],
      next: "Is Endpoint Ready?",
    }),
    "Is Endpoint Ready?": {
      Type: "Choice",
      Choices: [
        {
          Condition: expression(`${inService} and ${wanted} and $not(${reason})`),
          Assign: { stages: waited },
          Next: args.next,
        },
        {
          Condition: expression(
            `$states.input.status in ['Failed', 'UpdateRollbackFailed', 'OutOfService', 'Deleting']` +
              ` or (${inService} and (${reason} or ($not(${wanted}) and $looks >= ${staleLooks})))`,
          ),
          Assign: {
            failure: { name: expression(failed), cause: expression(failureCause) },
            stages: waited,
          },
          Next: args.onFailure,
        },
        {
          Condition: expression("$millis() > $deadline"),
          Assign: {
            failure: {
              name: "EndpointTimeout",
              cause: expression(
                "'endpoint ' & $endpoint.name & ' is still ' & $states.input.status & " +
                  literal(` after ${args.timeoutMinutes} minutes`),
              ),
            },
            stages: waited,
          },
          Next: args.onFailure,
        },
      ],
      Default: "Wait For Endpoint",
    },
    "Wait For Endpoint": {
      Type: "Wait",
      Seconds: expression(`$min([$looks + 1, ${pauseSteps}])${step === 1 ? "" : ` * ${step}`}`),
      Assign: { looks: expression("$looks + 1") },
      Next: "Describe Endpoint",
    },
  };
}

const inService = "$states.input.status = 'InService'";
const wanted = "$states.input.config = $endpoint.configName";
const reason = "$exists($states.input.reason)";

/** One stage for the whole wait, in place of one for each look. */
const waited = expression(
  "[$stages[name != 'Describe Endpoint'], {'name': 'Await Endpoint', 'startedAt': $changedAt, " +
    "'seconds': ($millis() - $toMillis($changedAt)) / 1000}]",
);

/** Names of configs only where they tell something: one that failed has the config that it was to have. */
const failureCause =
  "'endpoint ' & $endpoint.name & ' is ' & $states.input.status & " +
  `($not(${wanted}) ? ' with config ' & $states.input.config & ', not ' & $endpoint.configName` +
  `: ${inService} ? ' with config ' & $states.input.config) & ` +
  `(${reason} ? ': ' & $states.input.reason : '')`;
