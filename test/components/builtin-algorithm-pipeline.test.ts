import aslValidator from "asl-validator";
import { expect } from "chai";
import type { PipelineConfig } from "../../stacks/config.ts";
import { retrainingStack } from "../../stacks/retraining-stack.ts";
import { type Recorded, record } from "../support/mocks.ts";
import { outliving } from "../support/outliving.ts";
import { churn, region } from "../support/pipeline.ts";
import {
  covers,
  expectNarrowTrusts,
  openActions,
  patternsOf,
  policiesOf,
} from "../support/recorded-permissions.ts";

const eu = churn({ name: "churn-eu", endpoint: { ...churn().endpoint, name: "churn-eu" } });

function stack(...pipelines: PipelineConfig[]) {
  return record(() =>
    retrainingStack({
      stack: "dev",
      region,
      pipelines,
      comparisons: [],
      network: undefined,
      warnings: [],
    }),
  );
}

function countByType(resources: Recorded[]) {
  const counts: Record<string, number> = {};
  for (const { type } of resources) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** The resource as text, without what two processes or runs may order differently. */
async function textOf({ inputs }: Recorded): Promise<string> {
  const source = inputs["source"];
  const path = source?.path === undefined ? undefined : await source.path;
  return JSON.stringify({ ...inputs, path });
}

describe("BuiltinAlgorithmPipeline", () => {
  it("creates exactly these resources", async () => {
    const { resources } = await stack(churn());

    expect(countByType(resources)).to.deep.equal({
      "aws:s3/bucket:Bucket": 1,
      "aws:s3/bucketVersioning:BucketVersioning": 1,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 1,
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": 1,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 1,
      "aws:s3/bucketPolicy:BucketPolicy": 1,
      "aws:s3/bucketNotification:BucketNotification": 1,
      "aws:s3/bucketObjectv2:BucketObjectv2": 2,
      "aws:cloudwatch/logGroup:LogGroup": 11,
      "aws:cloudwatch/eventRule:EventRule": 2,
      "aws:cloudwatch/eventTarget:EventTarget": 2,
      "aws:cloudwatch/metricAlarm:MetricAlarm": 2,
      "aws:sqs/queue:Queue": 2,
      "aws:sqs/queuePolicy:QueuePolicy": 2,
      "aws:lambda/function:Function": 7,
      "aws:lambda/invocation:Invocation": 1,
      "aws:lambda/permission:Permission": 2,
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": 2,
      "aws:iam/role:Role": 11,
      "aws:iam/rolePolicy:RolePolicy": 12,
      "aws:glue/job:Job": 1,
      "aws:glue/securityConfiguration:SecurityConfiguration": 1,
      "aws:sfn/stateMachine:StateMachine": 1,
    });
  });

  it("is made of these components", async () => {
    const { components } = await stack(churn());

    expect(components.map((each) => each.replace("retraining:components:", ""))).to.have.members([
      "BuiltinAlgorithmPipeline churn",
      "DataBucket churn-data",
      "EtlJob churn-etl",
      "BundledFunction churn-write-schema",
      "BundledFunction churn-resolve-endpoint",
      "BundledFunction churn-prune-versions",
      "BundledFunction churn-record-run",
      "RetrainingStateMachine churn-retraining",
      "RunCleanUp churn-clean-up",
      "BundledFunction churn-clean-up-runs",
      "RunCloser churn-closer",
      "BundledFunction churn-closer-close-run",
      "InputTrigger churn-input",
      "BundledFunction churn-input-start-retraining",
    ]);
  });

  it("gives every log group an end to what it keeps", async () => {
    const { resources } = await stack(churn({ logs: { retentionDays: 14 } }));

    const groups = resources.filter(({ type }) => type.endsWith(":LogGroup"));
    expect(groups.map(({ inputs }) => inputs["name"])).to.have.members([
      "/aws/glue/jobs/dev-churn-etl/error",
      "/aws/glue/jobs/dev-churn-etl/output",
      "/aws/lambda/dev-churn-start-retraining",
      "/aws/lambda/dev-churn-write-schema",
      "/aws/lambda/dev-churn-resolve-endpoint",
      "/aws/lambda/dev-churn-prune-versions",
      "/aws/lambda/dev-churn-record-run",
      "/aws/lambda/dev-churn-clean-up-runs",
      "/aws/lambda/dev-churn-close-run",
      "/aws/sagemaker/Endpoints/churn",
      "/aws/vendedlogs/states/dev-churn-retraining",
    ]);
    for (const { inputs } of groups) expect(inputs["retentionInDays"]).to.equal(14);
  });

  it("has a valid state machine", async () => {
    const { find } = await stack(churn());

    const { isValid, errorsText } = aslValidator(
      JSON.parse(find("churn-retraining").inputs["definition"]),
    );
    expect(isValid, isValid ? "" : errorsText("\n")).to.equal(true);
  });

  it("trusts each service only on behalf of the account, one service a role", async () => {
    expectNarrowTrusts(await stack(churn()), "churn-etl-role");
  });

  it("allows exact actions only, and leaves the resource open only where AWS knows none", async () => {
    const open = openActions(await stack(churn()));

    expect(open).to.deep.equal(
      [
        "cloudwatch:PutMetricData under a condition",
        "ecr:GetAuthorizationToken",
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:DescribeLogGroups",
        "logs:DescribeResourcePolicies",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:UpdateLogDelivery",
        "sagemaker:ListEndpointConfigs",
        "sagemaker:ListModels",
        "sagemaker:ListTrainingJobs",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
      ].sort(),
    );
  });

  it("uses no managed policy", async () => {
    const { resources } = await stack(churn());

    expect(JSON.stringify(resources.map(({ inputs }) => inputs))).not.to.contain(":policy/");
    expect(resources.filter(({ type }) => type.includes("Attachment"))).to.deep.equal([]);
  });
});

describe("the order of a destroy", () => {
  it("ends what starts runs before it cleans up after them", async () => {
    const recording = await stack(churn());

    for (const trigger of ["churn-input-start-retraining", "churn-input-target"]) {
      expect(outliving(recording, trigger), trigger).to.include("churn-clean-up");
    }
  });

  it("cleans up while all that runs are made of is there", async () => {
    const outlives = outliving(await stack(churn()), "churn-clean-up");

    for (const resource of [
      "churn-clean-up-runs",
      "churn-clean-up-runs-policy",
      "churn-clean-up-runs-logs",
      "churn-clean-up-endpoint-policy",
      "churn-retraining",
      "churn-retraining-policy",
      "churn-etl",
      "churn-training-policy",
      "churn-serving-policy",
      "churn-endpoint-logs",
      "churn-record-run",
      "churn-data",
    ]) {
      expect(outlives, resource).to.include(resource);
    }
  });
});

describe("two pipelines of one stack", () => {
  it("share no name and no resource", async () => {
    const { resources } = await stack(churn(), eu);

    const physical = resources
      .filter(({ type }) => !type.endsWith(":RolePolicy")) // named within their role
      .map(({ type, inputs }) => inputs["name"] && `${type} ${inputs["name"]}`)
      .filter((name) => name !== undefined);
    expect(new Set(physical).size).to.equal(physical.length);
    const buckets = new Set(resources.map(({ inputs }) => inputs["bucket"]).filter(Boolean));
    expect(buckets.size).to.equal(2);
  });

  it("cannot reach each other's data, models or endpoints", async () => {
    const recording = await stack(churn(), eu);

    for (const policy of policiesOf(recording)) {
      if (policy.name.startsWith("churn-eu")) continue;
      const patterns = patternsOf(policy);
      expect(JSON.stringify(patterns), policy.name).not.to.contain("dev-churn-eu");
      for (const pattern of patterns.filter((each) => each !== "*")) {
        for (const theirs of [
          "model/dev-churn-eu--x",
          "endpoint/churn-eu",
          "job/dev-churn-eu-etl",
        ]) {
          expect(covers(pattern, theirs), `${policy.name}: ${pattern}`).to.equal(false);
        }
      }
    }
  });

  it("change alone", async () => {
    const before = await stack(churn(), eu);
    const after = await stack(
      churn({
        training: {
          ...churn().training,
          hyperparameters: { objective: "binary:logistic", num_round: "7" },
        },
      }),
      eu,
    );

    const changed: string[] = [];
    for (const resource of after.resources) {
      const was = before.find(resource.name);
      if ((await textOf(was)) !== (await textOf(resource))) changed.push(resource.name);
    }
    expect(after.resources).to.have.length(before.resources.length);
    expect(changed).to.deep.equal(["churn-retraining"]);
  });

  it("come and go alone", async () => {
    const one = await stack(churn());
    const two = await stack(churn(), eu);

    const added = two.resources.filter(({ name }) => name.startsWith("churn-eu"));
    expect(two.resources.length - one.resources.length).to.equal(added.length);
    for (const resource of one.resources) {
      expect(await textOf(two.find(resource.name))).to.equal(await textOf(resource));
    }
  });
});
