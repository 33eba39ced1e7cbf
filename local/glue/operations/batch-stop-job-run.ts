import type { BatchStopJobRunRequest, BatchStopJobRunResponse } from "@aws-sdk/client-glue";
import { AwsError } from "../../cloud/aws-error.ts";
import type { Operation } from "../../cloud/service.ts";
import { runOf } from "../errors.ts";
import { type Glue, isActive } from "../glue.ts";

export function batchStopJobRun(glue: Glue): Operation {
  return async (request: BatchStopJobRunRequest): Promise<BatchStopJobRunResponse> => {
    const name = request.JobName as string;
    const answers = (request.JobRunIds ?? []).map((id) => ({ id, error: stop(glue, name, id) }));
    return {
      SuccessfulSubmissions: answers.flatMap(({ id, error }) =>
        error ? [] : [{ JobName: name, JobRunId: id }],
      ),
      Errors: answers.flatMap(({ id, error }) =>
        error
          ? [
              {
                JobName: name,
                JobRunId: id,
                ErrorDetail: { ErrorCode: error.code, ErrorMessage: error.message },
              },
            ]
          : [],
      ),
    };
  };
}

function stop(glue: Glue, jobName: string, id: string): AwsError | undefined {
  try {
    const run = runOf(glue, jobName, id);
    if (!isActive(run)) {
      return new AwsError(
        "JobRunInTerminalStateException",
        `Job run ${id} has ended: it is ${run.JobRunState}.`,
      );
    }
    glue.jobRuns.stop(id);
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}
