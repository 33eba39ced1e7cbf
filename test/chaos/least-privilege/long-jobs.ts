import {
  CreateHyperParameterTuningJobCommand,
  CreateTrainingJobCommand,
  CreateTransformJobCommand,
  type CreateTransformJobCommandInput,
  DescribeHyperParameterTuningJobCommand,
  DescribeTrainingJobCommand,
  DescribeTransformJobCommand,
  type SageMakerClient,
  StopHyperParameterTuningJobCommand,
  StopTrainingJobCommand,
  StopTransformJobCommand,
} from "@aws-sdk/client-sagemaker";
import { patientUntil } from "./patient-until.ts";

// Jobs that no execution waits for, and that take their time. Each is stopped when the work with it is done: it would go on
// beside everything that follows.

/** Does `work` while a training job goes on that is as `like` was, but long. */
export async function duringTraining<T>(
  sagemaker: SageMakerClient,
  like: string | undefined,
  TrainingJobName: string,
  work: () => Promise<T>,
): Promise<T> {
  const job = await sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: like }));
  await sagemaker.send(
    new CreateTrainingJobCommand({
      TrainingJobName,
      RoleArn: job.RoleArn,
      AlgorithmSpecification: {
        TrainingImage: job.AlgorithmSpecification?.TrainingImage,
        TrainingInputMode: job.AlgorithmSpecification?.TrainingInputMode,
      },
      InputDataConfig: job.InputDataConfig,
      OutputDataConfig: job.OutputDataConfig,
      ResourceConfig: job.ResourceConfig,
      StoppingCondition: job.StoppingCondition,
      HyperParameters: { ...job.HyperParameters, num_round: "1000000" },
    }),
  );
  await patientUntil(`training job ${TrainingJobName} at work`, async () => {
    const { SecondaryStatus: status } = await sagemaker.send(
      new DescribeTrainingJobCommand({ TrainingJobName }),
    );
    return status === "Training" || undefined;
  });
  return thenStop(work, () => sagemaker.send(new StopTrainingJobCommand({ TrainingJobName })));
}

/** Does `work` while a tuning job goes on that is as `like` was, but long. */
export async function duringTuning<T>(
  sagemaker: SageMakerClient,
  like: string | undefined,
  HyperParameterTuningJobName: string,
  work: () => Promise<T>,
): Promise<T> {
  const { HyperParameterTuningJobConfig: config, TrainingJobDefinition } = await sagemaker.send(
    new DescribeHyperParameterTuningJobCommand({ HyperParameterTuningJobName: like }),
  );
  if (config === undefined) throw new Error(`tuning job ${like} has no config`);
  await sagemaker.send(
    new CreateHyperParameterTuningJobCommand({
      HyperParameterTuningJobName,
      HyperParameterTuningJobConfig: {
        ...config,
        ResourceLimits: { MaxNumberOfTrainingJobs: 500, MaxParallelTrainingJobs: 1 },
      },
      TrainingJobDefinition,
    }),
  );
  return thenStop(work, () =>
    sagemaker.send(new StopHyperParameterTuningJobCommand({ HyperParameterTuningJobName })),
  );
}

/** Does `work` while a batch transform job goes on. @param job whose input has many records: each is a request */
export async function duringTransform<T>(
  sagemaker: SageMakerClient,
  job: CreateTransformJobCommandInput,
  work: () => Promise<T>,
): Promise<T> {
  const { TransformJobName } = job;
  await sagemaker.send(new CreateTransformJobCommand({ ...job, BatchStrategy: "SingleRecord" }));
  await patientUntil(`transform job ${TransformJobName} at work`, async () => {
    const { TransformStartTime: start, TransformJobStatus: status } = await sagemaker.send(
      new DescribeTransformJobCommand({ TransformJobName }),
    );
    if (status === "Failed") throw new Error(`transform job ${TransformJobName} failed`);
    return start;
  });
  return thenStop(work, () => sagemaker.send(new StopTransformJobCommand({ TransformJobName })));
}

async function thenStop<T>(work: () => Promise<T>, stop: () => Promise<unknown>): Promise<T> {
  try {
    return await work();
  } finally {
    await stop().catch((error: Error) => {
      if (error.name !== "ValidationException") throw error; // the work has stopped it
    });
  }
}
