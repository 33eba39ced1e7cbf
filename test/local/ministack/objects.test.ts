import { PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { DeleteMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { createQueue, letRuleSend, receive } from "./functions-support.ts";
import { startTestCloud, type TestCloud } from "./test-cloud.ts";

const partBytes = 5 * 1024 * 1024;

describe("S3", () => {
  let cloud: TestCloud;
  let queueUrl: string;
  const Bucket = "retraining-dev-churn-0a1b2c3d";
  before(async () => {
    cloud = await startTestCloud();
    const { s3, events } = cloud.clients;
    await s3.send(
      new CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration: { LocationConstraint: "us-east-2" },
      }),
    );
    await s3.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
    );
    await s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: { EventBridgeConfiguration: {} },
      }),
    );
    const queue = await createQueue(cloud, "uploads");
    queueUrl = queue.url;
    await letRuleSend(cloud, queue, "uploads");
    await events.send(
      new PutRuleCommand({
        Name: "uploads",
        EventPattern: JSON.stringify({
          source: ["aws.s3"],
          "detail-type": ["Object Created"],
          detail: { bucket: { name: [Bucket] }, object: { key: [{ prefix: "input/" }] } },
        }),
      }),
    );
    await events.send(
      new PutTargetsCommand({ Rule: "uploads", Targets: [{ Id: "1", Arn: queue.arn }] }),
    );
  });
  after(() => cloud.stop());

  async function nextEvent() {
    const { Body, ReceiptHandle } = await receive(cloud, queueUrl);
    await cloud.clients.sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    return JSON.parse(Body as string);
  }
  const text = async (Key: string, VersionId?: string) => {
    const { Body } = await cloud.clients.s3.send(
      new GetObjectCommand({ Bucket, Key, ...(VersionId && { VersionId }) }),
    );
    return await Body?.transformToString();
  };

  it("tells EventBridge of an upload as AWS does", async () => {
    const Key = "input/2026/réquest 01+a&b=100%.csv";
    const { VersionId, ETag } = await cloud.clients.s3.send(
      new PutObjectCommand({ Bucket, Key, Body: "State,Churn?\n" }),
    );

    const event = await nextEvent();

    expect(event).to.include({
      version: "0",
      source: "aws.s3",
      "detail-type": "Object Created",
      account: "000000000000",
      region: "us-east-2",
    });
    expect(event.resources).to.deep.equal([`arn:aws:s3:::${Bucket}`]);
    expect(event.time).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(event.id).to.match(/^[0-9a-f-]{36}$/);
    const { object, ...detail } = event.detail;
    expect(Object.keys(detail).sort()).to.deep.equal([
      "bucket",
      "reason",
      "request-id",
      "requester",
      "source-ip-address",
      "version",
    ]);
    expect(detail).to.deep.include({
      version: "0",
      bucket: { name: Bucket },
      reason: "PutObject",
      requester: "000000000000",
    });
    expect(object).to.deep.include({
      key: Key,
      size: 13,
      etag: ETag?.replaceAll('"', ""),
      "version-id": VersionId,
    });
    expect(object.sequencer).to.match(/^[0-9A-F]{16,}$/);
  });

  it("tells EventBridge of a multipart upload once it is complete", async () => {
    const { s3 } = cloud.clients;
    const Key = "input/large.csv";
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const parts = [];
    for (const [PartNumber, Body] of [
      [1, "a".repeat(partBytes)],
      [2, "b"],
    ] as const) {
      const { ETag } = await s3.send(
        new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }),
      );
      parts.push({ PartNumber, ETag });
    }

    const { ETag, VersionId } = await s3.send(
      new CompleteMultipartUploadCommand({
        Bucket,
        Key,
        UploadId,
        MultipartUpload: { Parts: parts },
      }),
    );

    const { detail } = await nextEvent();
    expect(detail.reason).to.equal("CompleteMultipartUpload");
    expect(detail.object).to.deep.include({
      key: Key,
      size: partBytes + 1,
      etag: ETag?.replaceAll('"', ""),
      "version-id": VersionId,
    });
  });

  it("copies the very version that is asked for", async () => {
    const { s3 } = cloud.clients;
    const Key = "input/ver sion+1.csv";
    const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: "old" }));
    await nextEvent();
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: "new" }));
    await nextEvent();

    const copied = await s3.send(
      new CopyObjectCommand({
        Bucket,
        Key: "runs/a/input.csv",
        CopySource: `${Bucket}/${encodeURIComponent(Key)}?versionId=${VersionId}`,
      }),
    );

    expect(await text("runs/a/input.csv")).to.equal("old");
    expect(copied.CopySourceVersionId).to.equal(VersionId);
  });

  it("copies parts of the very version that is asked for", async () => {
    const { s3 } = cloud.clients;
    const Key = "source/large.csv";
    const body = "0123456789".repeat(partBytes / 10 + 1);
    const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: body }));
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: "newer" }));
    const to = { Bucket, Key: "runs/b/input.csv" };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(to));
    const Parts = [];
    for (const [PartNumber, range] of [
      [1, `bytes=0-${partBytes - 1}`],
      [2, `bytes=${partBytes}-${body.length - 1}`],
    ] as const) {
      const { CopyPartResult } = await s3.send(
        new UploadPartCopyCommand({
          ...to,
          UploadId,
          PartNumber,
          CopySource: `${Bucket}/${Key}?versionId=${VersionId}`,
          CopySourceRange: range,
        }),
      );
      Parts.push({ PartNumber, ETag: CopyPartResult?.ETag });
    }

    await s3.send(
      new CompleteMultipartUploadCommand({ ...to, UploadId, MultipartUpload: { Parts } }),
    );

    expect(await text(to.Key)).to.equal(body);
  });

  it("refuses to copy a version that does not exist", async () => {
    const { s3 } = cloud.clients;
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "a" }));

    const error = await s3
      .send(
        new CopyObjectCommand({
          Bucket,
          Key: "b",
          CopySource: `${Bucket}/a?versionId=3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY`,
        }),
      )
      .catch((error: Error) => error);

    expect(error).to.have.property("name", "NoSuchVersion");
  });

  it("keeps metadata, content type and versions of an object", async () => {
    const { s3 } = cloud.clients;
    const Key = "code/churn_etl.py";
    const first = await s3.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body: "print()",
        ContentType: "text/x-python",
        Metadata: { source: "glue" },
      }),
    );
    const { VersionId: marker } = await s3.send(new DeleteObjectCommand({ Bucket, Key }));

    const { Versions, DeleteMarkers } = await s3.send(
      new ListObjectVersionsCommand({ Bucket, Prefix: Key }),
    );

    expect(Versions?.map(({ VersionId }) => VersionId)).to.deep.equal([first.VersionId]);
    expect(DeleteMarkers?.map(({ VersionId }) => VersionId)).to.deep.equal([marker]);
    const head = await s3.send(
      new HeadObjectCommand({ Bucket, Key, VersionId: first.VersionId as string }),
    );
    expect(head).to.deep.include({ ContentType: "text/x-python", Metadata: { source: "glue" } });
    expect(head.ETag).to.equal(first.ETag);
  });

  it("returns a bucket's settings as they were set", async () => {
    const { s3 } = cloud.clients;
    const PublicAccessBlockConfiguration = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    };
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
    const Rules = [
      {
        ID: "expire-runs",
        Status: "Enabled" as const,
        Filter: { Prefix: "output/" },
        Expiration: { Days: 90 },
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
      },
      {
        ID: "abort-uploads",
        Status: "Enabled" as const,
        Filter: { Prefix: "" },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
    ];
    const TagSet = [{ Key: "stack", Value: "dev" }];
    const encryptionRules = [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" as const },
        BucketKeyEnabled: true,
      },
    ];
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    await s3.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: { Rules: encryptionRules },
      }),
    );
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }),
    );
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));

    const [access, encryption, lifecycle, policy, tags, versioning, notification] =
      await Promise.all([
        s3.send(new GetPublicAccessBlockCommand({ Bucket })),
        s3.send(new GetBucketEncryptionCommand({ Bucket })),
        s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
        s3.send(new GetBucketPolicyCommand({ Bucket })),
        s3.send(new GetBucketTaggingCommand({ Bucket })),
        s3.send(new GetBucketVersioningCommand({ Bucket })),
        s3.send(new GetBucketNotificationConfigurationCommand({ Bucket })),
      ]);

    expect(access.PublicAccessBlockConfiguration).to.deep.equal(PublicAccessBlockConfiguration);
    expect(encryption.ServerSideEncryptionConfiguration?.Rules).to.deep.equal(encryptionRules);
    expect(lifecycle.Rules).to.deep.equal(Rules);
    expect(JSON.parse(policy.Policy as string)).to.deep.equal(JSON.parse(Policy));
    expect(tags.TagSet).to.deep.equal(TagSet);
    expect(versioning.Status).to.equal("Enabled");
    expect(notification.EventBridgeConfiguration).to.deep.equal({});
  });
});
