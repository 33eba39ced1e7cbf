import { holds, resource } from "./rule-cases.ts";

const machine = (props: object) =>
  resource("aws:sfn/stateMachine:StateMachine", "machine", { ...props });
const logging = (level: string) => ({
  loggingConfiguration: {
    level,
    logDestination: "arn:aws:logs:eu-west-1:123456789012:log-group:g:*",
  },
});

holds("AwsSolutions-SF1", [
  ["all events", [machine(logging("ALL"))]],
  ["errors alone", [machine(logging("ERROR"))], ["the log level is ERROR, not ALL"]],
  ["no logging", [machine({})], ["the log level is OFF, not ALL"]],
  [
    "a level without a group",
    [machine({ loggingConfiguration: { level: "ALL" } })],
    ["there is no log group to log to"],
  ],
]);

holds("AwsSolutions-SF2", [
  ["tracing", [machine({ tracingConfiguration: { enabled: true } })]],
  [
    "tracing that is off",
    [machine({ tracingConfiguration: { enabled: false } })],
    ["X-Ray tracing is off"],
  ],
  ["no tracing", [machine({})], ["X-Ray tracing is off"]],
]);

const training = {
  EnableNetworkIsolation: true,
  EnableInterContainerTrafficEncryption: false,
  OutputDataConfig: { KmsKeyId: "key" },
  ResourceConfig: { InstanceCount: 1, VolumeKmsKeyId: "key" },
};
/** A machine that trains, creates a model and an endpoint config, with these arguments. */
const calling = (
  train: object,
  model: object = { EnableNetworkIsolation: true },
  config: object = { KmsKeyId: "key" },
) =>
  machine({
    definition: JSON.stringify({
      States: {
        Train: task("sagemaker:createTrainingJob.sync", train),
        "Create Model": task("sagemaker:createModel", model),
        Config: task("aws-sdk:sagemaker:createEndpointConfig", config),
      },
    }),
  });
/** A machine whose tuning job starts training jobs with these arguments. */
const tuning = (definition: object) =>
  machine({
    definition: JSON.stringify({
      States: {
        Tune: task("sagemaker:createHyperParameterTuningJob.sync", {
          TrainingJobDefinition: definition,
        }),
      },
    }),
  });
const task = (integration: string, args: object) => ({
  Type: "Task",
  Resource: `arn:aws:states:::${integration}`,
  Arguments: args,
});

const inner = {
  States: {
    Train: task("sagemaker:createTrainingJob", { ...training, EnableNetworkIsolation: false }),
  },
};
const reachesOut = "Train does not set EnableNetworkIsolation";
const tunesOut = "Tune does not set EnableNetworkIsolation";
holds("SageMaker-NetworkIsolation", [
  ["containers without a network", [calling(training)]],
  [
    "training with a network",
    [calling({ ...training, EnableNetworkIsolation: false })],
    [reachesOut],
  ],
  [
    "a model with a network",
    [calling(training, {})],
    ["Create Model does not set EnableNetworkIsolation"],
  ],
  ["tuning without a network", [tuning(training)]],
  ["tuning with a network", [tuning({ ...training, EnableNetworkIsolation: false })], [tunesOut]],
  [
    "training with a network in a branch",
    [machine({ definition: JSON.stringify({ States: { Both: { Branches: [inner] } } }) })],
    [reachesOut],
  ],
  [
    "training with a network for each item",
    [machine({ definition: JSON.stringify({ States: { Each: { ItemProcessor: inner } } }) })],
    [reachesOut],
  ],
]);

const many = { ...training, ResourceConfig: { ...training.ResourceConfig, InstanceCount: 2 } };
const plain =
  "Train may use several instances and does not set EnableInterContainerTrafficEncryption";
holds("SageMaker-InterContainerTrafficEncryption", [
  ["one instance", [calling(training)]],
  ["two that encrypt", [calling({ ...many, EnableInterContainerTrafficEncryption: true })]],
  ["two that do not", [calling(many)], [plain]],
  ["two of a tuning job that do not", [tuning(many)], [plain.replace("Train", "Tune")]],
  [
    "a number that only the run knows",
    [calling({ ...training, ResourceConfig: { InstanceCount: "{% $count %}" } })],
    [plain],
  ],
]);

holds("SageMaker-TrainingJobKMSKeyConfigured", [
  ["keys for output and volumes", [calling(training)]],
  [
    "no key anywhere, which is exempt",
    [calling({ OutputDataConfig: {}, ResourceConfig: {} }, {}, {})],
  ],
  [
    "a key for the endpoint alone",
    [calling({ OutputDataConfig: {}, ResourceConfig: {} })],
    [
      "Train does not set OutputDataConfig.KmsKeyId",
      "Train does not set ResourceConfig.VolumeKmsKeyId",
    ],
  ],
]);

holds("NIST.800.53.R5-SageMakerEndpointConfigurationKMSKeyConfigured", [
  ["a key for the endpoint", [calling(training)]],
  ["no key anywhere, which is exempt", [calling({}, {}, {})]],
  ["keys for training alone", [calling(training, {}, {})], ["Config does not set KmsKeyId"]],
]);

const transforming = (args: object) => {
  const Transform = task("sagemaker:createTransformJob.sync", args);
  return machine({ definition: JSON.stringify({ States: { Transform } }) });
};
const keys = { TransformOutput: { KmsKeyId: "k" }, TransformResources: { VolumeKmsKeyId: "k" } };
holds("SageMaker-TransformJobKMSKeyConfigured", [
  ["keys for output and volumes", [transforming(keys)]],
  ["no key anywhere, which is exempt", [transforming({})]],
  [
    "a key for the output alone",
    [transforming({ ...keys, TransformResources: {} })],
    ["Transform does not set TransformResources.VolumeKmsKeyId"],
  ],
  [
    "a key for volumes alone",
    [transforming({ ...keys, TransformOutput: {} })],
    ["Transform does not set TransformOutput.KmsKeyId"],
  ],
]);

const group = (props: object) =>
  resource("aws:cloudwatch/logGroup:LogGroup", "logs", { name: "g", ...props });
const keeps = group({ retentionInDays: 30 });
const unmanaged = "it logs to no group of this stack: nothing ends what is kept";
const fn = (logGroup: string) =>
  resource("aws:lambda/function:Function", "f", { loggingConfig: { logGroup } });
holds("NIST.800.53.R5-CloudWatchLogGroupRetentionPeriod", [
  ["a group with an end, and what logs to it", [keeps, machine(logging("ALL")), fn("g")]],
  ["a group without an end", [group({})], ["events are kept for ever: no retentionInDays"]],
  [
    "a group with retention 0, which is for ever",
    [group({ retentionInDays: 0 })],
    ["events are kept for ever: no retentionInDays"],
  ],
  ["a function that logs elsewhere", [keeps, fn("other")], [unmanaged]],
  ["a machine that logs elsewhere", [machine(logging("ALL"))], [unmanaged]],
]);
