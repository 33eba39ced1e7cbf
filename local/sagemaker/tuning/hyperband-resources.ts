import type {
  HyperParameterTrainingJobDefinition,
  HyperParameterTuningJobConfig,
} from "@aws-sdk/client-sagemaker";

/** Static hyperparameters in which SageMaker looks for the number of epochs. */
const epochs = ["epochs", "numepochs", "n-epochs", "n_epochs", "num_epochs"];

/** Epochs that a training job of a Hyperband tuning job may have; undefined where nothing says so. */
export function maxResourceOf(
  config: HyperParameterTuningJobConfig,
  definition: HyperParameterTrainingJobDefinition,
): number | undefined {
  const given = config.StrategyConfig?.HyperbandStrategyConfig?.MaxResource;
  const fixed = epochs.map((name) => Number(definition.StaticHyperParameters?.[name]));
  return given ?? fixed.find((count) => count >= 1);
}
