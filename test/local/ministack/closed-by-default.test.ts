import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  DeleteEventSourceMappingCommand,
  GetAccountSettingsCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { allowing, askRoute, createRole, type Statement, setPolicy } from "./identity-support.ts";
import { accountId, region, startTestCloud, type TestCloud } from "./test-cloud.ts";

const bucketArn = "arn:aws:s3:::bucket";

describe("what IAM cannot decide", () => {
  let cloud: TestCloud;
  let role: { s3: S3Client; lambda: LambdaClient; sqs: SQSClient };
  before(async () => {
    cloud = await startTestCloud();
    await cloud.clients.s3.send(new CreateBucketCommand({ Bucket: "bucket" }));
    await cloud.clients.sqs.send(new CreateQueueCommand({ QueueName: "queue" }));
    const roleArn = await createRole(cloud, "lister", "lambda.amazonaws.com", mayList);
    const { body: credentials } = await askRoute(cloud, "sessions", {
      roleArn,
      servicePrincipal: "lambda.amazonaws.com",
      sourceAccount: accountId,
      sessionName: "lister",
    });
    const config = {
      endpoint: cloud.ministack.url,
      region,
      credentials: credentials as unknown as { accessKeyId: string; secretAccessKey: string },
      maxAttempts: 1,
    };
    role = {
      s3: new S3Client({ ...config, forcePathStyle: true }),
      lambda: new LambdaClient(config),
      sqs: new SQSClient(config),
    };
  });
  after(() => cloud.stop());

  const queueArn = `arn:aws:sqs:${region}:${accountId}:queue`;
  const mayList = [
    allowing("s3:ListBucket", bucketArn),
    allowing("sqs:GetQueueUrl", queueArn),
    allowing("lambda:*", "*"),
  ];

  const named = (answer: Promise<unknown>) =>
    answer.then(
      () => "allowed",
      (error: Error) => error.name,
    );

  /** Says in a signed request that it is another one. */
  function claiming(client: S3Client | SQSClient, add: "query" | "headers", name: string) {
    const stack = client.middlewareStack.clone();
    (client.middlewareStack as S3Client["middlewareStack"]).add(
      (next) => (args) => {
        const request = args.request as Record<"query" | "headers", Record<string, string>>;
        request[add][add === "query" ? "Action" : "x-amz-target"] = name;
        return next(args);
      },
      { step: "build", name: "claim" },
    );
    return () => Object.assign(client, { middlewareStack: stack });
  }

  for (const add of ["query", "headers"] as const) {
    it(`takes a request to S3 for what it does, whatever its ${add} say`, async () => {
      const stop = claiming(role.s3, add, add === "query" ? "ListBucket" : "S3.ListBucket");

      const tagging = await named(
        role.s3.send(
          new PutBucketTaggingCommand({
            Bucket: "bucket",
            Tagging: { TagSet: [{ Key: "a", Value: "b" }] },
          }),
        ),
      );
      const deletion = await named(role.s3.send(new DeleteBucketCommand({ Bucket: "bucket" })));

      stop();
      expect([tagging, deletion]).to.deep.equal(["AccessDenied", "AccessDenied"]);
    });
  }

  it("denies a role a request that names two actions, one of which it may do", async () => {
    const { QueueUrl } = await role.sqs.send(new GetQueueUrlCommand({ QueueName: "queue" }));
    const stop = claiming(role.sqs, "query", "GetQueueUrl");

    const purge = await named(role.sqs.send(new PurgeQueueCommand({ QueueUrl })));

    stop();
    expect(purge).to.match(/AccessDenied/);
  });

  it("denies a role what IAM has no action for, and lets root do it", async () => {
    const deletion = new DeleteEventSourceMappingCommand({ UUID: "none" });

    const answers = [
      await named(role.lambda.send(deletion)),
      await named(role.lambda.send(new GetAccountSettingsCommand({}))),
      await named(cloud.clients.lambda.send(deletion)),
    ];

    expect(answers).to.deep.equal([
      "AccessDeniedException",
      "AccessDeniedException",
      "ResourceNotFoundException",
    ]);
  });

  const strange: [string, Partial<Statement>, string][] = [
    [
      "an operator that it does not know",
      { Condition: { StringEqual: { "s3:prefix": "a" } } },
      "StringEqual",
    ],
    [
      "an operator with a set that it does not know",
      { Condition: { "ForEachValue:StringEquals": { "s3:prefix": "a" } } },
      "ForEachValue",
    ],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM
    ["a policy variable", { Resource: "arn:aws:s3:::${aws:username}" }, "policy variables"],
    ["a condition that says nothing", { Condition: { StringEquals: "a" } }, "StringEquals"],
  ];
  for (const [what, statement, said] of strange) {
    it(`refuses a role's policy with ${what}`, async () => {
      const document = {
        Version: "2012-10-17",
        Statement: [{ ...allowing("s3:ListBucket", bucketArn), ...statement }],
      };

      const error = await cloud.clients.iam
        .send(
          new PutRolePolicyCommand({
            RoleName: "lister",
            PolicyName: "strange",
            PolicyDocument: JSON.stringify(document),
          }),
        )
        .catch((reason: Error) => reason);

      expect(error).to.be.an("error").with.property("name", "MalformedPolicyDocumentException");
      expect((error as Error).message).to.contain(said);
    });
  }

  it("takes all operators of AWS, with IfExists and for sets", async () => {
    await setPolicy(cloud, "lister", [
      ...mayList,
      allowing("s3:GetObject", bucketArn, {
        StringLikeIfExists: { "s3:prefix": "a" },
        "ForAnyValue:StringEquals": { "aws:TagKeys": ["a"] },
        Null: { "aws:TokenIssueTime": "true" },
      }),
    ]);

    expect(await named(list())).to.equal("allowed");
  });

  const list = () => role.s3.send(new ListObjectsV2Command({ Bucket: "bucket" }));

  it("denies everything by a bucket's policy that it cannot read as AWS does", async () => {
    const deny = {
      Effect: "Deny",
      NotPrincipal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: "s3:*",
      Resource: bucketArn,
    };
    await cloud.clients.s3.send(
      new PutBucketPolicyCommand({
        Bucket: "bucket",
        Policy: JSON.stringify({ Version: "2012-10-17", Statement: [deny] }),
      }),
    );

    expect(await named(list())).to.equal("AccessDenied");
  });
});
