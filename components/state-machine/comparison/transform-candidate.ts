import { tagList } from "../create-version.ts";
import { expression, literal } from "../jsonata.ts";
import { sageMakerQuota, sageMakerTransient } from "../retry.ts";
import type { Flow } from "../state.ts";
import { catchAll, task } from "../task.ts";
import type { Branch } from "./comparison-definition.ts";
import type { TryCandidatesArgs } from "./try-candidate.ts";

/** Test rows of gigabytes. */
export const transformMaxSeconds = 6 * 3600;

/**
 * Rows in, predictions out, without an endpoint.
 *
 * Retry counts in the job's name, as in that of a training job: a retried call may have created the job whose answer was lost,
 * and SageMaker refuses its name from then on.
 */
export function transformCandidate(
  args: TryCandidatesArgs,
  { partition, next, onFailure }: Flow & { partition: string },
): Branch {
  const model = `${literal(args.candidatePrefix)} & $title`;
  const uri = (rest: string) =>
    expression(`${literal(`s3://${args.bucket}/output/`)} & $run.title & ${rest}`);
  const Transform = task({
    integration: "sagemaker:createTransformJob.sync",
    partition,
    arguments: {
      TransformJobName: expression(
        `${model} & '-a' & $string($states.context.State.RetryCount + 1)`,
      ),
      ModelName: expression(model),
      BatchStrategy: "MultiRecord",
      MaxPayloadInMB: 1,
      TransformInput: {
        ContentType: expression("$candidate.requestContentType"),
        SplitType: "Line",
        DataSource: {
          S3DataSource: {
            S3DataType: "S3Prefix",
            S3Uri: uri("'/' & $candidate.format & '/features/'"),
          },
        },
      },
      TransformOutput: {
        S3OutputPath: uri("'/' & $candidate.number & '/transform/'"),
        AssembleWith: "Line",
        Accept: expression(
          "$candidate.answer.format = 'csv' ? 'text/csv' : 'application/jsonlines'",
        ),
        ...(args.kmsKeyArn !== undefined && { KmsKeyId: args.kmsKeyArn }),
      },
      TransformResources: expression("$candidate.transformResources"),
      ...tagList(args.tags),
    },
    timeoutSeconds: transformMaxSeconds,
    retry: [sageMakerQuota, sageMakerTransient],
    assign: {},
    catch: [catchAll("TransformFailed", onFailure)],
    next,
  });
  return { StartAt: "Transform", States: { Transform } };
}
