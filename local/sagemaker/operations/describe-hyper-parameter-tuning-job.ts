import type { DescribeHyperParameterTuningJobRequest } from "@aws-sdk/client-sagemaker";
import type { Operation } from "../../cloud/service.ts";
import { tuningJobNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";
import {
  bestTraining,
  objectiveCounters,
  statusCounters,
  trainingSummaries,
} from "../tuning/training-summary.ts";

export function describeHyperParameterTuningJob(sagemaker: SageMaker): Operation {
  return async (request: DescribeHyperParameterTuningJobRequest) => {
    const tuning = tuningJobNamed(sagemaker, request.HyperParameterTuningJobName as string);
    const summaries = trainingSummaries(sagemaker, tuning);
    const best = bestTraining(summaries);
    return {
      ...tuning.description,
      TrainingJobStatusCounters: statusCounters(summaries),
      ObjectiveStatusCounters: objectiveCounters(summaries),
      ...(best ? { BestTrainingJob: best } : {}),
    };
  };
}
