import { hasLocalStorage } from "../../aws-instance-types.ts";
import { awaitEndpoint, pauseStepFor } from "../await-endpoint.ts";
import { createOnce } from "../create-once.ts";
import { createEndpointConfig, tagList } from "../create-version.ts";
import { expression, literal, withTitle } from "../jsonata.ts";
import { sageMakerQuota, sageMakerTransient } from "../retry.ts";
import type { Flow, State, States } from "../state.ts";
import type { Branch } from "./comparison-definition.ts";
import type { TryCandidatesArgs } from "./try-candidate.ts";

/** An endpoint of its own, of one instance. */
export function serveCandidate(
  args: TryCandidatesArgs,
  { partition, next, onFailure }: Flow & { partition: string },
): Branch {
  const name = withTitle((title) => `${args.candidatePrefix}${title}`);
  const { endpointTimeoutMinutes: timeoutMinutes } = args;
  const create = "Create Endpoint";
  const config = endpointConfig(args, { partition, next: create, onFailure });
  return {
    StartAt: config.StartAt,
    States: {
      ...config.States,
      ...createOnce(create, {
        integration: "sagemaker:createEndpoint",
        partition,
        arguments: { EndpointName: name, EndpointConfigName: name, ...tagList(args.tags) },
        timeoutSeconds: 60,
        retry: [sageMakerQuota, sageMakerTransient],
        assign: {
          endpoint: { name, action: "create", configName: name, modelName: name },
          deadline: expression(`$millis() + ${literal(timeoutMinutes * 60_000)}`),
          changedAt: expression("$now()"),
        },
        error: "EndpointCreationFailed",
        question: "Is Endpoint There?",
        next: "Describe Endpoint",
        onFailure,
      }),
      ...awaitEndpoint({
        partition,
        timeoutMinutes,
        pauseStepSeconds: pauseStepFor(timeoutMinutes, args.items.length),
        next,
        onFailure,
      }),
    },
  };
}

/** Where some candidates' instances take a key for their volume and others take none, there is a state for each kind. */
function endpointConfig(args: TryCandidatesArgs, flow: Flow & { partition: string }): Branch {
  const types = [...new Set(args.items.map((item) => item.endpointInstanceType))];
  const keyless = types.filter(hasLocalStorage);
  const [withKey, withoutKey] = ["Create Endpoint Config", "Create Endpoint Config Without Key"];
  const create = (kmsKeyArn: string | undefined): States =>
    createEndpointConfig({
      ...flow,
      runPrefix: args.candidatePrefix,
      instanceType: expression("$candidate.endpointInstanceType"),
      instanceCount: 1,
      kmsKeyArn,
      tags: args.tags,
    });
  if (args.kmsKeyArn === undefined || keyless.length === 0 || keyless.length === types.length) {
    const kmsKeyArn = keyless.length === 0 ? args.kmsKeyArn : undefined;
    return { StartAt: withKey, States: create(kmsKeyArn) };
  }
  const choice = "Does Endpoint Take A Key?";
  const choices = [
    {
      Condition: expression(`$candidate.endpointInstanceType in ${JSON.stringify(keyless)}`),
      Next: withoutKey,
    },
  ];
  return {
    StartAt: choice,
    States: {
      [choice]: { Type: "Choice", Choices: choices, Default: withKey },
      ...create(args.kmsKeyArn),
      [withoutKey]: create(undefined)[withKey] as State,
    },
  };
}
