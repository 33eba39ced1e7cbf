import type { TestCloud } from "./test-cloud.ts";

/** A task that trains under the name in its input. */
export const trainModel = {
  Type: "Task",
  Resource: "arn:aws:states:::sagemaker:createTrainingJob.sync",
  Arguments: { TrainingJobName: "{% $states.input.name %}" },
  End: true,
};
export const runEtl = {
  Type: "Task",
  Resource: "arn:aws:states:::glue:startJobRun.sync",
  Arguments: { JobName: "etl", Arguments: { "--S3_INPUT_FILE": "s3://b/input.csv" } },
  End: true,
};

/** A training job that goes through the statuses, one a description. */
export function train({ backend }: TestCloud, ...statuses: string[]): void {
  backend.answer("SageMaker.CreateTrainingJob", ({ TrainingJobName }) => ({
    TrainingJobArn: `arn:aws:sagemaker:us-east-2:000000000000:training-job/${TrainingJobName}`,
  }));
  backend.answer("SageMaker.DescribeTrainingJob", ({ TrainingJobName }) => ({
    TrainingJobName,
    TrainingJobStatus: statuses.length > 1 ? statuses.shift() : statuses[0],
    CreationTime: 1700000000.25,
    FinalMetricDataList: [{ MetricName: "validation:error", Value: 0.05, Timestamp: 1700000003 }],
    FailureReason: "AlgorithmError: label out of range",
  }));
  backend.answer("SageMaker.StopTrainingJob", () => {
    statuses.splice(0, Number.POSITIVE_INFINITY, "Stopped");
    return {};
  });
}

/** A Glue job run that goes through the states, one a description. */
export function etl({ backend }: TestCloud, ...states: string[]): void {
  backend.answer("AWSGlue.StartJobRun", () => ({ JobRunId: "jr_1" }));
  backend.answer("AWSGlue.GetJobRun", () => ({
    JobRun: {
      Id: "jr_1",
      JobName: "etl",
      JobRunState: states.length > 1 ? states.shift() : states[0],
      StartedOn: 1700000000.5,
      ErrorMessage: "row 7: Day Mins is no number",
    },
  }));
  backend.answer("AWSGlue.BatchStopJobRun", () => {
    states.splice(0, Number.POSITIVE_INFINITY, "STOPPED");
    return { SuccessfulSubmissions: [{ JobName: "etl", JobRunId: "jr_1" }], Errors: [] };
  });
}
