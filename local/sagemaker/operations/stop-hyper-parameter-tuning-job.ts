import type { StopHyperParameterTuningJobRequest } from "@aws-sdk/client-sagemaker";
import { AwsError } from "../../cloud/aws-error.ts";
import type { Operation } from "../../cloud/service.ts";
import { tuningJobNamed } from "../not-found.ts";
import type { SageMaker } from "../sagemaker.ts";

export function stopHyperParameterTuningJob(sagemaker: SageMaker): Operation {
  return async (request: StopHyperParameterTuningJobRequest) => {
    const name = request.HyperParameterTuningJobName as string;
    const { HyperParameterTuningJobStatus: status } = tuningJobNamed(sagemaker, name).description;
    if (status !== "InProgress" && status !== "Stopping") {
      throw new AwsError(
        "ValidationException",
        `The request was rejected because the hyperparameter tuning job is in status ${status}.`,
      );
    }
    sagemaker.tuning.stop(name);
    return {};
  };
}
