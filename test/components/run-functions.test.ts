import { expect } from "chai";
import { bucketLayout } from "../../components/bucket-layout.ts";
import {
  pruneVersionsStatements,
  recordRunStatements,
  resolveEndpointStatements,
  trainPrefixesOfRun,
  writeSchemaStatements,
} from "../../components/run-functions.ts";
import { churnContext } from "../support/pipeline.ts";

const { bucket } = churnContext();
const sagemaker = (resource: string) => `arn:aws:sagemaker:eu-west-1:123456789012:${resource}`;

describe("functions that runs call", () => {
  for (const { what, changes, expected } of [
    { what: "CSV", changes: {}, expected: ["output/*/train/"] },
    { what: "libsvm", changes: { contentType: "text/libsvm" }, expected: [] },
    {
      what: "what ETL did not make",
      changes: { channels: { train: "s3://b/train/" as const } },
      expected: [],
    },
  ]) {
    it(`have write-schema read of ${what} ${expected.length ? "the training data" : "no training data"}`, () => {
      const context = churnContext();
      const training = { ...context.config.training, ...changes };

      expect(
        trainPrefixesOfRun({ ...context, config: { ...context.config, training } }),
      ).to.deep.equal(expected);
    });
  }

  it("let write-schema read what the model was trained on, and write it down", () => {
    expect(writeSchemaStatements(churnContext(), [bucketLayout.train("*")])).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: [
          `arn:aws:s3:::${bucket}/output/*/etl.json`,
          `arn:aws:s3:::${bucket}/output/*/train/*`,
        ],
      },
      { Effect: "Allow", Action: ["s3:ListBucket"], Resource: [`arn:aws:s3:::${bucket}`] },
      {
        Effect: "Allow",
        Action: ["s3:PutObject"],
        Resource: [`arn:aws:s3:::${bucket}/models/*/schema.json`],
      },
    ]);
  });

  it("let resolve-endpoint look at its endpoint, configs and runs, delete the endpoint, and say whose turn it is", () => {
    expect(resolveEndpointStatements(churnContext())).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["sagemaker:DescribeEndpoint", "sagemaker:DeleteEndpoint"],
        Resource: [sagemaker("endpoint/churn")],
      },
      {
        Effect: "Allow",
        Action: ["sagemaker:DescribeEndpointConfig"],
        Resource: [sagemaker("endpoint-config/dev-churn--*")],
      },
      {
        Effect: "Allow",
        Action: ["states:DescribeExecution"],
        Resource: ["arn:aws:states:eu-west-1:123456789012:execution:dev-churn-retraining:*"],
      },
      {
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject"],
        Resource: [`arn:aws:s3:::${bucket}/deploying.json`],
      },
    ]);
  });

  it("let prune-versions delete what its pipeline's runs made, nothing else", () => {
    expect(pruneVersionsStatements(churnContext())).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["sagemaker:ListEndpointConfigs", "sagemaker:ListModels"],
        Resource: ["*"],
      },
      {
        Effect: "Allow",
        Action: ["sagemaker:DescribeEndpoint", "sagemaker:DeleteEndpoint"],
        Resource: [sagemaker("endpoint/churn")],
      },
      {
        Effect: "Allow",
        Action: ["sagemaker:DeleteEndpointConfig", "sagemaker:ListTags"],
        Resource: [sagemaker("endpoint-config/dev-churn--*")],
      },
      {
        Effect: "Allow",
        Action: ["sagemaker:DeleteModel"],
        Resource: [sagemaker("model/dev-churn--*")],
      },
      {
        Effect: "Allow",
        Action: ["states:ListExecutions"],
        Resource: ["arn:aws:states:eu-west-1:123456789012:stateMachine:dev-churn-retraining"],
      },
      {
        Effect: "Allow",
        Action: ["states:DescribeExecution"],
        Resource: ["arn:aws:states:eu-west-1:123456789012:execution:dev-churn-retraining:*"],
      },
      {
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: [`arn:aws:s3:::${bucket}`],
        Condition: { StringLike: { "s3:prefix": "models/*" } },
      },
      {
        Effect: "Allow",
        Action: ["s3:DeleteObject"],
        Resource: [`arn:aws:s3:::${bucket}/models/*`],
      },
    ]);
  });

  it("let record-run read ETL's report, write the run's, and speak for itself only", () => {
    expect(recordRunStatements(churnContext())).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: [`arn:aws:s3:::${bucket}/output/*/etl.json`],
      },
      { Effect: "Allow", Action: ["s3:ListBucket"], Resource: [`arn:aws:s3:::${bucket}`] },
      {
        Effect: "Allow",
        Action: ["s3:PutObject"],
        Resource: [`arn:aws:s3:::${bucket}/runs/*/report.json`],
      },
      {
        Effect: "Allow",
        Action: ["events:PutEvents"],
        Resource: ["arn:aws:events:eu-west-1:123456789012:event-bus/default"],
        Condition: { StringEquals: { "events:source": "retraining" } },
      },
    ]);
  });
});
