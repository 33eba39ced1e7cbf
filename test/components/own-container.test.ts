import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { BuiltinAlgorithmPipeline } from "../../components/builtin-algorithm-pipeline.ts";
import { folderFiles, hashFolder } from "../../components/folder-files.ts";
import { trainingStatements } from "../../components/model-roles.ts";
import { contentTag, OwnContainer, pushDockerManifest } from "../../components/own-container.ts";
import { pipelineContext } from "../../components/pipeline-context.ts";
import { record } from "../support/mocks.ts";
import { churn, place, region } from "../support/pipeline.ts";

const folder = "containers/sklearn-regressor";
const args = {
  repositoryName: "dev-prices-container",
  folder,
  tagPrefix: "prices",
  forceDestroy: false,
  kmsKeyArn: undefined,
};
const own = (changes: object = {}) =>
  record(() => {
    new OwnContainer("prices-container", { ...args, ...changes });
  });

describe("OwnContainer", () => {
  it("makes a repository of scanned images whose tags never change and never expire", async () => {
    const { resources } = await own();

    const repository = resources.find(({ type }) => type === "awsx:ecr:Repository");
    expect(repository?.inputs).to.deep.equal({
      name: "dev-prices-container",
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "AES256" }],
      forceDelete: false,
      lifecyclePolicy: {
        rules: [
          {
            description: "images that no tag names",
            tagStatus: "untagged",
            maximumAgeLimit: 7,
          },
        ],
      },
    });
  });

  it("builds for SageMaker's instances, from a path that is the same on every machine", async () => {
    const { resources } = await own();

    const image = resources.find(({ type }) => type === "awsx:ecr:Image");
    expect(image?.inputs).to.deep.equal({
      repositoryUrl: `123456789012.dkr.ecr.${region}.amazonaws.com/dev-prices-container`,
      imageTag: contentTag(args),
      context: `./${folder}`,
      platform: "linux/amd64",
    });
    expect(contentTag(args)).to.match(/^prices-[0-9a-f]{16}$/);
  });

  it("encrypts with the pipeline's key, and goes with what is in it where config says so", async () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/0123";
    const { resources } = await own({ kmsKeyArn, forceDestroy: true });

    expect(resources[0]?.inputs).to.deep.include({
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: kmsKeyArn }],
      forceDelete: true,
    });
  });

  it("pushes manifests of Docker's media types, and changes nothing else", async () => {
    const image = { type: "docker-build:index:Image", name: "t", custom: true, opts: {} };
    const pushed = await pushDockerManifest({ ...image, props: { tags: ["a"], push: true } });
    const other = await pushDockerManifest({ ...image, type: "aws:ecr/x:X", props: {} });

    expect(pushed?.props).to.deep.equal({
      tags: ["a"],
      exports: [{ raw: "type=registry,oci-mediatypes=false" }],
    });
    expect(other).to.equal(undefined);
  });
});

describe("a pipeline with a container of its own", () => {
  const config = churn({
    algorithm: { container: folder },
    training: {
      ...churn().training,
      metricDefinitions: [{ name: "validation:rmse", regex: "validation:rmse=([0-9.e+-]+)" }],
    },
  });

  it("trains and serves with the image that it builds", async () => {
    const { find } = await record(() => {
      new BuiltinAlgorithmPipeline("churn", { stack: "dev", config, place, image: undefined });
    });

    const { States } = JSON.parse(find("churn-retraining").inputs["definition"]);
    const uri = `123456789012.dkr.ecr.${region}.amazonaws.com/dev-churn-container@sha256:${"0123456789abcdef".repeat(4)}`;
    expect(States["Train Model"].Arguments.AlgorithmSpecification).to.deep.equal({
      TrainingImage: uri,
      TrainingInputMode: "File",
      MetricDefinitions: [{ Name: "validation:rmse", Regex: "validation:rmse=([0-9.e+-]+)" }],
    });
    expect(States["Create Model"].Arguments.PrimaryContainer.Image).to.equal(uri);
  });

  it("lets its roles pull from its repository alone, which is known before it is there", () => {
    const context = pipelineContext("dev", config, place, "any");

    const pull = trainingStatements(context).find(({ Action }) =>
      Action.includes("ecr:BatchGetImage"),
    );
    expect(pull?.Resource).to.deep.equal([
      `arn:aws:ecr:${region}:123456789012:repository/dev-churn-container`,
    ]);
  });
});

describe("hashFolder", () => {
  const fixture = fileURLToPath(new URL("../fixtures/own-container", import.meta.url));
  let copy: string;

  beforeEach(async () => {
    copy = await mkdtemp(join(tmpdir(), "folder-"));
    await cp(fixture, copy, { recursive: true });
  });

  afterEach(() => rm(copy, { recursive: true }));

  it("is the same for the same content, wherever it is", () => {
    expect(hashFolder(copy)).to.equal(hashFolder(fixture));
  });

  it("changes with content, names and permissions", async () => {
    const hashes = [hashFolder(copy)];
    await writeFile(join(copy, "serve"), "#!/bin/sh\n");
    hashes.push(hashFolder(copy));
    await chmod(join(copy, "serve"), 0o700);
    hashes.push(hashFolder(copy));
    await mkdir(join(copy, "more"));
    await writeFile(join(copy, "more/serve"), "");
    hashes.push(hashFolder(copy));

    expect(new Set(hashes).size).to.equal(4);
  });

  it("leaves out what tools leave behind", async () => {
    const before = hashFolder(copy);
    await mkdir(join(copy, "__pycache__"));
    await writeFile(join(copy, "__pycache__/train.pyc"), "x");

    expect(hashFolder(copy)).to.equal(before);
    expect(folderFiles(copy)).to.deep.equal(["Dockerfile", "requirements.txt", "serve", "train"]);
  });
});
