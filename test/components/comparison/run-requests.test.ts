import { expect } from "chai";
import type { KnownComparisonContext } from "../../../components/comparison-context.ts";
import { loadServiceModel, validateInput } from "../../../local/cloud/service-model.ts";
import { interpreter } from "../../../local/setup/python-environments.mjs";
import type { CandidateConfig } from "../../../stacks/comparison-config.ts";
import { abalone, abaloneContext } from "../../support/comparison.ts";
import { candidateNameOf, compareIn, promotingContext } from "../../support/comparison-run.ts";
import { TaskError } from "../../support/execution.ts";
import { runInput } from "../../support/run-tasks.ts";

const { bucket } = abaloneContext();
const { title } = runInput;
const kmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555";
const evaluation = { ...abalone().evaluation, by: "batch" as const };
const tagged = { Tags: [{ Key: "retraining:comparison", Value: "dev-abalone" }] };
const lambda = (name: string) =>
  `arn:aws:lambda:eu-west-1:123456789012:function:dev-abalone-${name}`;
const role = (name: string) => `arn:aws:iam::123456789012:role/dev-abalone-${name}`;

/** What each task was called with for a candidate. */
async function requestsFor(number: "c01" | "c02", context = promotingContext()) {
  const { calls } = await compareIn({}, context);
  const index = Number(number.slice(1)) - 1;
  return (state: string) => calls[state]?.[index];
}

describe("requests of a comparison's run", () => {
  it("split all rows in every format at once", async () => {
    const request = await requestsFor("c01");

    expect(request("Gather Inputs")).to.deep.equal({
      FunctionName: lambda("gather-inputs"),
      Payload: { run: runInput, split: { percent: "70,15,15", seed: "1" } },
    });
    expect(request("Run ETL")).to.deep.equal({
      JobName: "dev-abalone-etl",
      Arguments: {
        "--S3_INPUT_FILE": `s3://bucket/runs/${title}/inputs/`,
        "--S3_OUTPUT_KEY": `s3://${bucket}/output/${title}/`,
        "--S3_REPORT_KEY": `s3://${bucket}/output/${title}/etl.json`,
        "--SPLIT": "70,15,15",
        "--SEED": "1",
      },
    });
  });

  for (const [number, key, format, hyperparameters] of [
    ["c01", "xgboost", "libsvm", abalone().candidates[0]?.training.hyperparameters],
    ["c02", "linear-learner", "csv", { predictor_type: "regressor", mini_batch_size: "100" }],
  ] as const) {
    const name = candidateNameOf(number);

    it(`train ${key} on rows to train and to validate, never to test`, async () => {
      const request = await requestsFor(number);

      const channel = (split: string) => ({
        ChannelName: split,
        ContentType: `text/${format}`,
        DataSource: {
          S3DataSource: {
            S3DataType: "S3Prefix",
            S3Uri: `s3://${bucket}/output/${title}/${format}/${split}/`,
            S3DataDistributionType: "FullyReplicated",
          },
        },
      });
      expect(request("Train Model")).to.deep.equal({
        TrainingJobName: `${name}-a1`,
        AlgorithmSpecification: { TrainingImage: `image-of-${key}`, TrainingInputMode: "File" },
        RoleArn: role("training"),
        InputDataConfig: [channel("train"), channel("validation")],
        OutputDataConfig: { S3OutputPath: `s3://${bucket}/models/${title}/${number}/` },
        ResourceConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1, VolumeSizeInGB: 30 },
        StoppingCondition: { MaxRuntimeInSeconds: 3600 },
        HyperParameters: hyperparameters,
        EnableNetworkIsolation: true,
        EnableInterContainerTrafficEncryption: false,
        EnableManagedSpotTraining: false,
      });
    });

    it(`serve ${key} by an endpoint of its own, ask that, and remove it`, async () => {
      const request = await requestsFor(number);

      expect(request("Create Model")).to.deep.equal({
        ModelName: name,
        PrimaryContainer: {
          Image: `image-of-${key}`,
          ModelDataUrl: `s3://bucket/models/${name}-a1/model.tar.gz`,
        },
        ExecutionRoleArn: role("serving"),
        EnableNetworkIsolation: true,
        ...tagged,
      });
      expect(request("Create Endpoint Config")).to.deep.equal({
        EndpointConfigName: name,
        ProductionVariants: [
          {
            VariantName: "AllTraffic",
            ModelName: name,
            InstanceType: "ml.m5.large",
            InitialInstanceCount: 1,
            InitialVariantWeight: 1,
          },
        ],
        ...tagged,
      });
      expect(request("Create Endpoint")).to.deep.equal({
        EndpointName: name,
        EndpointConfigName: name,
        ...tagged,
      });
      expect(request("Describe Endpoint")).to.deep.equal({ EndpointName: name });
      expect(request("Predict")).to.deep.equal({
        FunctionName: lambda("predict-candidate"),
        Payload: {
          title,
          candidate: {
            number,
            format,
            requestContentType: `text/${format}`,
            answer: { kind: "value", format: format === "csv" ? "linear-learner json" : "csv" },
          },
          samples: "all",
          seed: 1,
          source: { endpointName: name },
        },
      });
      expect(request("Remove Candidate")).to.deep.equal({
        FunctionName: lambda("remove-candidates"),
        Payload: { title, numbers: [number] },
      });
    });

    it(`ask ${key} by batch transform about rows without labels`, async () => {
      const request = await requestsFor(number, abaloneContext({ evaluation, kmsKeyArn }));

      expect(request("Transform")).to.deep.equal({
        TransformJobName: `${name}-a1`,
        ModelName: name,
        BatchStrategy: "MultiRecord",
        MaxPayloadInMB: 1,
        TransformInput: {
          ContentType: `text/${format}`,
          SplitType: "Line",
          DataSource: {
            S3DataSource: {
              S3DataType: "S3Prefix",
              S3Uri: `s3://${bucket}/output/${title}/${format}/features/`,
            },
          },
        },
        TransformOutput: {
          S3OutputPath: `s3://${bucket}/output/${title}/${number}/transform/`,
          AssembleWith: "Line",
          Accept: format === "csv" ? "application/jsonlines" : "text/csv",
          KmsKeyId: kmsKeyArn,
        },
        TransformResources: {
          InstanceType: "ml.m5.large",
          InstanceCount: 1,
          VolumeKmsKeyId: kmsKeyArn,
        },
        ...tagged,
      });
      expect(request("Predict")).to.have.deep.nested.property("Payload.source", {
        transform: true,
      });
    });
  }

  it("name the customer key for everything that is encrypted, and the network", async () => {
    const network = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
    const request = await requestsFor("c02", { ...promotingContext({ kmsKeyArn }), network });

    const inNetwork = { VpcConfig: { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] } };
    expect(request("Train Model")).to.deep.include(inNetwork);
    expect(request("Train Model")).to.nested.include({
      "OutputDataConfig.KmsKeyId": kmsKeyArn,
      "ResourceConfig.VolumeKmsKeyId": kmsKeyArn,
    });
    expect(request("Create Model")).to.deep.include(inNetwork);
    expect(request("Create Endpoint Config")).to.include({ KmsKeyId: kmsKeyArn });
  });

  it("name no key for endpoints on instances that encrypt their own disks, which SageMaker refuses", async () => {
    const [first, second] = abalone().candidates as [CandidateConfig, CandidateConfig];
    const onDisks = (each: CandidateConfig) => ({
      ...each,
      endpoint: { ...each.endpoint, instanceType: "ml.m5d.large" },
    });
    const mixed = promotingContext({ kmsKeyArn, candidates: [first, onDisks(second)] });
    const all = promotingContext({ kmsKeyArn, candidates: [first, second].map(onDisks) });

    const { calls } = await compareIn({ "Create Endpoint Config Without Key": () => ({}) }, mixed);
    const { calls: others } = await compareIn({}, all);

    const key = { KmsKeyId: kmsKeyArn };
    expect(calls["Create Endpoint Config"]).to.have.length(1);
    expect(calls["Create Endpoint Config"]?.[0]).to.deep.include({
      ...key,
      EndpointConfigName: candidateNameOf("c01"),
    });
    expect(calls["Create Endpoint Config Without Key"]).to.have.length(1);
    const [keyless] = calls["Create Endpoint Config Without Key"] as object[];
    expect(keyless).to.deep.include({ EndpointConfigName: candidateNameOf("c02") });
    expect(keyless).not.to.have.property("KmsKeyId");
    expect(others["Create Endpoint Config"]?.[0]).not.to.have.property("KmsKeyId");
  });

  it("name a transform job anew after a lost answer, which may have created it", async () => {
    const name = candidateNameOf("c01");
    let lost = 0;
    const { calls } = await compareIn(
      {
        Transform: (args) => {
          if (JSON.stringify(args).includes(`${name}-a`) && lost++ === 0)
            throw new TaskError("SageMaker.SdkClientException", "the connection was closed");
          return {};
        },
      },
      abaloneContext({ evaluation }),
    );

    const names = calls["Transform"]?.map((each) => (each as NamedJob).TransformJobName);
    expect(names).to.include.members([`${name}-a1`, `${name}-a2`, `${candidateNameOf("c02")}-a1`]);
  });

  it("encrypt between several instances, and train on spot capacity where config says so", async () => {
    const candidates = abalone().candidates.map((each) => ({
      ...each,
      training: { ...each.training, instanceCount: 2, spot: { maxWaitMinutes: 60 } },
    }));
    const request = await requestsFor("c01", abaloneContext({ candidates }));

    expect(request("Train Model")).to.deep.include({
      EnableInterContainerTrafficEncryption: true,
      EnableManagedSpotTraining: true,
      StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 3600 },
    });
  });

  const variants: Record<string, KnownComparisonContext> = {
    "by endpoint, with promotion, under a key": promotingContext({ kmsKeyArn }),
    "by batch, under a key": abaloneContext({ evaluation, kmsKeyArn }),
  };
  for (const [variant, context] of Object.entries(variants)) {
    it(`fit AWS's own model of SageMaker ${variant}`, async () => {
      const model = loadServiceModel("sagemaker", await interpreter("cloud"));
      const { calls } = await compareIn({}, context);

      const checked = Object.entries(calls).flatMap(([state, requests]) => {
        const operation = operations[state.replace(" In Production", "")];
        if (operation === undefined) return [];
        for (const request of requests) {
          expect(validateInput(model, operation, request), state).to.deep.equal([]);
        }
        return requests;
      });
      expect(checked).to.have.length.above(5);
    });
  }
});

interface NamedJob {
  TransformJobName: string;
}

const operations: Record<string, string> = {
  "Train Model": "CreateTrainingJob",
  "Create Model": "CreateModel",
  "Create Endpoint Config": "CreateEndpointConfig",
  "Create Endpoint": "CreateEndpoint",
  "Describe Endpoint": "DescribeEndpoint",
  Transform: "CreateTransformJob",
};
