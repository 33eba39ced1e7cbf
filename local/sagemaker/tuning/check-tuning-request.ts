import type {
  CreateHyperParameterTuningJobRequest,
  HyperParameterTrainingJobDefinition,
  HyperParameterTuningJobConfig,
} from "@aws-sdk/client-sagemaker";
import { AwsError } from "../../cloud/aws-error.ts";
import type { Runner } from "../runner.ts";
import { refuseUnsupported } from "../supported-members.ts";
import { maxResourceOf } from "./hyperband-resources.ts";
import { type Parameter, readParameterRanges } from "./parameter-ranges.ts";
import { ParameterSpace } from "./parameter-space.ts";

// The members of a training job are checked as CreateTrainingJob checks them.
const supported = {
  HyperParameterTuningJobName: true,
  HyperParameterTuningJobConfig: {
    Strategy: true,
    StrategyConfig: true,
    HyperParameterTuningJobObjective: true,
    ResourceLimits: { MaxNumberOfTrainingJobs: true, MaxParallelTrainingJobs: true },
    ParameterRanges: {
      IntegerParameterRanges: true,
      ContinuousParameterRanges: true,
      CategoricalParameterRanges: true,
    },
    TrainingJobEarlyStoppingType: true,
    TuningJobCompletionCriteria: { TargetObjectiveMetricValue: true },
    RandomSeed: true,
  },
  TrainingJobDefinition: {
    DefinitionName: true,
    StaticHyperParameters: true,
    AlgorithmSpecification: {
      TrainingImage: true,
      TrainingInputMode: true,
      MetricDefinitions: true,
    },
    RoleArn: true,
    InputDataConfig: true,
    VpcConfig: true,
    OutputDataConfig: true,
    ResourceConfig: true,
    StoppingCondition: true,
    EnableNetworkIsolation: true,
    EnableInterContainerTrafficEncryption: true,
    EnableManagedSpotTraining: true,
    RetryStrategy: true,
    Environment: true,
  },
  Tags: true,
} as const;

/** SageMaker's limit for a tuning job's training jobs at a time, without a quota raised. */
const MAX_PARALLEL = 100;

/**
 * Refuses what the local cloud would not do as AWS does.
 * @param runnerOf the runner of an image
 * @returns what is searched
 * @throws AwsError
 */
export function checkTuningRequest(
  request: CreateHyperParameterTuningJobRequest,
  runnerOf: (image: string) => Runner,
): ParameterSpace {
  refuseUnsupported(request, supported);
  const { HyperParameterTuningJobConfig: config, TrainingJobDefinition: definition } = request;
  if (!definition) throw invalid("You must specify TrainingJobDefinition.");
  const image = definition.AlgorithmSpecification?.TrainingImage;
  if (image === undefined) {
    throw invalid("You must specify TrainingJobDefinition.AlgorithmSpecification.TrainingImage.");
  }
  checkObjective(config, definition, runnerOf(image));
  const parameters = readParameterRanges(config?.ParameterRanges);
  for (const { name } of parameters) {
    if (definition.StaticHyperParameters?.[name] === undefined) continue;
    throw invalid(`Hyperparameter ${name} cannot be both static and tuned.`);
  }
  const space = new ParameterSpace(parameters);
  checkStrategy(config, definition, parameters, space);
  return space;
}

function checkObjective(
  config: HyperParameterTuningJobConfig | undefined,
  { AlgorithmSpecification: algorithm }: HyperParameterTrainingJobDefinition,
  runner: Runner,
): void {
  const metric = config?.HyperParameterTuningJobObjective?.MetricName;
  if (metric === undefined) throw invalid("You must specify HyperParameterTuningJobObjective.");
  const known = (runner.metricDefinitions ?? algorithm?.MetricDefinitions ?? []).map(
    ({ Name: name }) => name,
  );
  if (known.includes(metric)) return;
  throw invalid(
    `The objective metric for the hyperparameter tuning job, [${metric}], isn't valid for the algorithm. Choose a valid objective metric: [${known.join(", ")}].`,
  );
}

function checkStrategy(
  config: HyperParameterTuningJobConfig | undefined,
  definition: HyperParameterTrainingJobDefinition,
  parameters: readonly Parameter[],
  space: ParameterSpace,
): void {
  const { Strategy: strategy, ResourceLimits: limits } = config ?? {};
  const most = limits?.MaxNumberOfTrainingJobs;
  if ((limits?.MaxParallelTrainingJobs as number) > MAX_PARALLEL) {
    throw invalid(`MaxParallelTrainingJobs must be at most ${MAX_PARALLEL}.`);
  }
  if (strategy !== "Hyperband" && config?.StrategyConfig) {
    throw invalid(`StrategyConfig is for strategy Hyperband, not ${strategy}.`);
  }
  if (strategy === "Grid") {
    if (parameters.some(({ kind }) => kind !== "categorical")) {
      throw invalid("Grid search takes CategoricalParameterRanges only.");
    }
    if (most !== undefined && most !== space.size) {
      throw invalid(
        `MaxNumberOfTrainingJobs must be ${space.size}, the number of combinations, or left out.`,
      );
    }
    return;
  }
  if (most === undefined) throw invalid("You must specify MaxNumberOfTrainingJobs.");
  if (strategy !== "Hyperband") return;
  if (config?.TrainingJobEarlyStoppingType === "Auto") {
    throw invalid("TrainingJobEarlyStoppingType must be Off with strategy Hyperband.");
  }
  if (maxResourceOf(config as HyperParameterTuningJobConfig, definition) === undefined) {
    throw invalid("Hyperband needs HyperbandStrategyConfig.MaxResource.");
  }
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
