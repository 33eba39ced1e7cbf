import { expression, literal } from "./jsonata.ts";
import { longestWaitSeconds, sageMakerTransient, trainingQuota } from "./retry.ts";
import type { Flow, States } from "./state.ts";
import { catchAll, task } from "./task.ts";

export interface TrainModelArgs extends Flow {
  partition: string;
  /** `<base>--`: what every job's name starts with. */
  runPrefix: string;
  /** Request of CreateTrainingJob for a job of that name. */
  request: (name: string) => Record<string, unknown>;
  /** The longest that one job may take to train, waiting for spot capacity included. */
  maxSeconds: number;
}

/** Attempts at one training before want of capacity fails the run. */
const maxAttempts = 5;
export const capacityWaitSeconds = 300;

/** Longest time for SageMaker to find and start instances, which a job's own limit leaves out. */
export const startSlackSeconds = 3600;

/** Longest that the block can take, over all attempts. */
export function trainModelMaxSeconds(args: Pick<TrainModelArgs, "maxSeconds">): number {
  return (
    longestWaitSeconds(trainingQuota) + maxAttempts * (taskSeconds(args) + capacityWaitSeconds)
  );
}

/**
 * A training job; when SageMaker had no capacity or an error of its own, another one after a wait.
 *
 * A job that started and failed cannot be started again under its name: the attempt is part of it. Retry counts too,
 * because a retried call may have created the job whose answer was lost.
 */
export function trainModel(args: TrainModelArgs): States {
  const attempt = "($attempt + $states.context.State.RetryCount)";
  const caught = catchAll("TrainingFailed", "Is Training Retriable?");
  return {
    "Train Model": task({
      integration: "sagemaker:createTrainingJob.sync",
      partition: args.partition,
      arguments: args.request(
        expression(`${literal(args.runPrefix)} & $title & '-a' & $string(${attempt})`),
      ),
      timeoutSeconds: taskSeconds(args),
      retry: [trainingQuota, sageMakerTransient],
      assign: { training: expression(trainingResult) },
      catch: [{ ...caught, Assign: { ...caught.Assign, attempt: expression(`${attempt} + 1`) } }],
      next: args.next,
    }),
    "Is Training Retriable?": {
      Type: "Choice",
      Choices: [
        {
          Condition: expression(isPassing(maxAttempts)),
          Assign: { failure: {} },
          Next: "Wait For Capacity",
        },
      ],
      Default: args.onFailure,
    },
    "Wait For Capacity": { Type: "Wait", Seconds: capacityWaitSeconds, Next: "Train Model" },
  };
}

/** Whether the job that failed met what passes, and fewer than so many were tried: JSONata code. */
export function isPassing(maxAttempts: number): string {
  // SageMaker starts a job's FailureReason with the error's name
  return (
    "$exists($failure.caught.Cause) and $contains($failure.caught.Cause, /CapacityError|InternalServerError/)" +
    ` and $attempt <= ${maxAttempts}`
  );
}

function taskSeconds(args: Pick<TrainModelArgs, "maxSeconds">): number {
  return args.maxSeconds + startSlackSeconds;
}

/** `$training` from the description of a job. */
export const trainingResult =
  "{'jobName': $states.result.TrainingJobName, 'status': $states.result.TrainingJobStatus, " +
  "'reason': $states.result.FailureReason, 'image': $states.result.AlgorithmSpecification.TrainingImage, " +
  "'startedAt': $states.result.CreationTime, 'seconds': $states.result.TrainingTimeInSeconds, " +
  "'billableSeconds': $states.result.BillableTimeInSeconds, 'hyperparameters': $states.result.HyperParameters, " +
  "'metrics': $merge([{}, $states.result.FinalMetricDataList.{MetricName: Value}]), " +
  "'modelArtifact': $states.result.ModelArtifacts.S3ModelArtifacts}";
