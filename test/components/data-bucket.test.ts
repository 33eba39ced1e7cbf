import { expect } from "chai";
import { DataBucket, type DataBucketArgs } from "../../components/data-bucket.ts";
import { record } from "../support/mocks.ts";
import { place } from "../support/pipeline.ts";

function dataBucket(changes: Partial<DataBucketArgs> = {}) {
  return record(
    () =>
      new DataBucket("data", {
        bucketName: "retraining-dev-churn-1234",
        place,
        forceDestroy: false,
        runRetentionDays: 90,
        kmsKeyArn: undefined,
        ...changes,
      }),
  );
}

describe("DataBucket", () => {
  it("creates a bucket and what closes and cleans it", async () => {
    const { resources } = await dataBucket();

    expect(resources.map(({ type, name }) => `${type} ${name}`)).to.have.members([
      "aws:s3/bucket:Bucket data",
      "aws:s3/bucketVersioning:BucketVersioning data-versioning",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration data-encryption",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration data-lifecycle",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock data-public-access-block",
      "aws:s3/bucketPolicy:BucketPolicy data-policy",
      "aws:s3/bucketNotification:BucketNotification data-events",
    ]);
    for (const { inputs } of resources)
      expect(inputs["bucket"]).to.equal("retraining-dev-churn-1234");
  });

  it("keeps versions, blocks the public, tells EventBridge", async () => {
    const { find } = await dataBucket();

    expect(find("data-versioning").inputs["versioningConfiguration"]).to.deep.equal({
      status: "Enabled",
    });
    expect(find("data-public-access-block").inputs).to.include({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(find("data-events").inputs["eventbridge"]).to.equal(true);
  });

  it("refuses requests without TLS, on the bucket and on its objects", async () => {
    const { find } = await dataBucket();

    expect(JSON.parse(find("data-policy").inputs["policy"]).Statement).to.deep.equal([
      {
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:*"],
        Resource: [
          "arn:aws:s3:::retraining-dev-churn-1234",
          "arn:aws:s3:::retraining-dev-churn-1234/*",
        ],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("expires what runs wrote, old versions and abandoned uploads; never inputs or code", async () => {
    const { find } = await dataBucket({ runRetentionDays: 7 });

    const expire = (prefix: string) => ({
      id: `expire-${prefix}`,
      status: "Enabled",
      filter: { prefix: `${prefix}/` },
      expiration: { days: 7 },
    });
    expect(find("data-lifecycle").inputs["rules"]).to.deep.equal([
      expire("runs"),
      expire("output"),
      expire("refused"),
      {
        id: "clean-up",
        status: "Enabled",
        filter: { prefix: "" },
        noncurrentVersionExpiration: { noncurrentDays: 30 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
    ]);
  });

  for (const [key, byDefault] of [
    [undefined, { sseAlgorithm: "AES256" }],
    ["arn:key", { sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:key" }],
  ] as const) {
    it(`encrypts with ${byDefault.sseAlgorithm} when the key is ${key}`, async () => {
      const { find } = await dataBucket({ kmsKeyArn: key });

      expect(find("data-encryption").inputs["rules"]).to.deep.equal([
        { applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled: key !== undefined },
      ]);
    });
  }

  for (const forceDestroy of [true, false]) {
    it(`deletes objects with the bucket: ${forceDestroy}`, async () => {
      const { find } = await dataBucket({ forceDestroy });

      expect(find("data").inputs["forceDestroy"]).to.equal(forceDestroy);
    });
  }
});
