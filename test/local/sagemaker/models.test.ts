import {
  AddTagsCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  type CreateModelInput,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DeleteTagsCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  ListEndpointConfigsCommand,
  ListModelsCommand,
  ListTagsCommand,
} from "@aws-sdk/client-sagemaker";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { roleArn } from "../ministack-fixture.ts";
import { archiveOf, createConfig, createModel, uniqueName, variant } from "./requests.ts";
import { arnOf, bucket, fakeImage, SageMakerCloud } from "./sagemaker-cloud.ts";

describe("SageMaker models, endpoint configurations and tags", () => {
  let cloud: SageMakerCloud;
  const url = `s3://${bucket}/model.tar.gz`;

  before(async () => {
    cloud = await SageMakerCloud.start();
    await cloud.put("model.tar.gz", await archiveOf("model"));
  });

  after(() => cloud.stop());

  it("shows a model as it was created, also after a restart", async () => {
    const request = model({
      VpcConfig: { SecurityGroupIds: ["sg-1"], Subnets: ["subnet-1"] },
      EnableNetworkIsolation: true,
    });

    await cloud.sagemaker.send(new CreateModelCommand(request));
    await cloud.restart();
    const {
      $metadata: _,
      CreationTime: created,
      ...shown
    } = await cloud.sagemaker.send(new DescribeModelCommand({ ModelName: request.ModelName }));

    expect(shown).deep.equal({
      ...request,
      ModelArn: arnOf("model", request.ModelName as string),
    });
    expect(created).instanceOf(Date);
  });

  it("refuses models that could not serve", async () => {
    const image = { Image: fakeImage, ModelDataUrl: url };
    const messages = [];
    for (const changes of [
      { PrimaryContainer: { ...image, ModelDataUrl: `s3://${bucket}/none.tar.gz` } },
      { PrimaryContainer: { ...image, ModelDataUrl: `s3://${bucket}/model.json` } },
      { PrimaryContainer: { ...image, Image: "1.dkr.ecr.x.amazonaws.com/lda:1" } },
      { PrimaryContainer: { ...image, Mode: "MultiModel" as const } },
      { PrimaryContainer: { ...image, ModelPackageName: "mine" } },
      { PrimaryContainer: undefined, Containers: [image, image] },
      { PrimaryContainer: undefined },
    ]) {
      const { PrimaryContainer: container, ...rest } = { ...model(), ...changes };
      const request = container ? { ...rest, PrimaryContainer: container } : rest;
      messages.push(
        (await failureOf(cloud.sagemaker.send(new CreateModelCommand(request)))).message,
      );
    }

    expect(messages[0]).equal(`Could not find model data at s3://${bucket}/none.tar.gz.`);
    expect(messages[1]).include(".tar.gz suffix");
    expect(messages[2]).include("images with a local runner: fake-algorithm:1");
    expect(messages[3]).include("Mode MultiModel is not supported by the local cloud");
    expect(messages[4]).include("PrimaryContainer.ModelPackageName is not supported");
    expect(messages[5]).include("several Containers is not supported");
    expect(messages[6]).include("You must specify PrimaryContainer or Containers");
  });

  it("deletes a model once", async () => {
    const name = await createModel(cloud, "x");
    const remove = () => cloud.sagemaker.send(new DeleteModelCommand({ ModelName: name }));

    await remove();
    const error = await failureOf(remove());

    expect(error.name).equal("ValidationException");
    expect(error.message).equal(`Could not find model "${arnOf("model", name)}".`);
  });

  it("shows an endpoint configuration with the weights that AWS fills in", async () => {
    const { InitialVariantWeight: _, ...plain } = variant("A", await createModel(cloud, "x"));

    const name = await createConfig(cloud, "", { ProductionVariants: [plain] });
    const shown = await cloud.sagemaker.send(
      new DescribeEndpointConfigCommand({ EndpointConfigName: name }),
    );

    expect(shown.EndpointConfigArn).equal(arnOf("endpoint-config", name));
    expect(shown.ProductionVariants).deep.equal([{ ...plain, InitialVariantWeight: 1 }]);
  });

  it("refuses endpoint configurations that would serve otherwise than asked", async () => {
    const name = await createModel(cloud, "x");
    const plain = variant("A", name);
    const messages = [];
    for (const changes of [
      { ProductionVariants: [variant("A", "nobody")] },
      { ProductionVariants: [plain, plain] },
      {
        ProductionVariants: [
          {
            VariantName: "A",
            ModelName: name,
            ServerlessConfig: { MemorySizeInMB: 1024, MaxConcurrency: 1 },
          },
        ],
      },
      { ShadowProductionVariants: [plain] },
      { AsyncInferenceConfig: { OutputConfig: { S3OutputPath: "s3://a/b" } } },
    ]) {
      messages.push((await failureOf(createConfig(cloud, name, changes))).message);
    }

    expect(messages[0]).equal(`Could not find model "${arnOf("model", "nobody")}".`);
    expect(messages[1]).include("VariantName must be unique");
    expect(messages[2]).include("ProductionVariants[0].ServerlessConfig is not supported");
    expect(messages[3]).include("ShadowProductionVariants is not supported");
    expect(messages[4]).include("AsyncInferenceConfig is not supported");
  });

  it("words taken and missing configurations as AWS does", async () => {
    const name = await createConfig(cloud, await createModel(cloud, "x"));
    const arn = arnOf("endpoint-config", name);

    const taken = await failureOf(
      createConfig(cloud, await createModel(cloud, "y"), { EndpointConfigName: name }),
    );
    await cloud.sagemaker.send(new DeleteEndpointConfigCommand({ EndpointConfigName: name }));
    const missing = await failureOf(
      cloud.sagemaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName: name })),
    );

    expect(taken.message).equal(`Cannot create already existing endpoint configuration "${arn}".`);
    expect(missing.message).equal(`Could not find endpoint configuration "${arn}".`);
  });

  it("lists models and configurations by name, newest first", async () => {
    const models = [];
    for (const suffix of ["a", "b"]) {
      const request = model({ ModelName: `listed-${suffix}` });
      await cloud.sagemaker.send(new CreateModelCommand(request));
      await cloud.sagemaker.send(
        new CreateEndpointConfigCommand({
          EndpointConfigName: `listed-${suffix}`,
          ProductionVariants: [variant("A", request.ModelName as string)],
        }),
      );
      models.unshift(request.ModelName);
    }

    const listed = await cloud.sagemaker.send(new ListModelsCommand({ NameContains: "LISTED" }));
    const configs = await cloud.sagemaker.send(
      new ListEndpointConfigsCommand({ NameContains: "listed" }),
    );

    expect(listed.Models?.map((item) => item.ModelName)).deep.equal(models);
    expect(configs.EndpointConfigs?.map((item) => item.EndpointConfigName)).deep.equal(models);
  });

  it("keeps tags of a resource until they or it are deleted", async () => {
    const request = model({ Tags: [{ Key: "team", Value: "a" }] });
    const arn = arnOf("model", request.ModelName as string);
    await cloud.sagemaker.send(new CreateModelCommand(request));

    await cloud.sagemaker.send(
      new AddTagsCommand({
        ResourceArn: arn,
        Tags: [
          { Key: "team", Value: "b" },
          { Key: "stage", Value: "dev" },
        ],
      }),
    );
    const both = await tagsOf(arn);
    await cloud.sagemaker.send(new DeleteTagsCommand({ ResourceArn: arn, TagKeys: ["team"] }));
    const one = await tagsOf(arn);
    await cloud.sagemaker.send(new DeleteModelCommand({ ModelName: request.ModelName }));

    expect(both).deep.equal([
      { Key: "team", Value: "b" },
      { Key: "stage", Value: "dev" },
    ]);
    expect(one).deep.equal([{ Key: "stage", Value: "dev" }]);
    expect((await failureOf(tagsOf(arn))).name).equal("ValidationException");
  });

  function model(changes: Partial<CreateModelInput> = {}): CreateModelInput {
    return {
      ModelName: uniqueName("created"),
      ExecutionRoleArn: roleArn,
      PrimaryContainer: { Image: fakeImage, ModelDataUrl: url },
      ...changes,
    };
  }

  async function tagsOf(arn: string) {
    return (await cloud.sagemaker.send(new ListTagsCommand({ ResourceArn: arn }))).Tags;
  }
});
