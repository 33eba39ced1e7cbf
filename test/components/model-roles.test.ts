import { expect } from "chai";
import { servingStatements, trainingStatements } from "../../components/model-roles.ts";
import type { PipelineConfig } from "../../stacks/config.ts";
import { churn, churnContext } from "../support/pipeline.ts";

const { bucket } = churnContext();
const arn = `arn:aws:s3:::${bucket}`;
const logs = "arn:aws:logs:eu-west-1:123456789012:log-group:";
const key = "arn:aws:kms:eu-west-1:123456789012:key/1";

const image = [
  { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
  {
    Effect: "Allow",
    Action: ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
    Resource: ["arn:aws:ecr:eu-west-1:257758044811:repository/sagemaker-xgboost"],
  },
];

function logging(group: string, namespace: string) {
  return [
    {
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:DescribeLogStreams"],
      Resource: [`${logs}${group}`, `${logs}${group}:*`],
    },
    {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: [`${logs}${group}:log-stream:*`],
    },
    {
      Effect: "Allow",
      Action: ["cloudwatch:PutMetricData"],
      Resource: ["*"],
      Condition: { StringEquals: { "cloudwatch:namespace": namespace } },
    },
  ];
}

describe("trainingStatements", () => {
  it("read the splits and write the model, nothing else", () => {
    expect(trainingStatements(churnContext())).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: [`${arn}/output/*/train/*`, `${arn}/output/*/validate/*`],
      },
      { Effect: "Allow", Action: ["s3:PutObject"], Resource: [`${arn}/models/*/*`] },
      {
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: [arn],
        Condition: { StringLike: { "s3:prefix": "output/*" } },
      },
      ...image,
      ...logging("/aws/sagemaker/TrainingJobs", "/aws/sagemaker/TrainingJobs"),
    ]);
  });

  it("read and write checkpoints where they are kept", () => {
    const context = churnContext({ training: { ...churn().training, checkpoints: true } });

    const touching = trainingStatements(context).filter(({ Resource }) =>
      Resource?.includes(`${arn}/output/*/checkpoints/*`),
    );

    expect(touching.flatMap(({ Action }) => Action)).to.deep.equal([
      "s3:GetObject",
      "s3:PutObject",
    ]);
  });
});

describe("trainingStatements for channels", () => {
  const lake = "arn:aws:s3:::lake";
  const fed = (channels: PipelineConfig["training"]["channels"]) =>
    trainingStatements(churnContext({ training: { ...churn().training, channels } })).filter(
      ({ Action }) => Action.some((action) => action.startsWith("s3:")),
    );
  const written = [
    { Effect: "Allow", Action: ["s3:PutObject"], Resource: [`${arn}/models/*/*`] },
    {
      Effect: "Allow",
      Action: ["s3:ListBucket"],
      Resource: [arn],
      Condition: { StringLike: { "s3:prefix": "output/*" } },
    },
  ];

  it("read the folders that the script writes, each channel's own", () => {
    expect(fed({ train: "etl", test: "etl", auxiliary: "etl" })).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: [
          `${arn}/output/*/train/*`,
          `${arn}/output/*/test/*`,
          `${arn}/output/*/auxiliary/*`,
        ],
      },
      ...written,
    ]);
  });

  it("read and list data elsewhere by their prefix, and nothing else of their bucket", () => {
    const channels = {
      train: "etl",
      validation: "s3://lake/holdout/",
      auxiliary: "s3://lake/vocab.json",
    } as const;

    expect(fed(channels)).to.deep.equal([
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: [`${arn}/output/*/train/*`] },
      ...written,
      {
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: [`${lake}/holdout/*`, `${lake}/vocab.json*`],
      },
      {
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: [lake],
        Condition: { StringLike: { "s3:prefix": ["holdout/*", "vocab.json*"] } },
      },
    ]);
  });

  it("read nothing of the pipeline's bucket where every channel is fed from elsewhere", () => {
    const [first] = fed({ train: "s3://lake/all/" });

    expect(first).to.deep.equal(written[0]);
  });
});

describe("servingStatements", () => {
  it("read models, nothing else of the bucket", () => {
    expect(servingStatements(churnContext())).to.deep.equal([
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: [`${arn}/models/*/*`] },
      {
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: [arn],
        Condition: { StringLike: { "s3:prefix": "models/*" } },
      },
      ...image,
      ...logging("/aws/sagemaker/Endpoints/churn", "/aws/sagemaker/Endpoints"),
    ]);
  });
});

for (const [name, statements] of [
  ["trainingStatements", trainingStatements],
  ["servingStatements", servingStatements],
] as const) {
  it(`${name} use the key, and grant it to AWS's resources only`, () => {
    const all = statements(churnContext({ kmsKeyArn: key }));

    expect(all.filter(({ Resource }) => Resource?.includes(key))).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"],
        Resource: [key],
      },
      {
        Effect: "Allow",
        Action: ["kms:CreateGrant"],
        Resource: [key],
        Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
      { Effect: "Allow", Action: ["kms:DescribeKey"], Resource: [key] },
    ]);
  });
}
