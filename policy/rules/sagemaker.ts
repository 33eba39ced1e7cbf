import { at } from "../property.ts";
import type { Rule } from "../rule.ts";
import { callsOf, type TaskCall } from "../state-machine-tasks.ts";

/** Jobs, models and endpoints are made by runs: what the program decides of them is in the state machine's definition. */
const machine = { scope: "resource", types: ["aws:sfn/stateMachine:StateMachine"] } as const;

/** Arguments that say what containers train in: of a training job, and of those that a tuning job starts. */
function trainingCalls(definition: unknown): TaskCall[] {
  return [
    ...callsOf(definition, "sagemaker:createTrainingJob"),
    ...callsOf(definition, "sagemaker:createHyperParameterTuningJob").map((call) => ({
      state: call.state,
      arguments: at(call.arguments, "TrainingJobDefinition"),
    })),
  ];
}

export const networkIsolation: Rule = {
  ...machine,
  name: "SageMaker-NetworkIsolation",
  description:
    "Containers that train and serve reach no network (AWS Config: sagemaker-model-isolation-enabled).",
  check: ({ props }) =>
    [
      ...trainingCalls(props["definition"]),
      ...callsOf(props["definition"], "sagemaker:createModel"),
    ]
      .filter((call) => at(call.arguments, "EnableNetworkIsolation") !== true)
      .map(({ state }) => `${state} does not set EnableNetworkIsolation`),
};

export const interContainerEncryption: Rule = {
  ...machine,
  name: "SageMaker-InterContainerTrafficEncryption",
  description: "Training on several instances encrypts what they send each other.",
  check: ({ props }) =>
    trainingCalls(props["definition"])
      .filter((call) => at(call.arguments, "ResourceConfig", "InstanceCount") !== 1)
      .filter((call) => at(call.arguments, "EnableInterContainerTrafficEncryption") !== true)
      .map(
        ({ state }) =>
          `${state} may use several instances and does not set EnableInterContainerTrafficEncryption`,
      ),
};

export const trainingEncryption: Rule = {
  ...machine,
  name: "SageMaker-TrainingJobKMSKeyConfigured",
  description: "Models and volumes of training jobs are encrypted with a key of the account's.",
  check: ({ props }) =>
    trainingCalls(props["definition"]).flatMap((call) =>
      [
        ["OutputDataConfig", "KmsKeyId"],
        ["ResourceConfig", "VolumeKmsKeyId"],
      ]
        .filter((path) => at(call.arguments, ...path) === undefined)
        .map((path) => `${call.state} does not set ${path.join(".")}`),
    ),
};

export const endpointEncryption: Rule = {
  ...machine,
  name: "NIST.800.53.R5-SageMakerEndpointConfigurationKMSKeyConfigured",
  description: "Volumes of endpoints are encrypted with a key of the account's.",
  check: ({ props }) =>
    callsOf(props["definition"], "sagemaker:createEndpointConfig")
      .filter((call) => at(call.arguments, "KmsKeyId") === undefined)
      .map(({ state }) => `${state} does not set KmsKeyId`),
};

export const transformEncryption: Rule = {
  ...machine,
  name: "SageMaker-TransformJobKMSKeyConfigured",
  description:
    "Output and volumes of batch transform jobs are encrypted with a key of the account's.",
  check: ({ props }) =>
    callsOf(props["definition"], "sagemaker:createTransformJob").flatMap((call) =>
      [
        ["TransformOutput", "KmsKeyId"],
        ["TransformResources", "VolumeKmsKeyId"],
      ]
        .filter((path) => at(call.arguments, ...path) === undefined)
        .map((path) => `${call.state} does not set ${path.join(".")}`),
    ),
};
