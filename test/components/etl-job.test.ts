import { expect } from "chai";
import { EtlJob, etlStatements } from "../../components/etl-job.ts";
import type { PipelineConfig } from "../../stacks/config.ts";
import { record } from "../support/mocks.ts";
import { churn, churnContext } from "../support/pipeline.ts";

const { bucket } = churnContext();
const key = "arn:aws:kms:eu-west-1:123456789012:key/1";

function etlJob(changes: Partial<PipelineConfig> = {}) {
  const context = churnContext(changes);
  return record(() => new EtlJob("etl", { context, bucket: context.bucket }));
}

describe("EtlJob", () => {
  it("creates a job, its script, its library, its logs, its role and its encryption", async () => {
    const { resources } = await etlJob();

    expect(resources.map(({ type, name }) => `${type} ${name}`)).to.have.members([
      "aws:s3/bucketObjectv2:BucketObjectv2 etl-script",
      "aws:s3/bucketObjectv2:BucketObjectv2 etl-library",
      "aws:cloudwatch/logGroup:LogGroup etl-error-logs",
      "aws:cloudwatch/logGroup:LogGroup etl-output-logs",
      "aws:glue/securityConfiguration:SecurityConfiguration etl-security",
      "aws:iam/role:Role etl-role",
      "aws:iam/rolePolicy:RolePolicy etl-policy",
      "aws:glue/job:Job etl",
    ]);
  });

  it("runs the script on Glue 5.0, once, with its logs in groups of its own", async () => {
    const { find } = await etlJob();

    expect(find("etl").inputs).to.deep.equal({
      name: "dev-churn-etl",
      roleArn: "arn:aws:iam:eu-west-1:123456789012:dev-churn-etl",
      glueVersion: "5.0",
      command: {
        name: "glueetl",
        pythonVersion: "3",
        scriptLocation: `s3://${bucket}/code/churn_etl.py`,
      },
      workerType: "G.1X",
      numberOfWorkers: 2,
      timeout: 30,
      maxRetries: 0,
      executionProperty: { maxConcurrentRuns: 10 },
      securityConfiguration: "dev-churn-etl",
      defaultArguments: {
        "--job-language": "python",
        "--job-bookmark-option": "job-bookmark-disable",
        "--conf": "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs=false",
        "--enable-metrics": "true",
        "--custom-logGroup-prefix": "/aws/glue/jobs/dev-churn-etl",
        "--extra-py-files": `s3://${bucket}/code/lib.zip`,
      },
    });
    expect(find("etl-error-logs").inputs).to.deep.equal({
      name: "/aws/glue/jobs/dev-churn-etl/error",
      retentionInDays: 30,
    });
    expect(find("etl-output-logs").inputs["name"]).to.equal("/aws/glue/jobs/dev-churn-etl/output");
  });

  it("uploads the script as it is, and its modules as one archive", async () => {
    const { find } = await etlJob();

    const script = find("etl-script").inputs;
    const library = find("etl-library").inputs;
    expect(script).to.include({ bucket, key: "code/churn_etl.py" });
    expect(await script["source"].path).to.match(/glue\/churn_etl\.py$/);
    expect(library).to.include({ bucket, key: "code/lib.zip" });
    expect(Object.keys(await library["source"].assets)).to.include("churn/schema.py");
  });

  it("passes the arguments that config adds", async () => {
    const { find } = await etlJob({
      etl: { ...churn().etl, arguments: { MAX_DROPPED_ROWS: "5" } },
    });

    expect(find("etl").inputs["defaultArguments"]).to.include({ "--MAX_DROPPED_ROWS": "5" });
  });

  for (const [what, kmsKeyArn, encryption, group] of [
    [
      "AWS's own keys",
      undefined,
      {
        cloudwatchEncryption: { cloudwatchEncryptionMode: "DISABLED" },
        jobBookmarksEncryption: { jobBookmarksEncryptionMode: "DISABLED" },
        s3Encryption: { s3EncryptionMode: "SSE-S3" },
      },
      "/aws/glue/jobs/dev-churn-etl/output",
    ],
    [
      "the key that config names",
      key,
      {
        cloudwatchEncryption: { cloudwatchEncryptionMode: "SSE-KMS", kmsKeyArn: key },
        jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS", kmsKeyArn: key },
        s3Encryption: { s3EncryptionMode: "SSE-KMS", kmsKeyArn: key },
      },
      "/aws/glue/jobs/dev-churn-etl/dev-churn-etl-role/dev-churn-etl/output",
    ],
  ] as const) {
    it(`encrypts with ${what}`, async () => {
      const { find } = await etlJob({ kmsKeyArn });

      expect(find("etl-security").inputs["encryptionConfiguration"]).to.deep.equal(encryption);
      expect(find("etl-output-logs").inputs["kmsKeyId"]).to.equal(kmsKeyArn);
      expect(find("etl-output-logs").inputs["name"]).to.equal(group);
    });
  }

  it("lets the job read its code and the snapshots, and write below output/", () => {
    const arn = `arn:aws:s3:::${bucket}`;
    const group = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/glue/jobs/dev-churn-etl";

    expect(etlStatements(churnContext())).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: [`${arn}/code/*`, `${arn}/runs/*/input.csv`],
      },
      {
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
        Resource: [`${arn}/output*`],
      },
      {
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: [arn],
        Condition: { StringLike: { "s3:prefix": ["code/*", "runs/*", "output*"] } },
      },
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [`${group}/error:*`, `${group}/output:*`],
      },
      {
        Effect: "Allow",
        Action: ["cloudwatch:PutMetricData"],
        Resource: ["*"],
        Condition: { StringEquals: { "cloudwatch:namespace": "Glue" } },
      },
    ]);
  });

  it("lets the job use the key, where there is one, for its logs and its data", () => {
    const added = etlStatements(churnContext({ kmsKeyArn: key })).slice(5);

    expect(added.flatMap(({ Action }) => Action)).to.have.members([
      "logs:AssociateKmsKey",
      "kms:Encrypt",
      "kms:Decrypt",
      "kms:GenerateDataKey",
      "kms:DescribeKey",
    ]);
    expect(added.at(-1)?.Resource).to.deep.equal([key]);
  });
});
