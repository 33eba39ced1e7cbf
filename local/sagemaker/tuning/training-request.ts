import type {
  CreateTrainingJobRequest,
  HyperParameterTrainingJobDefinition,
  Tag,
} from "@aws-sdk/client-sagemaker";
import type { Hyperparameters } from "./parameter-space.ts";

/** Hyperparameter by which SageMaker tells a container that it is tuned, and by which metric. */
const TUNING_METRIC = "_tuning_objective_metric";

/** The training job that tries `tuned`. */
export function trainingRequest(
  name: string,
  definition: HyperParameterTrainingJobDefinition,
  tuned: Hyperparameters,
  objective: string,
  tags: readonly Tag[],
): CreateTrainingJobRequest {
  const { DefinitionName, StaticHyperParameters, AlgorithmSpecification, ...rest } = definition;
  return {
    ...rest,
    TrainingJobName: name,
    HyperParameters: { ...StaticHyperParameters, ...tuned, [TUNING_METRIC]: objective },
    AlgorithmSpecification: {
      TrainingImage: AlgorithmSpecification?.TrainingImage,
      TrainingInputMode: AlgorithmSpecification?.TrainingInputMode,
      ...(AlgorithmSpecification?.MetricDefinitions
        ? { MetricDefinitions: AlgorithmSpecification.MetricDefinitions }
        : {}),
    },
    Tags: [...tags],
  } as CreateTrainingJobRequest;
}
