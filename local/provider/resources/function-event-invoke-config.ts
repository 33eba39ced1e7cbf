import {
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionEventInvokeConfigCommand,
  type LambdaClient,
  PutFunctionEventInvokeConfigCommand,
} from "@aws-sdk/client-lambda";
import { type InputsOf, integer, object, text } from "../properties/index.ts";
import { resourceType } from "../resource-type.ts";

const destination = object({ destination: text({ required: true }) });

const inputs = {
  functionName: text({ required: true, replaces: true }),
  qualifier: text({ replaces: true }),
  maximumEventAgeInSeconds: integer({ min: 60, max: 21600 }),
  maximumRetryAttempts: integer({ min: 0, max: 2 }),
  destinationConfig: object({ onFailure: destination, onSuccess: destination }),
};

export const functionEventInvokeConfig = resourceType({
  type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  inputs,
  identity: ["functionName", "qualifier"],
  notFound: ["ResourceNotFoundException"],

  async create(values, { clients: { lambda } }) {
    await put(lambda, values);
    return values.qualifier === undefined
      ? values.functionName
      : `${values.functionName}:${values.qualifier}`;
  },

  async read(_id, { functionName, qualifier }, { clients: { lambda }, region }) {
    const found = await lambda.send(
      new GetFunctionEventInvokeConfigCommand({ FunctionName: functionName, Qualifier: qualifier }),
    );
    const { OnFailure, OnSuccess } = found.DestinationConfig ?? {};
    const onFailure = OnFailure?.Destination && { destination: OnFailure.Destination };
    const onSuccess = OnSuccess?.Destination && { destination: OnSuccess.Destination };
    return {
      functionName,
      qualifier,
      region,
      maximumEventAgeInSeconds: found.MaximumEventAgeInSeconds,
      maximumRetryAttempts: found.MaximumRetryAttempts ?? 2,
      destinationConfig:
        onFailure || onSuccess
          ? { ...(onFailure && { onFailure }), ...(onSuccess && { onSuccess }) }
          : undefined,
    };
  },

  async update(_id, values, _state, { clients: { lambda } }) {
    await put(lambda, values);
  },

  async delete(_id, { functionName, qualifier }, { clients: { lambda } }) {
    await lambda.send(
      new DeleteFunctionEventInvokeConfigCommand({
        FunctionName: functionName,
        Qualifier: qualifier,
      }),
    );
  },
});

// Put, not Update: it also takes away what is no longer given.
async function put(lambda: LambdaClient, values: InputsOf<typeof inputs>) {
  const { onFailure, onSuccess } = values.destinationConfig ?? {};
  await lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: values.functionName,
      Qualifier: values.qualifier,
      MaximumEventAgeInSeconds: values.maximumEventAgeInSeconds,
      MaximumRetryAttempts: values.maximumRetryAttempts ?? 2,
      DestinationConfig: {
        ...(onFailure && { OnFailure: { Destination: onFailure.destination } }),
        ...(onSuccess && { OnSuccess: { Destination: onSuccess.destination } }),
      },
    }),
  );
}
