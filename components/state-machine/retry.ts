export interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds: number;
  MaxAttempts: number;
  BackoffRate: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: "FULL";
}

/** Backoff that spreads out: many pipelines throttled at one moment must not come back at one moment. */
function spread(errors: string[], maxAttempts: number): Retrier {
  return {
    ErrorEquals: errors,
    IntervalSeconds: 2,
    MaxAttempts: maxAttempts,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    JitterStrategy: "FULL",
  };
}

/**
 * What Lambda itself answers when it could not run the function, its throttling, functions that ended without an answer, and
 * passing errors of the services that functions call, which these throw on. Every function here may be called again.
 */
export const lambdaTransient = spread(
  [
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
    "Lambda.Unknown",
    "Sandbox.Timedout",
    "Runtime.ExitError",
    "ThrottlingException",
    "TooManyRequestsException",
    "SlowDown",
    "ServiceUnavailable",
    "InternalError",
    "InternalFailure",
    "TimeoutError",
  ],
  6,
);

/** Of functions that may take all of Lambda's 15 minutes: one that used them up would again, and an endpoint waits meanwhile. */
export const longLambdaTransient: Retrier = {
  ...lambdaTransient,
  ErrorEquals: lambdaTransient.ErrorEquals.filter((name) => name !== "Sandbox.Timedout"),
};

/**
 * SageMaker's passing errors.
 *
 * Step Functions reports every error that SageMaker's model does not name, throttling among them, as
 * AmazonSageMakerException (SageMakerException for SDK integrations). Invalid requests carry the same name: few attempts,
 * so that those fail within half a minute.
 */
export const sageMakerTransient = spread(
  [
    "SageMaker.AmazonSageMakerException",
    "SageMaker.SageMakerException",
    "SageMaker.ThrottlingException",
    "SageMaker.SdkClientException",
  ],
  4,
);

/** The account's quota of instances is in use: what ends frees it. */
export const sageMakerQuota: Retrier = {
  ErrorEquals: ["SageMaker.ResourceLimitExceededException", "SageMaker.ResourceLimitExceeded"],
  IntervalSeconds: 60,
  MaxAttempts: 10,
  BackoffRate: 1.5,
  MaxDelaySeconds: 300,
};

/**
 * A day of waiting for a place that other runs hold, so that each of a thousand uploads at one moment has its turn. Each pause
 * is a sixth of the wait so far, up to a quarter of an hour: hundreds that wait look seldom, and a few soon.
 */
const inTurn = { IntervalSeconds: 30, MaxAttempts: 110, BackoffRate: 1.2, MaxDelaySeconds: 900 };

/**
 * The same wait for something that takes `seconds` at most.
 * @param firstSeconds first pause
 */
export function inTurnFor(seconds: number, firstSeconds: number) {
  const retrier = { ...inTurn, IntervalSeconds: firstSeconds, MaxAttempts: 1 };
  while (longestWaitSeconds(retrier) < seconds) retrier.MaxAttempts += 1;
  return retrier;
}

/** Longest that a task's attempts of this kind are apart in all. */
export function longestWaitSeconds(retrier: Required<typeof inTurn>): number {
  const { IntervalSeconds, MaxAttempts, BackoffRate, MaxDelaySeconds } = retrier;
  let total = 0;
  for (let i = 0; i < MaxAttempts; i += 1) {
    total += Math.min(IntervalSeconds * BackoffRate ** i, MaxDelaySeconds);
  }
  return Math.ceil(total);
}

/** The quota of instances for training is in use: jobs that end free it. */
export const trainingQuota = { ErrorEquals: sageMakerQuota.ErrorEquals, ...inTurn };

export const glueTransient = spread(
  [
    "Glue.AWSGlueException",
    "Glue.InternalServiceException",
    "Glue.OperationTimeoutException",
    "Glue.ThrottlingException",
    "Glue.SdkClientException",
  ],
  5,
);

/** Other runs hold the job's or the account's places: they end. */
export const glueConcurrency = {
  ErrorEquals: [
    "Glue.ConcurrentRunsExceededException",
    "Glue.ResourceNumberLimitExceededException",
  ],
  ...inTurn,
};
