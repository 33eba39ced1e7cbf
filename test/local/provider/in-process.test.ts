import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DeleteRolePolicyCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { GetFunctionCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { DeleteObjectCommand, ListBucketsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { DeleteQueueCommand, ListQueuesCommand } from "@aws-sdk/client-sqs";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  DeploymentError,
  deploy,
  destroy,
  type Progress,
  type Summary,
} from "../../../local/provider/in-process.ts";
import type { Program } from "../../../local/provider/program-run.ts";
import { startTestCloud, type TestCloud } from "./test-cloud.ts";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

const read = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::shop/*" }],
});

/** A bucket with an object, and a function with its role, policy and log group in a component. */
function shop({
  source = "1",
  retentionInDays = 7,
  script = true,
  path = "/",
  bucket = "shop",
} = {}) {
  const data = new aws.s3.Bucket("data", { bucket, forceDestroy: true });
  const versioning = new aws.s3.BucketVersioning("versioning", {
    bucket: data.bucket,
    versioningConfiguration: { status: "Enabled" },
  });
  if (script) {
    new aws.s3.BucketObjectv2(
      "script",
      { bucket: data.bucket, key: "code/a.py", source: new pulumi.asset.StringAsset("print(1)") },
      { dependsOn: versioning },
    );
  }
  const { fn } = new Api("api", { source, retentionInDays, path, bucket: data.bucket });
  return { bucket: data.bucket, functionArn: fn.arn };
}

interface ApiArgs {
  source: string;
  retentionInDays: number;
  path: string;
  bucket: pulumi.Input<string>;
}

class Api extends pulumi.ComponentResource {
  readonly fn: aws.lambda.Function;

  constructor(name: string, args: ApiArgs) {
    super("test:index:Api", name);
    const { source, retentionInDays, path, bucket } = args;
    const parent = { parent: this };
    const logs = new aws.cloudwatch.LogGroup(
      "logs",
      { name: "/aws/lambda/shop-api", retentionInDays },
      parent,
    );
    const role = new aws.iam.Role(
      "role",
      { name: "shop-api", assumeRolePolicy: trust, path },
      parent,
    );
    const policy = new aws.iam.RolePolicy("policy", { role: role.name, policy: read }, parent);
    this.fn = new aws.lambda.Function(
      "api",
      {
        name: "shop-api",
        role: role.arn,
        handler: "index.handler",
        runtime: "nodejs22.x",
        code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(source) }),
        environment: { variables: { BUCKET: bucket } },
      },
      { parent: this, dependsOn: [logs, policy] },
    );
    this.registerOutputs({ arn: this.fn.arn });
  }
}

const everything = ["api", "data", "logs", "policy", "role", "script", "versioning"];
const nothing = { created: [], updated: [], replaced: [], deleted: [], unchanged: [] };

describe("deployment in this process", () => {
  let cloud: TestCloud;
  let stacks = 0;
  let stack: string;

  before(async function () {
    this.timeout(20_000);
    cloud = await startTestCloud();
  });

  beforeEach(() => {
    stacks += 1;
    stack = `test-${stacks}`;
  });

  afterEach(async () => {
    await destroy(target());
    expect(await leftovers(), "left in the cloud").to.deep.equal([]);
  });

  after(() => cloud.stop());

  const target = () => ({
    project: "shop",
    stack,
    cloud: cloud.endpoint,
    stateFile: join(cloud.folder, `${stack}.json`),
  });

  async function run(
    program: Program,
    config: Record<string, string> = {},
    onProgress?: (progress: Progress) => void,
  ) {
    const progress = onProgress === undefined ? {} : { onProgress };
    const { outputs, summary } = await deploy({ ...target(), program, config, ...progress });
    return { outputs, summary: namesOf(summary) };
  }

  async function failureOf(program: Program, config: Record<string, string> = {}): Promise<Error> {
    return run(program, config).then(
      () => expect.fail("the deployment did not fail"),
      (error) => error,
    );
  }

  const state = () => readFile(target().stateFile, "utf8");

  async function leftovers(): Promise<unknown[]> {
    const { s3, iam, lambda, logs, sqs } = cloud.clients;
    const [buckets, roles, functions, groups, queues] = await Promise.all([
      s3.send(new ListBucketsCommand()),
      iam.send(new ListRolesCommand()),
      lambda.send(new ListFunctionsCommand()),
      logs.send(new DescribeLogGroupsCommand()),
      sqs.send(new ListQueuesCommand()),
    ]);
    return [
      ...(buckets.Buckets ?? []).map(({ Name }) => Name),
      ...(roles.Roles ?? []).map(({ RoleName }) => RoleName),
      ...(functions.Functions ?? []).map(({ FunctionName }) => FunctionName),
      ...(groups.logGroups ?? []).map(({ logGroupName }) => logGroupName),
      ...(queues.QueueUrls ?? []),
    ];
  }

  it("creates what the program registers and gives its outputs, resolved", async () => {
    const { outputs, summary } = await run(shop);

    expect(summary).to.deep.equal({ ...nothing, created: everything });
    expect(outputs).to.deep.equal({
      bucket: "shop",
      functionArn: "arn:aws:lambda:us-east-2:000000000000:function:shop-api",
    });
    const { Configuration } = await cloud.clients.lambda.send(
      new GetFunctionCommand({ FunctionName: "shop-api" }),
    );
    expect(Configuration?.Environment?.Variables).to.deep.equal({ BUCKET: "shop" });
  });

  it("changes nothing the second time, and keeps made-up names", async () => {
    await run(shop);
    const before = await state();
    const { summary } = await run(shop);

    expect(summary).to.deep.equal({ ...nothing, unchanged: everything });
    expect(await state()).to.equal(before);
  });

  for (const [what, args, updated] of [
    ["the code of a function", { source: "2" }, "api"],
    ["the retention of a log group", { retentionInDays: 14 }, "logs"],
  ] as const) {
    it(`updates ${what} alone`, async () => {
      await run(shop);
      const { summary } = await run(() => shop(args));

      const unchanged = everything.filter((name) => name !== updated);
      expect(summary).to.deep.equal({ ...nothing, updated: [updated], unchanged });
    });
  }

  it("deletes what the program no longer has, and nothing else", async () => {
    await run(shop);
    const { summary } = await run(() => shop({ script: false }));

    const unchanged = everything.filter((name) => name !== "script");
    expect(summary).to.deep.equal({ ...nothing, deleted: ["script"], unchanged });
  });

  it("replaces a bucket and what is in it, and updates what uses it", async () => {
    await run(shop);
    const { summary } = await run(() => shop({ bucket: "shop-2" }));

    expect(summary).to.deep.equal({
      ...nothing,
      replaced: ["data", "script", "versioning"],
      updated: ["api"],
      unchanged: ["logs", "policy", "role"],
    });
    expect(await leftovers())
      .to.include("shop-2")
      .and.not.include("shop");
  });

  it("deletes first what would have the name of its replacement, with what cannot outlive it", async () => {
    await run(shop);
    const operations: string[] = [];
    const { summary } = await run(
      () => shop({ path: "/service/" }),
      {},
      ({ operation, name }) => operations.push(`${operation} ${name}`),
    );

    expect(summary).to.deep.equal({
      ...nothing,
      replaced: ["policy", "role"],
      updated: ["api"], // the ARN of its role has the path
      unchanged: ["data", "logs", "script", "versioning"],
    });
    expect(operations.filter((line) => !line.startsWith("same"))).to.deep.equal([
      "replace role",
      "replace policy",
      "update api",
    ]);
  });

  it("destroys buckets with all versions of what others put into them", async () => {
    await run(shop);
    const { s3 } = cloud.clients;
    await s3.send(new PutObjectCommand({ Bucket: "shop", Key: "input/a.csv", Body: "1" }));
    await s3.send(new PutObjectCommand({ Bucket: "shop", Key: "input/a.csv", Body: "2" }));
    await s3.send(new DeleteObjectCommand({ Bucket: "shop", Key: "input/a.csv" }));

    const { summary } = await destroy(target());

    expect(namesOf(summary)).to.deep.equal({ ...nothing, deleted: everything });
    expect(await leftovers()).to.deep.equal([]);
  });

  it("destroys what is gone already, and destroys twice", async () => {
    const { outputs } = await run(() => ({ url: new aws.sqs.Queue("queue").url }));
    await cloud.clients.sqs.send(new DeleteQueueCommand({ QueueUrl: String(outputs["url"]) }));

    expect(namesOf((await destroy(target())).summary).deleted).to.deep.equal(["queue"]);
    expect(namesOf((await destroy(target())).summary)).to.deep.equal(nothing);
  });

  it("makes again what is gone from the cloud", async () => {
    const { outputs } = await run(() => {
      shop();
      return { url: new aws.sqs.Queue("queue", { name: "queue" }).url };
    });
    await cloud.clients.sqs.send(new DeleteQueueCommand({ QueueUrl: String(outputs["url"]) }));
    const { summary } = await run(() => {
      shop();
      new aws.sqs.Queue("queue", { name: "queue" });
    });

    expect(summary).to.deep.equal({ ...nothing, created: ["queue"], unchanged: everything });
  });

  it("makes resources in the order of what they depend on", async () => {
    const order: string[] = [];
    await run(shop, {}, ({ name }) => order.push(name));

    expect(order.indexOf("data")).to.be.lessThan(order.indexOf("versioning"));
    expect(order.indexOf("versioning")).to.be.lessThan(order.indexOf("script"));
    for (const name of ["data", "logs", "role", "policy"]) {
      expect(order.indexOf(name), name).to.be.lessThan(order.indexOf("api"));
    }
  });

  it("names resources as the engine does", async () => {
    await run(shop);

    const urns = JSON.parse(await state()).resources.map(({ urn }: { urn: string }) => urn);
    expect(urns).to.include.members([
      `urn:pulumi:${stack}::shop::aws:s3/bucket:Bucket::data`,
      `urn:pulumi:${stack}::shop::test:index:Api$aws:iam/role:Role::role`,
    ]);
  });

  it("gives the program its config, project and stack", async () => {
    const pipelines = JSON.stringify({ churn: { endpoint: { name: "churn" } } });
    const { outputs } = await run(
      () => ({
        pipelines: new pulumi.Config("retraining").requireObject("pipelines"),
        region: new pulumi.Config("aws").require("region"),
        place: `${pulumi.getProject()} ${pulumi.getStack()}`,
      }),
      { "retraining:pipelines": pipelines, "aws:region": "us-east-2" },
    );

    expect(outputs).to.deep.equal({
      pipelines: JSON.parse(pipelines),
      region: "us-east-2",
      place: `shop ${stack}`,
    });
  });

  it("answers the program's questions about where it is", async () => {
    const { outputs } = await run(async () => ({
      account: (await aws.getCallerIdentity()).accountId,
      region: aws.getRegionOutput().region,
      image: aws.sagemaker.getPrebuiltEcrImageOutput({
        repositoryName: "sagemaker-xgboost",
        imageTag: "3.0-5",
      }).registryPath,
    }));

    expect(outputs).to.deep.equal({
      account: "000000000000",
      region: "us-east-2",
      image: "257758044811.dkr.ecr.us-east-2.amazonaws.com/sagemaker-xgboost:3.0-5",
    });
  });

  it("runs two stacks at once, each with its own", async () => {
    const deployOther = (name: string) =>
      deploy({
        ...target(),
        stack: name,
        stateFile: join(cloud.folder, `${name}.json`),
        config: { "shop:name": name },
        program: () => ({
          arn: new aws.sqs.Queue("queue", { name: new pulumi.Config("shop").require("name") }).arn,
        }),
      });
    const done = await Promise.all(["left", "right"].map(deployOther));

    expect(done.map(({ outputs }) => String(outputs["arn"]).split(":").pop())).to.deep.equal([
      "left",
      "right",
    ]);
    for (const name of ["left", "right"]) {
      await destroy({ ...target(), stack: name, stateFile: join(cloud.folder, `${name}.json`) });
    }
  });

  it("keeps secrets out of the state, and knows whether they changed", async () => {
    const queue = (secret: string) => () => {
      const { tags } = new aws.sqs.Queue("queue", { tags: { password: pulumi.secret(secret) } });
      return {
        secret: tags.apply((values) =>
          pulumi.isSecret(tags).then((is) => [is, values?.["password"]]),
        ),
      };
    };

    expect((await run(queue("hush-1"))).outputs).to.deep.equal({ secret: [true, "hush-1"] });
    expect((await run(queue("hush-1"))).summary.unchanged).to.deep.equal(["queue"]);
    expect((await run(queue("hush-2"))).summary.updated).to.deep.equal(["queue"]);
    expect(await state()).not.to.include("hush");
  });

  it("leaves what the program ignores, retains and protects", async () => {
    const program =
      (visibilityTimeoutSeconds: number, options: pulumi.CustomResourceOptions) => () => {
        new aws.sqs.Queue("queue", { name: "kept", visibilityTimeoutSeconds }, options);
      };
    await run(program(10, { protect: true }));
    expect(
      (await run(program(20, { protect: true, ignoreChanges: ["visibilityTimeoutSeconds"] })))
        .summary.unchanged,
    ).to.deep.equal(["queue"]);
    const renamed = await failureOf(
      () => void new aws.sqs.Queue("queue", { name: "moved" }, { protect: true }),
    );
    expect(renamed.message).to.match(
      /cannot replace aws:sqs\/queue:Queue "queue": it is protected/,
    );
    expect((await failureOf(() => {})).message).to.match(
      /cannot delete aws:sqs\/queue:Queue "queue": it is protected/,
    );

    await run(program(10, { retainOnDelete: true }));
    await run(() => {});
    const [url] = (await leftovers()) as string[];
    expect(url).to.match(/\/kept$/);
    await cloud.clients.sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
  });

  describe("that fails", () => {
    it("names the resource and AWS's error, keeps what was made, and goes on from there", async () => {
      const program = (role: string) => () => {
        new aws.sqs.Queue("queue", { name: "first" });
        new aws.iam.Role("role", { name: "late", assumeRolePolicy: trust });
        new aws.iam.RolePolicy("policy", { role, name: "p", policy: read });
      };
      const error = await failureOf(program("nobody"));

      expect(error).to.be.instanceOf(DeploymentError);
      expect(error.message).to.match(
        /^cannot create aws:iam\/rolePolicy:RolePolicy "policy": NoSuchEntity(Exception)?: .*nobody/,
      );
      const made = JSON.parse(await state()).resources.map(({ name }: { name: string }) => name);
      expect(made).to.have.members(["queue", "role"]);

      const { summary } = await run(program("late"));
      expect(summary).to.deep.equal({
        ...nothing,
        created: ["policy"],
        unchanged: ["queue", "role"],
      });
      await cloud.clients.iam.send(
        new DeleteRolePolicyCommand({ RoleName: "late", PolicyName: "p" }),
      );
    });

    it("makes nothing of what depends on what failed", async () => {
      const error = await failureOf(() => {
        const bucket = new aws.s3.Bucket("bucket", { bucket: "UPPER" });
        new aws.sqs.Queue("queue", { name: bucket.bucket });
      });

      expect(error.message).to.match(
        /^cannot use the inputs of aws:s3\/bucket:Bucket "bucket": bucket: must match/,
      );
      expect(await leftovers()).to.deep.equal([]);
    });

    it("deletes later what a replacement could not", async () => {
      const program = (bucket: string) => () => {
        new aws.s3.Bucket("bucket", { bucket });
      };
      await run(program("full"));
      await cloud.clients.s3.send(new PutObjectCommand({ Bucket: "full", Key: "a", Body: "1" }));

      const error = await failureOf(program("fresh"));
      expect(error.message).to.match(
        /^cannot delete aws:s3\/bucket:Bucket "bucket": BucketNotEmpty/,
      );
      expect(await leftovers()).to.have.members(["full", "fresh"]);

      await cloud.clients.s3.send(new DeleteObjectCommand({ Bucket: "full", Key: "a" }));
      expect((await run(program("fresh"))).summary).to.deep.equal({
        ...nothing,
        unchanged: ["bucket"],
      });
      expect(await leftovers()).to.deep.equal(["fresh"]);
    });

    for (const [what, program, message] of [
      [
        "what the program throws",
        () => {
          throw new RangeError("no such pipeline");
        },
        /^no such pipeline$/,
      ],
      [
        "what the program rejects with",
        async () => Promise.reject(new RangeError("no such pipeline")),
        /^no such pipeline$/,
      ],
      [
        "what a callback of apply throws",
        () => {
          new aws.sqs.Queue("queue").arn.apply(() => {
            throw new RangeError("no such pipeline");
          });
        },
        /^no such pipeline$/,
      ],
      [
        "what a callback throws that an input comes from",
        () => {
          const name = new aws.sqs.Queue("queue").arn.apply((): string => {
            throw new RangeError("no such pipeline");
          });
          new aws.sqs.Queue("other", { name });
        },
        /no such pipeline$/,
      ],
      [
        "a question that has no answer",
        async () => {
          await aws.sagemaker.getPrebuiltEcrImage({ repositoryName: "lda", region: "mars-1" });
        },
        /^no registry ID available for region \(mars-1\) and repository \(lda\)$/,
      ],
      [
        "a resource type that nobody makes here",
        () => {
          new aws.sns.Topic("topic");
        },
        /"topic": the local provider does not support this resource type/,
      ],
      [
        "two resources of one name",
        () => {
          new aws.sqs.Queue("a");
          new aws.sqs.Queue("a");
        },
        /^cannot register aws:sqs\/queue:Queue "a": this stack has/,
      ],
      [
        "an import",
        () => {
          new aws.sqs.Queue("a", {}, { import: "x" });
        },
        /"a": the local provider does not support import$/,
      ],
      [
        "a look-up of a resource",
        () => {
          aws.sqs.Queue.get("a", "x");
        },
        /the local provider cannot look up resources \(aws:sqs\/queue:Queue.get\)$/,
      ],
    ] as [string, Program, RegExp][]) {
      it(`tells of ${what}, and leaves the process as it was`, async () => {
        const listeners = process.listeners("unhandledRejection");
        const error = await failureOf(program);

        expect(error.message).to.match(message);
        expect(process.listeners("unhandledRejection")).to.deep.equal(listeners);
        expect((await run(() => ({ fine: true }))).outputs).to.deep.equal({ fine: true });
      });
    }

    it("says so when the cloud cannot be reached", async () => {
      const options = {
        ...target(),
        cloud: { ...cloud.endpoint, endpointUrl: "http://127.0.0.1:9" },
        config: {},
      };
      const error = await deploy({
        ...options,
        program: () => void new aws.sqs.Queue("queue"),
      }).catch((e) => e);

      expect(error.message).to.match(/^cannot create aws:sqs\/queue:Queue "queue": ECONNREFUSED/);
    });

    it("refuses a stack of another region, and a state file of another stack", async () => {
      expect((await failureOf(() => {}, { "aws:region": "eu-west-1" })).message).to.match(
        /aws:region is eu-west-1, the local cloud is in us-east-2/,
      );

      await run(() => {});
      const error = await destroy({ ...target(), stack: "other" }).catch((e) => e);
      expect(error.message).to.match(/holds stack test-\d+ of shop, not other of shop$/);
    });

    it("refuses to deploy a stack that is being deployed", async () => {
      const first = run(() => void new aws.sqs.Queue("queue"));

      expect((await failureOf(() => {})).message).to.match(/is being deployed already$/);
      await first;
    });
  });
});

function namesOf(summary: Summary): Record<keyof Summary, string[]> {
  return Object.fromEntries(
    Object.entries(summary).map(([key, subjects]) => [
      key,
      subjects.map(({ name }: { name: string }) => name).sort(),
    ]),
  ) as Record<keyof Summary, string[]>;
}
