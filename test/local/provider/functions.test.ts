import { expect } from "chai";
import { Provider } from "../../../local/provider/provider.ts";

function providerIn(region: string) {
  return new Provider({
    endpointUrl: "http://127.0.0.1:9",
    region,
    accountId: "000000000000",
    credentials: { accessKeyId: "nobody", secretAccessKey: "secret" },
  });
}

const image = "aws:sagemaker/getPrebuiltEcrImage:getPrebuiltEcrImage";

async function failureOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "",
    (error: Error) => error.message,
  );
}

describe("functions of the local provider", () => {
  for (const [stackRegion, args, path] of [
    [
      "us-east-2",
      { repositoryName: "sagemaker-xgboost", imageTag: "3.0-5" },
      "257758044811.dkr.ecr.us-east-2.amazonaws.com/sagemaker-xgboost:3.0-5",
    ],
    [
      "us-east-2",
      { repositoryName: "sagemaker-xgboost", imageTag: "1.7-1", region: "eu-west-1" },
      "141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:1.7-1",
    ],
    [
      "us-east-1",
      { repositoryName: "linear-learner" },
      "382416733822.dkr.ecr.us-east-1.amazonaws.com/linear-learner:1",
    ],
    [
      "us-east-1",
      { repositoryName: "blazingtext" },
      "811284229777.dkr.ecr.us-east-1.amazonaws.com/blazingtext:1",
    ],
    [
      "cn-north-1",
      { repositoryName: "sagemaker-xgboost", imageTag: "3.0-5" },
      "450853457545.dkr.ecr.cn-north-1.amazonaws.com.cn/sagemaker-xgboost:3.0-5",
    ],
    [
      "us-east-2",
      { repositoryName: "kmeans", dnsSuffix: "example.com" },
      "404615174143.dkr.ecr.us-east-2.example.com/kmeans:1",
    ],
  ] as const) {
    it(`finds the image ${path}`, async () => {
      const found = await providerIn(stackRegion).invoke(image, args);

      expect(found).to.include({
        registryPath: path,
        registryId: path.slice(0, 12),
        id: path.slice(0, 12),
      });
    });
  }

  it("refuses a region without the image in the words of the real provider", async () => {
    const args = { repositoryName: "lda", region: "eu-north-1" };

    expect(await failureOf(providerIn("us-east-2").invoke(image, args))).to.equal(
      "no registry ID available for region (eu-north-1) and repository (lda)",
    );
  });

  it("refuses a repository that it does not know, naming those that it knows", async () => {
    expect(
      await failureOf(providerIn("us-east-2").invoke(image, { repositoryName: "xgbost" })),
    ).to.match(/repositoryName: must be one of .*sagemaker-xgboost.*, not "xgbost"/);
  });

  it("refuses a function that it does not know", async () => {
    expect(
      await failureOf(providerIn("us-east-2").invoke("aws:s3/getBucket:getBucket", {})),
    ).to.match(/^the local provider does not support aws:s3\/getBucket:getBucket/);
  });

  for (const [region, partition, dnsSuffix] of [
    ["us-east-2", "aws", "amazonaws.com"],
    ["cn-northwest-1", "aws-cn", "amazonaws.com.cn"],
    ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
    ["us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"],
  ] as const) {
    it(`knows the partition and the name of ${region}`, async () => {
      const provider = providerIn(region);

      expect(await provider.invoke("aws:index/getPartition:getPartition", {})).to.include({
        id: partition,
        partition,
        dnsSuffix,
      });
      expect(await provider.invoke("aws:index/getRegion:getRegion", {})).to.include({
        id: region,
        name: region,
        region,
      });
    });
  }
});
