import { expression, literal } from "./jsonata.ts";
import { longestWaitSeconds, sageMakerTransient, trainingQuota } from "./retry.ts";
import type { Flow, States } from "./state.ts";
import { catchAll, task } from "./task.ts";
import {
  capacityWaitSeconds,
  isPassing,
  startSlackSeconds,
  trainingResult,
} from "./train-model.ts";

export interface TuneModelArgs extends Flow {
  partition: string;
  /** What every tuning job's name starts with: see tuningPrefix in names. */
  tuningPrefix: string;
  /** JSONata code of what the name has after the run's title, `'-' & $candidate.number`. @default nothing */
  nameSuffix?: string;
  /** Request of CreateHyperParameterTuningJob for a job of that name. */
  request: (name: string) => Record<string, unknown>;
  /** The longest that one tuning job may take, by its training jobs alone. */
  maxSeconds: number;
}

/** Tuning jobs for one model, before what passes fails the run: of their training jobs SageMaker starts the next anyway. */
const maxAttempts = 2;

/** Longest that the block can take, over all attempts. */
export function tuneModelMaxSeconds(args: Pick<TuneModelArgs, "maxSeconds">): number {
  return (
    longestWaitSeconds(trainingQuota) + maxAttempts * (taskSeconds(args) + capacityWaitSeconds)
  );
}

/**
 * A hyperparameter tuning job in place of one training job. Its best training job is `$training`, as if it had been the only
 * one, with `tuning` beside what any training has: gate, model and record go on from there.
 */
export function tuneModel(args: TuneModelArgs): States {
  const { partition, next, onFailure } = args;
  const attempt = "($attempt + $states.context.State.RetryCount)";
  const caught = catchAll("TuningFailed", "Is Tuning Retriable?");
  return {
    "Tune Model": task({
      integration: "sagemaker:createHyperParameterTuningJob.sync",
      partition,
      arguments: args.request(expression(tuningName(args, attempt))),
      timeoutSeconds: taskSeconds(args),
      retry: [trainingQuota, sageMakerTransient],
      assign: { training: expression(`{'tuning': ${tuningResult}}`), moreTrainings: null },
      catch: [{ ...caught, Assign: { ...caught.Assign, attempt: expression(`${attempt} + 1`) } }],
      next: "Is There A Best Training?",
    }),
    "Is Tuning Retriable?": {
      Type: "Choice",
      Choices: [
        {
          Condition: expression(isPassing(maxAttempts)),
          Assign: { failure: {} },
          Next: "Wait To Tune Again",
        },
      ],
      Default: onFailure,
    },
    "Wait To Tune Again": { Type: "Wait", Seconds: capacityWaitSeconds, Next: "Tune Model" },
    "Is There A Best Training?": {
      Type: "Choice",
      Choices: [
        {
          Condition: expression("$exists($training.tuning.bestJobName)"),
          Next: "Describe Best Training",
        },
      ],
      Assign: {
        failure: { name: "TuningFailed", cause: expression(noBestTraining) },
        training: null,
      },
      Default: onFailure,
    },
    "Describe Best Training": task({
      integration: "aws-sdk:sagemaker:describeTrainingJob",
      partition,
      arguments: { TrainingJobName: expression("$training.tuning.bestJobName") },
      timeoutSeconds: 60,
      retry: [sageMakerTransient],
      assign: { training: expression(`$merge([$training, ${trainingResult}])`) },
      catch: [giveUp("TuningFailed", onFailure)],
      next: "Add Up Trainings",
    }),
    ...addUpTrainings(partition, next),
  };
}

/**
 * `$training.tuning.seconds`, of all training jobs: what was paid for. SageMaker tells of a tuning job how long it took by the
 * clock, and of each training job when it began and ended. A sum that cannot be had is none: it holds up no model.
 */
function addUpTrainings(partition: string, next: string): States {
  const unknown = "$merge([$training, {'tuning': $merge([$training.tuning, {'seconds': null}])}])";
  return {
    "Add Up Trainings": task({
      integration: "aws-sdk:sagemaker:listTrainingJobsForHyperParameterTuningJob",
      partition,
      arguments: expression(
        "$merge([{'HyperParameterTuningJobName': $training.tuning.jobName, 'MaxResults': 100}, " +
          "$moreTrainings = null ? {} : {'NextToken': $moreTrainings}])",
      ),
      timeoutSeconds: 60,
      retry: [sageMakerTransient],
      assign: {
        training: expression(
          "$merge([$training, {'tuning': $merge([$training.tuning, " +
            `{'seconds': $training.tuning.seconds + ${listedSeconds}}])}])`,
        ),
        moreTrainings: expression(
          "$exists($states.result.NextToken) ? $states.result.NextToken : null",
        ),
      },
      catch: [
        { ErrorEquals: ["States.ALL"], Assign: { training: expression(unknown) }, Next: next },
      ],
      next: "Are There More Trainings?",
    }),
    "Are There More Trainings?": {
      Type: "Choice",
      Choices: [
        { Condition: expression("$type($moreTrainings) = 'string'"), Next: "Add Up Trainings" },
      ],
      Default: next,
    },
  };
}

/** Of training jobs that never started there is no end either, or no start. */
const listedSeconds =
  "$sum([$states.result.TrainingJobSummaries[$exists(TrainingStartTime) and $exists(TrainingEndTime)]." +
  "($toMillis(TrainingEndTime) - $toMillis(TrainingStartTime))]) / 1000";

/** Nothing was trained that anything could go on with: what is on record of `$training` would be half of it. */
function giveUp(name: string, next: string) {
  const caught = catchAll(name, next);
  return { ...caught, Assign: { ...caught.Assign, training: null } };
}

/**
 * A tuning job's name has 32 characters at most, which no base and title fit: a digest of each stands for it. Its training
 * jobs are named after it.
 */
function tuningName({ tuningPrefix, nameSuffix }: TuneModelArgs, attempt: string): string {
  return [
    literal(tuningPrefix),
    "$substring($hash($run.title, 'SHA-256'), 0, 10)",
    ...(nameSuffix === undefined ? [] : [nameSuffix]),
    "'-a'",
    `$string(${attempt})`,
  ].join(" & ");
}

function taskSeconds(args: Pick<TuneModelArgs, "maxSeconds">): number {
  return args.maxSeconds + startSlackSeconds;
}

/** What is on record of a tuning job, from its description. */
const tuningResult =
  "{'jobName': $states.result.HyperParameterTuningJobName, " +
  "'strategy': $states.result.HyperParameterTuningJobConfig.Strategy, " +
  "'objective': $states.result.HyperParameterTuningJobConfig.HyperParameterTuningJobObjective." +
  "{'metric': MetricName, 'direction': Type = 'Minimize' ? 'min' : 'max', " +
  "'value': $states.result.BestTrainingJob.FinalHyperParameterTuningJobObjectiveMetric.Value}, " +
  "'trainings': $states.result.TrainingJobStatusCounters.{'completed': Completed, 'stopped': Stopped, " +
  "'failed': $sum([RetryableError, NonRetryableError])}, " +
  "'seconds': 0, 'bestJobName': $states.result.BestTrainingJob.TrainingJobName, " +
  "'tuned': $states.result.BestTrainingJob.TunedHyperParameters}";

const noBestTraining =
  "'tuning job ' & $training.tuning.jobName & ' found no best training job: ' & $training.tuning.trainings.completed & " +
  "' of its training jobs completed, ' & $training.tuning.trainings.stopped & ' were stopped, ' & " +
  "$training.tuning.trainings.failed & ' failed, and none reported ' & $training.tuning.objective.metric";
