import { expect } from "chai";
import {
  candidateServingStatements,
  candidateTrainingStatements,
} from "../../../components/candidate-roles.ts";
import { abalone, abaloneContext } from "../../support/comparison.ts";
import { promotingContext } from "../../support/comparison-run.ts";
import { allows, arn, difference, keyStatements, of } from "../../support/statements.ts";

const { bucket } = abaloneContext();
const objects = (...keys: string[]) => keys.map((each) => `arn:aws:s3:::${bucket}/${each}`);
const batch = { ...abalone().evaluation, by: "batch" as const };
const key = "arn:aws:kms:eu-west-1:123456789012:key/1";
const listed = (prefix: string | string[]) =>
  allows(["s3:ListBucket"], [`arn:aws:s3:::${bucket}`], { StringLike: { "s3:prefix": prefix } });
const images = [
  allows(["ecr:GetAuthorizationToken"], ["*"]),
  allows(of("ecr", "BatchCheckLayerAvailability", "GetDownloadUrlForLayer", "BatchGetImage"), [
    "arn:aws:ecr:eu-west-1:257758044811:repository/sagemaker-xgboost",
  ]),
];
const logsTo = (group: string) => [
  allows(of("logs", "CreateLogGroup", "DescribeLogStreams"), [
    arn("logs", `log-group:${group}`),
    arn("logs", `log-group:${group}:*`),
  ]),
  allows(of("logs", "CreateLogStream", "PutLogEvents"), [
    arn("logs", `log-group:${group}:log-stream:*`),
  ]),
];
const metrics = (kind: string) =>
  allows(["cloudwatch:PutMetricData"], ["*"], {
    StringEquals: { "cloudwatch:namespace": `/aws/sagemaker/${kind}` },
  });

describe("the role that candidates train with", () => {
  const plain = candidateTrainingStatements(abaloneContext());

  it("reads rows to train and to validate in the formats of the candidates, writes models", () => {
    expect(plain).to.deep.equal([
      allows(
        ["s3:GetObject"],
        objects(
          "output/*/libsvm/train/*",
          "output/*/libsvm/validation/*",
          "output/*/csv/train/*",
          "output/*/csv/validation/*",
        ),
      ),
      allows(["s3:PutObject"], objects("models/*")),
      listed("output/*"),
      ...images,
      ...logsTo("/aws/sagemaker/TrainingJobs"),
      metrics("TrainingJobs"),
    ]);
  });

  it("reads no format that no candidate takes", () => {
    const [first] = abalone().candidates;
    const candidates = [first, first].filter((each) => each !== undefined);
    const [read] = candidateTrainingStatements(abaloneContext({ candidates }));

    expect(read?.Resource).to.deep.equal(
      objects("output/*/libsvm/train/*", "output/*/libsvm/validation/*"),
    );
  });

  it("is the same by batch and with promotion", () => {
    const byBatch = abaloneContext({ evaluation: batch });

    expect(candidateTrainingStatements(byBatch)).to.deep.equal(plain);
    expect(candidateTrainingStatements(promotingContext())).to.deep.equal(plain);
  });

  it("uses the customer key for data and volumes", () => {
    const { added } = difference(
      plain,
      candidateTrainingStatements(abaloneContext({ kmsKeyArn: key })),
    );

    const { data, volumes } = keyStatements(key);
    expect(added).to.deep.equal([data, ...volumes]);
  });

  it("reaches the network's interfaces where there is one", () => {
    const network = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
    const context = { ...abaloneContext(), network };

    for (const statements of [candidateTrainingStatements, candidateServingStatements]) {
      const actions = statements(context).flatMap(({ Action }) => Action);
      expect(actions).to.include("ec2:CreateNetworkInterface");
    }
  });
});

describe("the role that candidates, and the winner, serve with", () => {
  const plain = candidateServingStatements(abaloneContext());
  const ownLogs = logsTo("/aws/sagemaker/Endpoints/c--dev-abalone--*");

  it("reads models, no rows, and logs as candidates' endpoints", () => {
    expect(plain).to.deep.equal([
      allows(["s3:GetObject"], objects("models/*")),
      listed(["models/*"]),
      ...images,
      ...ownLogs,
      metrics("Endpoints"),
    ]);
  });

  it("by batch reads rows without labels, writes predictions, and logs as transform jobs", () => {
    const byBatch = candidateServingStatements(abaloneContext({ evaluation: batch }));

    expect(byBatch).to.deep.equal([
      allows(["s3:GetObject"], objects("models/*")),
      allows(["s3:GetObject"], objects("output/*/libsvm/features/*", "output/*/csv/features/*")),
      allows(["s3:PutObject"], objects("output/*/*/transform/*")),
      listed(["models/*", "output/*"]),
      ...images,
      ...logsTo("/aws/sagemaker/TransformJobs"),
      metrics("TransformJobs"),
    ]);
  });

  it("logs as the endpoint in production where a winner is promoted", () => {
    const { added, removed } = difference(plain, candidateServingStatements(promotingContext()));

    expect(added).to.deep.equal(logsTo("/aws/sagemaker/Endpoints/abalone-dev"));
    expect(removed).to.deep.equal([]);
  });

  it("by batch with promotion logs and measures as both", () => {
    const context = promotingContext({ evaluation: batch });
    const { added } = difference(
      candidateServingStatements(abaloneContext({ evaluation: batch })),
      candidateServingStatements(context),
    );

    expect(added).to.deep.equal([
      ...logsTo("/aws/sagemaker/Endpoints/abalone-dev"),
      metrics("Endpoints"),
    ]);
  });

  it("uses the customer key for data and volumes", () => {
    const { added } = difference(
      plain,
      candidateServingStatements(abaloneContext({ kmsKeyArn: key })),
    );

    const { data, volumes } = keyStatements(key);
    expect(added).to.deep.equal([data, ...volumes]);
  });
});
