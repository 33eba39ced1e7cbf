import { GetObjectCommand } from "@aws-sdk/client-s3";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  CreateTrainingJobCommand,
  CreateTransformJobCommand,
  DescribeTransformJobCommand,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import { eventually } from "../../support/eventually.ts";
import { failureOf } from "../../support/failure-of.ts";
import { region, roleArn } from "../ministack-fixture.ts";
import { channel, trainingJob, variant } from "./requests.ts";
import { bucket, SageMakerCloud } from "./sagemaker-cloud.ts";

const image = `257758044811.dkr.ecr.${region}.amazonaws.com/sagemaker-xgboost:3.0-5`;

describe("SageMaker with the XGBoost container's stand-in", () => {
  let cloud: SageMakerCloud;

  before(async () => {
    cloud = await SageMakerCloud.start("builtin");
    await cloud.put("xgboost/train/part-0.csv", rows(400, 1));
    await cloud.put("xgboost/validation/part-0.csv", rows(100, 2));
  });

  after(() => cloud.stop());

  it("trains a model that an endpoint then serves", async () => {
    await train("churn", { objective: "binary:logistic", num_round: "10", eval_metric: "error" });
    const job = await cloud.ended("churn");

    expect(job.FailureReason).equal(undefined);
    expect(job.FinalMetricDataList?.map((metric) => metric.MetricName)).deep.equal([
      "train:error",
      "validation:error",
    ]);
    expect(job.FinalMetricDataList?.[1]?.Value).lessThan(0.1);

    await deploy("churn", job.ModelArtifacts?.S3ModelArtifacts as string);
    const { EndpointStatus: status, FailureReason: reason } = await cloud.settled("churn");
    expect(reason).equal(undefined);
    expect(status).equal("InService");

    const csv = await ask("0.9,0.5\n0.1,0.5\n", "text/csv");
    const scores = csv.body.trim().split("\n").map(Number);
    expect(scores[0]).greaterThan(0.5);
    expect(scores[1]).lessThan(0.5);
    expect(csv.contentType).equal("text/csv; charset=utf-8");
    const json = JSON.parse((await ask("0.9,0.5", "application/json")).body);
    expect(json).deep.equal({ predictions: [{ score: scores[0] }] });
    const error = await failureOf(ask("no,numbers", "text/csv"));
    expect(error).include({ name: "ModelError", OriginalStatusCode: 415 });
    expect(error["OriginalMessage"]).include("could not convert string to float");
  });

  it("transforms rows with their labels as the endpoint answers rows without", async () => {
    await cloud.put("xgboost/batch/part-0.csv", "1,0.9,0.5\n0,0.1,0.5\n");
    await cloud.sagemaker.send(
      new CreateTransformJobCommand({
        TransformJobName: "churn",
        ModelName: "churn",
        TransformInput: {
          DataSource: {
            S3DataSource: { S3DataType: "S3Prefix", S3Uri: `s3://${bucket}/xgboost/batch/` },
          },
          ContentType: "text/csv",
          SplitType: "Line",
        },
        TransformOutput: { S3OutputPath: `s3://${bucket}/scores`, AssembleWith: "Line" },
        TransformResources: { InstanceType: "ml.m5.large", InstanceCount: 1 },
        DataProcessing: { InputFilter: "$[1:]" },
      }),
    );
    const job = await eventually(async () => {
      const found = await cloud.sagemaker.send(
        new DescribeTransformJobCommand({ TransformJobName: "churn" }),
      );
      return found.TransformJobStatus === "InProgress" ? undefined : found;
    });

    expect(job.FailureReason).equal(undefined);
    const object = await cloud.context.s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: "scores/part-0.csv.out" }),
    );
    const text = (await object.Body?.transformToString()) ?? "";
    const endpoint = (await ask("0.9,0.5\n0.1,0.5\n", "text/csv")).body;
    expect(text).match(/^\S+\n\S+\n$/);
    expect(text.split("\n").map(Number)).deep.equal(endpoint.split("\n").map(Number));
    expect((await cloud.logged("/aws/sagemaker/TransformJobs", "churn/")).join("\n")).match(
      /MaxConcurrentTransforms=\d+, MaxPayloadInMB=6, BatchStrategy=MULTI_RECORD/,
    );
  });

  it("fails with the container's words for a wrong hyperparameter", async () => {
    await train("wrong", { num_round: "10", max_depth: "-1" });

    const job = await cloud.ended("wrong");

    expect(job.TrainingJobStatus).equal("Failed");
    expect(job.FailureReason).match(/^AlgorithmError: framework error: .*, exit code: 1$/s);
    const log = (await cloud.logged("/aws/sagemaker/TrainingJobs", "wrong/")).join("\n");
    expect(log).include("Hyperparameter max_depth: -1 is not in [0, +inf)");
  });

  it("uses workers that were started ahead", async () => {
    await cloud.service.warmUp(image);

    await train("warm", { objective: "binary:logistic", num_round: "5" });

    const job = await cloud.ended("warm");
    expect(job.TrainingJobStatus).equal("Completed");
    expect(job.FinalMetricDataList?.map((metric) => metric.MetricName)).deep.equal([
      "train:logloss",
      "validation:logloss",
    ]);
  });

  const train = (name: string, hyperparameters: Record<string, string>) =>
    cloud.sagemaker.send(
      new CreateTrainingJobCommand(
        trainingJob({
          TrainingJobName: name,
          AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" },
          HyperParameters: hyperparameters,
          InputDataConfig: [
            channel("train", "xgboost/train/"),
            channel("validation", "xgboost/validation/"),
          ],
        }),
      ),
    );

  async function deploy(name: string, artefact: string): Promise<void> {
    await cloud.sagemaker.send(
      new CreateModelCommand({
        ModelName: name,
        ExecutionRoleArn: roleArn,
        PrimaryContainer: { Image: image, ModelDataUrl: artefact },
      }),
    );
    await cloud.sagemaker.send(
      new CreateEndpointConfigCommand({
        EndpointConfigName: name,
        ProductionVariants: [variant("AllTraffic", name)],
      }),
    );
    await cloud.sagemaker.send(
      new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }),
    );
  }

  async function ask(body: string, accept: string) {
    const answer = await cloud.runtime.send(
      new InvokeEndpointCommand({
        EndpointName: "churn",
        ContentType: "text/csv",
        Accept: accept,
        Body: Buffer.from(body),
      }),
    );
    return { body: Buffer.from(answer.Body ?? []).toString(), contentType: answer.ContentType };
  }
});

/** Rows `label,x,y` of which x alone decides; the same for the same seed. */
function rows(count: number, seed: number): string {
  let state = seed;
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return Array.from({ length: count }, () => {
    const [x, y] = [next(), next()];
    return `${x > 0.5 ? 1 : 0},${x},${y}\n`;
  }).join("");
}
