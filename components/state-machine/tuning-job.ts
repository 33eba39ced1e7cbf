import type { TuningConfig, TuningRange } from "../../stacks/tuning-config.ts";
import { wireValue } from "../algorithms/wire-value.ts";

/** `HyperParameterTuningJobConfig` of CreateHyperParameterTuningJob: what is searched, how, and for how long. */
export function tuningJobConfig(tuning: TuningConfig) {
  const { hyperband } = tuning;
  return {
    Strategy: tuning.strategy,
    ...(hyperband && {
      StrategyConfig: {
        HyperbandStrategyConfig: {
          MinResource: hyperband.minResource,
          MaxResource: hyperband.maxResource,
        },
      },
    }),
    HyperParameterTuningJobObjective: {
      Type: tuning.direction === "min" ? "Minimize" : "Maximize",
      MetricName: tuning.metric,
    },
    ResourceLimits: {
      MaxNumberOfTrainingJobs: tuning.maxJobs,
      MaxParallelTrainingJobs: tuning.maxParallelJobs,
    },
    ParameterRanges: parameterRanges(tuning.ranges),
    TrainingJobEarlyStoppingType: tuning.earlyStopping,
  };
}

/**
 * Request of CreateHyperParameterTuningJob.
 *
 * @param config `HyperParameterTuningJobConfig`, or an expression for it
 * @param training request of CreateTrainingJob for what its training jobs have in common. They have no checkpoints: all would
 *   write theirs to one place, and go on from each other's
 */
export function tuningJob(
  name: string,
  config: ReturnType<typeof tuningJobConfig> | string,
  training: Record<string, unknown>,
) {
  const { TrainingJobName, HyperParameters, CheckpointConfig, ...definition } = training;
  return {
    HyperParameterTuningJobName: name,
    HyperParameterTuningJobConfig: config,
    TrainingJobDefinition: { StaticHyperParameters: HyperParameters, ...definition },
  };
}

/** SageMaker's limit: 30 days for a tuning job. */
const longestSeconds = 30 * 24 * 3600;

/**
 * The longest that its training jobs may take one after the other, as many at a time as config lets there be.
 *
 * @param oneSeconds longest time of one of them
 */
export function tuningJobMaxSeconds(
  { maxJobs, maxParallelJobs }: Pick<TuningConfig, "maxJobs" | "maxParallelJobs">,
  oneSeconds: number,
): number {
  return Math.min(Math.ceil(maxJobs / maxParallelJobs) * oneSeconds, longestSeconds);
}

function parameterRanges(ranges: TuningConfig["ranges"]) {
  const named = Object.entries(ranges);
  const numbers = (type: "integer" | "continuous") =>
    named.flatMap(([name, range]) => (range.type === type ? [numberRange(name, range)] : []));
  const integers = numbers("integer");
  const continuous = numbers("continuous");
  const categories = named.flatMap(([name, range]) =>
    range.type === "categorical" ? [{ Name: name, Values: range.values }] : [],
  );
  return {
    ...(integers.length > 0 && { IntegerParameterRanges: integers }),
    ...(continuous.length > 0 && { ContinuousParameterRanges: continuous }),
    ...(categories.length > 0 && { CategoricalParameterRanges: categories }),
  };
}

function numberRange(name: string, range: Exclude<TuningRange, { values: string[] }>) {
  return {
    Name: name,
    MinValue: wireValue(range.min),
    MaxValue: wireValue(range.max),
    ScalingType: range.scale,
  };
}
