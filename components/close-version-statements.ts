import { bucketLayout } from "./bucket-layout.ts";
import { allowData } from "./encryption-key.ts";
import { arnsIn } from "./names.ts";
import type { RunContext } from "./pipeline-context.ts";
import { allow, type Statement } from "./policies.ts";

/** Deletes the version of a run that did not succeed, writes its report, tells the account. */
export function closeVersionStatements(context: RunContext): Statement[] {
  const { place, bucket, names, config } = context;
  const arns = arnsIn(place);
  const version = `${names.runPrefix}*`;
  const report = arns.object(bucket, bucketLayout.report("*"));
  return [
    allow(
      ["sagemaker:DescribeEndpoint", "sagemaker:DeleteEndpoint"],
      [arns.endpoint(config.endpoint.name)],
    ),
    allow(["sagemaker:DeleteEndpointConfig"], [arns.endpointConfig(version)]),
    allow(["sagemaker:DeleteModel"], [arns.model(version)]),
    allow(["s3:GetObject"], [report, arns.object(bucket, bucketLayout.etlReport("*"))]),
    allow(["s3:ListBucket"], [arns.bucket(bucket)]), // or S3 answers 403 for a report that is not there
    allow(["s3:PutObject"], [report]),
    allow(["events:PutEvents"], [arns.eventBus("default")], {
      StringEquals: { "events:source": "retraining" },
    }),
    allow(["sqs:SendMessage"], [arns.queue(names.unclosedRunsQueue)]),
    ...allowData(config.kmsKeyArn),
  ];
}
