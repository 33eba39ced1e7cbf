import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect } from "chai";
import { type LocalCloud, startLocalCloud } from "../../../local/local-cloud.ts";
import { removeFolder } from "../../../local/processes/remove-folder.ts";
import { eventually } from "../../support/eventually.ts";
import { createExecutionRole, putStatements } from "../../support/execution-role.ts";

const region = "us-east-2";
const bucket = "jobs";
const image = `257758044811.dkr.ecr.${region}.amazonaws.com/sagemaker-xgboost:3.0-5`;
const sagemaker = `arn:aws:sagemaker:${region}:000000000000`;
const rules = `arn:aws:events:${region}:000000000000:rule/StepFunctionsGetEventsForSageMaker`;

describe("a state machine that tunes and transforms", () => {
  let folder: string;
  let cloud: LocalCloud;
  let iam: IAMClient;
  let s3: S3Client;
  let sfn: SFNClient;
  let machine: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "step-functions-"));
    cloud = await startLocalCloud({ stateDir: folder, region });
    const client = { region, endpoint: cloud.url, credentials: cloud.credentials };
    iam = new IAMClient(client);
    s3 = new S3Client({ ...client, forcePathStyle: true });
    sfn = new SFNClient(client);
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    for (const [key, count, seed] of [
      ["train/part-0.csv", 300, 1],
      ["validation/part-0.csv", 100, 2],
      ["test/part-0.csv", 50, 3],
    ] as const) {
      const Body = rows(count, seed);
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body }));
    }
    const jobRole = await createExecutionRole(client, "jobs");
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName: "machine",
        AssumeRolePolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "states.amazonaws.com" },
              Action: "sts:AssumeRole",
            },
          ],
        }),
      }),
    );
    await putStatements(iam, "machine", [...allowedToTune(jobRole), ...allowedToTransform]);
    const { stateMachineArn } = await sfn.send(
      new CreateStateMachineCommand({
        name: "tune-and-transform",
        roleArn: Role?.Arn,
        definition: JSON.stringify(definition(jobRole)),
      }),
    );
    machine = stateMachineArn as string;
  });

  after(async () => {
    for (const client of [iam, s3, sfn]) client?.destroy();
    await cloud?.stop();
    await removeFolder(folder);
  });

  async function run(name: string) {
    const { executionArn } = await sfn.send(
      new StartExecutionCommand({ stateMachineArn: machine, input: JSON.stringify({ name }) }),
    );
    return eventually(async () => {
      const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      return execution.status === "RUNNING" ? undefined : execution;
    });
  }

  it("goes on with the best of real trainings, and has its answers to the test rows", async () => {
    const { status, output, error, cause } = await run("first");

    expect([status, error, cause]).deep.equal(["SUCCEEDED", undefined, undefined]);
    const { tuning, transform } = JSON.parse(output as string);
    const best = tuning.BestTrainingJob;
    expect(tuning.TrainingJobStatusCounters.Completed).equal(4);
    expect(best.TrainingJobName).match(/^first-00[1-4]-[0-9a-f]{8}$/);
    expect(best.FinalHyperParameterTuningJobObjectiveMetric).include({
      Type: "Minimize",
      MetricName: "validation:rmse",
    });
    expect(best.CreationTime).within(Date.now() - 100_000, Date.now()); // Milliseconds.
    expect(transform).include({ TransformJobStatus: "Completed", ModelName: "first" });

    const answers = await s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: "predictions/first/part-0.csv.out" }),
    );
    const predicted = ((await answers.Body?.transformToString()) ?? "").trim().split("\n");
    const labels = rows(50, 3)
      .trim()
      .split("\n")
      .map((row) => Number(row.split(",")[0]));
    expect(predicted).length(50);
    const squares = labels.map((label, i) => (label - Number(predicted[i])) ** 2);
    const rmse = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / 50);
    expect(rmse).lessThan(2 * best.FinalHyperParameterTuningJobObjectiveMetric.Value);
  });
});

function definition(roleArn: string): object {
  const channel = (name: string) => ({
    ChannelName: name,
    ContentType: "text/csv",
    DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: `s3://${bucket}/${name}/` } },
  });
  return {
    QueryLanguage: "JSONata",
    StartAt: "Tune",
    States: {
      Tune: {
        Type: "Task",
        Resource: "arn:aws:states:::sagemaker:createHyperParameterTuningJob.sync",
        Arguments: {
          HyperParameterTuningJobName: "{% $states.input.name %}",
          HyperParameterTuningJobConfig: {
            Strategy: "Bayesian",
            HyperParameterTuningJobObjective: { Type: "Minimize", MetricName: "validation:rmse" },
            ResourceLimits: { MaxNumberOfTrainingJobs: 4, MaxParallelTrainingJobs: 2 },
            ParameterRanges: {
              ContinuousParameterRanges: [{ Name: "eta", MinValue: "0.1", MaxValue: "0.5" }],
              IntegerParameterRanges: [{ Name: "max_depth", MinValue: "2", MaxValue: "6" }],
            },
          },
          TrainingJobDefinition: {
            StaticHyperParameters: { objective: "reg:squarederror", num_round: "20" },
            AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" },
            RoleArn: roleArn,
            InputDataConfig: [channel("train"), channel("validation")],
            OutputDataConfig: { S3OutputPath: `s3://${bucket}/models` },
            ResourceConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 5 },
            StoppingCondition: { MaxRuntimeInSeconds: 600 },
          },
          Tags: [{ Key: "run", Value: "{% $states.input.name %}" }],
        },
        Assign: { name: "{% $states.input.name %}", tuning: "{% $states.result %}" },
        Next: "Create Model",
      },
      "Create Model": {
        Type: "Task",
        Resource: "arn:aws:states:::sagemaker:createModel",
        Arguments: {
          ModelName: "{% $name %}",
          ExecutionRoleArn: roleArn,
          PrimaryContainer: {
            Image: image,
            ModelDataUrl: `{% 's3://${bucket}/models/' & $tuning.BestTrainingJob.TrainingJobName & '/output/model.tar.gz' %}`,
          },
        },
        Next: "Transform",
      },
      Transform: {
        Type: "Task",
        Resource: "arn:aws:states:::sagemaker:createTransformJob.sync",
        Arguments: {
          TransformJobName: "{% $name %}",
          ModelName: "{% $name %}",
          TransformInput: {
            DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: `s3://${bucket}/test/` } },
            ContentType: "text/csv",
            SplitType: "Line",
          },
          DataProcessing: { InputFilter: "$[1:]" },
          TransformOutput: {
            S3OutputPath: `{% 's3://${bucket}/predictions/' & $name %}`,
            AssembleWith: "Line",
          },
          TransformResources: { InstanceType: "ml.m5.large", InstanceCount: 1 },
        },
        Output: { tuning: "{% $tuning %}", transform: "{% $states.result %}" },
        End: true,
      },
    },
  };
}

function allowedToTune(roleArn: string): object[] {
  return [
    {
      Effect: "Allow",
      Action: ["Create", "Describe", "Stop"].map(
        (verb) => `sagemaker:${verb}HyperParameterTuningJob`,
      ),
      Resource: `${sagemaker}:hyper-parameter-tuning-job/*`,
    },
    // .sync adds a tag of its own.
    {
      Effect: "Allow",
      Action: "sagemaker:AddTags",
      Resource: `${sagemaker}:hyper-parameter-tuning-job/*`,
    },
    { Effect: "Allow", Action: "sagemaker:CreateModel", Resource: `${sagemaker}:model/*` },
    { Effect: "Allow", Action: "iam:PassRole", Resource: roleArn },
    {
      Effect: "Allow",
      Action: ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
      Resource: [`${rules}TuningJobsRule`, `${rules}TransformJobsRule`],
    },
  ];
}

const allowedToTransform: object[] = [
  {
    Effect: "Allow",
    Action: [
      ...["Create", "Describe", "Stop"].map((verb) => `sagemaker:${verb}TransformJob`),
      "sagemaker:AddTags",
    ],
    Resource: `${sagemaker}:transform-job/*`,
  },
];

/** Rows `label,x,y` with label 10x + y; the same for the same seed. */
function rows(count: number, seed: number): string {
  let state = seed;
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return Array.from({ length: count }, () => {
    const [x, y] = [next(), next()];
    return `${10 * x + y},${x},${y}\n`;
  }).join("");
}
