import { existsSync } from "node:fs";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DescribeImagesCommand, GetLifecyclePolicyCommand } from "@aws-sdk/client-ecr";
import * as awsx from "@pulumi/awsx";
import { expect } from "chai";
import { ImageStore } from "../../../local/images/image-store.ts";
import { nothing, useTestStack } from "../provider/test-stack.ts";

const fixture = fileURLToPath(new URL("../../fixtures/own-container", import.meta.url));

/** A repository and an image of `folder` in it, as the program makes them. */
function ownImage(folder: string, imageTag: string) {
  const repository = new awsx.ecr.Repository("own", {
    name: "shop-own",
    imageTagMutability: "IMMUTABLE",
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfigurations: [{ encryptionType: "AES256" }],
    forceDelete: true,
    lifecyclePolicy: {
      rules: [{ tagStatus: "untagged", maximumAgeLimit: 7, description: "mistakes" }],
    },
  });
  const image = new awsx.ecr.Image("own", {
    repositoryUrl: repository.url,
    imageTag,
    context: folder,
    platform: "linux/amd64",
  });
  return { url: repository.url, uri: image.imageUri };
}

describe("components of awsx in the local cloud", () => {
  const stack = useTestStack();
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "own-container-"));
    await cp(fixture, folder, { recursive: true });
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("builds an image from a folder and keeps it under its digest", async () => {
    const { outputs, summary } = await stack.run(() => ownImage(folder, "v1"));

    expect(summary.created).to.deep.equal(["own", "own", "v1"]);
    const url = "000000000000.dkr.ecr.us-east-2.amazonaws.com/shop-own";
    expect(outputs["url"]).to.equal(url);
    const uri = String(outputs["uri"]);
    expect(uri).to.match(new RegExp(`^${url}@sha256:[0-9a-f]{64}$`));
    const { ecr } = stack.cloud.clients;
    const { imageDetails } = await ecr.send(
      new DescribeImagesCommand({ repositoryName: "shop-own" }),
    );
    expect(
      imageDetails?.map(({ imageTags, imageDigest }) => [imageTags, imageDigest]),
    ).to.deep.equal([[["v1"], uri.split("@")[1]]]);
    const { lifecyclePolicyText } = await ecr.send(
      new GetLifecyclePolicyCommand({ repositoryName: "shop-own" }),
    );
    expect(JSON.parse(String(lifecyclePolicyText)).rules).to.deep.equal([
      {
        rulePriority: 1,
        description: "mistakes",
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countNumber: 7,
          countUnit: "days",
        },
        action: { type: "expire" },
      },
    ]);
    const kept = new ImageStore(stack.cloud.folder).find(String(uri.split("@")[1]));
    expect(existsSync(join(String(kept), "train"))).to.equal(true);
  });

  it("changes nothing the second time, and keeps the old image when the folder changes", async () => {
    const first = await stack.run(() => ownImage(folder, "v1"));
    const again = await stack.run(() => ownImage(folder, "v1"));
    await writeFile(join(folder, "train"), "#!/bin/sh\n");
    const changed = await stack.run(() => ownImage(folder, "v2"));

    expect(again.summary).to.deep.equal({ ...nothing, unchanged: ["own", "own", "v1"] });
    expect(changed.summary.created).to.deep.equal(["v2"]);
    expect(changed.summary.deleted).to.deep.equal(["v1"]);
    expect(changed.outputs["uri"]).to.not.equal(first.outputs["uri"]);
    const store = new ImageStore(stack.cloud.folder);
    const [, digest] = String(first.outputs["uri"]).split("@");
    expect(store.find(String(digest)), "the image that a model may need").to.be.a("string");
  });

  it("fails with what pip said when the requirements cannot be installed", async () => {
    await writeFile(join(folder, "requirements.txt"), "./no-such-package\n");

    const error = await stack.failureOf(() => ownImage(folder, "v1"));

    expect(error.message).to.contain('cannot create docker-build:index:Image "v1"');
    expect(error.message).to.contain("container shop-own");
    expect(error.message).to.contain("no-such-package");
  });

  it("refuses other components, and inputs that it would leave out, by name", async () => {
    const trail = await stack.failureOf(() => {
      new awsx.cloudtrail.Trail("audit", {});
    });
    const target = await stack.failureOf(() => {
      new awsx.ecr.Image("own", { repositoryUrl: "x/y", target: "runtime" });
    });

    expect(trail.message).to.equal(
      'cannot construct awsx:cloudtrail:Trail "audit": the local provider does not support the component awsx:cloudtrail:Trail. ' +
        "It knows awsx:ecr:Repository, awsx:ecr:Image, awsx:ec2:Vpc",
    );
    expect(target.message).to.contain("does not support target");
  });

  it("gives a network ids, of subnets in each zone", async () => {
    const { outputs, summary } = await stack.run(
      () => {
        const { vpcId, isolatedSubnetIds } = new awsx.ec2.Vpc("net", {
          cidrBlock: "10.9.0.0/20",
          numberOfAvailabilityZones: 2,
          subnetStrategy: "Auto",
          subnetSpecs: [{ type: "Isolated" }],
          natGateways: { strategy: "None" },
        });
        return { vpcId, isolatedSubnetIds };
      },
      { "aws:region": "us-east-2" },
    );

    expect(summary.created).to.deep.equal(["net", "net-isolated-1", "net-isolated-2"]);
    expect(outputs["vpcId"]).to.match(/^vpc-[0-9a-f]{17}$/);
    expect(outputs["isolatedSubnetIds"]).to.have.length(2);
    const blocks = [...(await stack.state()).matchAll(/"cidrBlock": "([^"]+)"/g)].map(
      ([, it]) => it,
    );
    expect(new Set(blocks)).to.deep.equal(new Set(["10.9.0.0/20", "10.9.0.0/21", "10.9.8.0/21"]));
  });
});
