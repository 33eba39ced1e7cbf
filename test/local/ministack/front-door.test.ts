import { request as httpRequest, type IncomingMessage } from "node:http";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { allowing, askRoute, createRole } from "./identity-support.ts";
import { accountId, region, root, startTestCloud, type TestCloud } from "./test-cloud.ts";

describe("the door to ministack", () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
    await cloud.clients.s3.send(new CreateBucketCommand({ Bucket: "bucket" }));
  });
  after(() => cloud.stop());

  const signed = "AWS4-HMAC-SHA256 Credential=root/20260101/us-east-2/s3/aws4_request";

  /** Sends what a browser or another program might, headers as they are given. */
  async function knock(
    path: string,
    { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> } = {},
  ): Promise<{ status: number | undefined; text: string; headers: IncomingMessage["headers"] }> {
    const url = new URL(path, cloud.ministack.url);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      httpRequest(url, { method, headers }, resolve).once("error", reject).end();
    });
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    return { status: response.statusCode, text, headers: response.headers };
  }
  const port = () => new URL(cloud.ministack.url).port;

  const strangeHosts: [string, () => string][] = [
    ["another name", () => `attacker.example:${port()}`],
    ["a name that ends as this one", () => `127.0.0.1.attacker.example:${port()}`],
    ["another port", () => "127.0.0.1:1"],
    ["no port", () => "localhost"],
    ["a bucket's virtual host", () => `bucket.localhost:${port()}`],
    ["another address", () => `0.0.0.0:${port()}`],
  ];
  for (const [what, host] of strangeHosts)
    for (const path of ["/bucket", "/_local/authorize", "/endpoints/a/invocations"])
      it(`is closed to ${path} of ${what}`, async () => {
        const headers = {
          host: host(),
          authorization: signed,
          "x-local-secret": cloud.ministack.secret,
        };

        const { status, text } = await knock(path, { method: "POST", headers });

        expect(status).to.equal(403);
        expect(text).to.contain("The Host header names another host");
      });

  it("is open under localhost", async () => {
    const sts = new STSClient({
      endpoint: `http://localhost:${port()}`,
      region,
      credentials: root,
    });

    const { Arn } = await sts.send(new GetCallerIdentityCommand({}));

    sts.destroy();
    expect(Arn).to.equal(`arn:aws:iam::${accountId}:root`);
  });

  const unsigned: [string, string][] = [
    ["GET", "/bucket/key"],
    ["POST", "/?Action=ListQueues"],
    ["POST", "/endpoints/a/invocations"],
    ["GET", "/health"],
    ["OPTIONS", "/bucket"],
  ];
  for (const [method, path] of unsigned)
    it(`is closed to an unsigned ${method} ${path}, and shares nothing with other sites`, async () => {
      const headers = { origin: "http://attacker.example" };

      const answer = await knock(path, { method, headers });

      expect(answer.status).to.equal(403);
      expect(answer.headers).not.to.have.property("access-control-allow-origin");
    });

  for (const path of [
    "/_ministack/reset",
    "/_ministack/config",
    "/_aws/sqs/messages",
    "/_localstack/health",
    "/v2/repository/blobs/uploads/",
  ])
    it(`is closed to ministack's own ${path}, signed or not`, async () => {
      const { status, text } = await knock(path, {
        method: "POST",
        headers: { authorization: signed },
      });

      expect(status).to.equal(403);
      expect(text).to.contain("This route is not served");
    });

  const forgers: [string, object, string][] = [
    [
      "a secret that is not root's",
      { ...root, secretAccessKey: "guessed" },
      "SignatureDoesNotMatch",
    ],
    [
      "ministack's well-known key",
      { accessKeyId: "test", secretAccessKey: "test" },
      "InvalidAccessKeyId",
    ],
    [
      "the account's number",
      { accessKeyId: accountId, secretAccessKey: "test" },
      "InvalidAccessKeyId",
    ],
  ];
  for (const [what, credentials, code] of forgers)
    it(`is closed to who signs with ${what}`, async () => {
      const s3 = new S3Client({
        endpoint: cloud.ministack.url,
        region,
        credentials: credentials as typeof root,
        forcePathStyle: true,
        maxAttempts: 1,
      });

      const error = await s3
        .send(new GetObjectCommand({ Bucket: "bucket", Key: "a" }))
        .catch((thrown) => thrown);

      s3.destroy();
      expect(error.name).to.equal(code);
    });

  it("lets a role's session do what its policy allows, over what counts as TLS, and no more", async () => {
    const roleArn = await createRole(cloud, "reader", "sagemaker.amazonaws.com", [
      allowing("s3:ListBucket", "arn:aws:s3:::bucket", {
        Bool: { "aws:SecureTransport": "true" },
        StringLike: { "s3:prefix": "a/*" },
      }),
    ]);
    const { body: session } = await askRoute(cloud, "sessions", {
      roleArn,
      servicePrincipal: "sagemaker.amazonaws.com",
      sourceAccount: accountId,
      sessionName: "SageMaker",
    });
    const s3 = new S3Client({
      endpoint: cloud.ministack.url,
      region,
      credentials: session as unknown as typeof root,
      forcePathStyle: true,
    });

    const listed = await s3.send(new ListObjectsV2Command({ Bucket: "bucket", Prefix: "a/b" }));
    const denied = await s3
      .send(new ListObjectsV2Command({ Bucket: "bucket", Prefix: "b/" }))
      .catch((thrown) => thrown);

    s3.destroy();
    expect(listed.KeyCount).to.equal(0);
    expect(denied).to.include({ name: "AccessDenied" });
    expect(denied.message).to.contain(`assumed-role/reader/SageMaker is not authorized`);
  });
});
