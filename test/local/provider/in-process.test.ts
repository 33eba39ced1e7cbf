import { join } from "node:path";
import { GetFunctionCommand } from "@aws-sdk/client-lambda";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { DeleteQueueCommand } from "@aws-sdk/client-sqs";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { deploy, destroy } from "../../../local/provider/in-process.ts";
import { everything, shop } from "./test-program.ts";
import { namesOf, nothing, useTestStack } from "./test-stack.ts";

describe("deployment in this process", () => {
  const stack = useTestStack();

  it("creates what the program registers and gives its outputs, resolved", async () => {
    const { outputs, summary } = await stack.run(shop);

    expect(summary).to.deep.equal({ ...nothing, created: everything });
    expect(outputs).to.deep.equal({
      bucket: "shop",
      functionArn: "arn:aws:lambda:us-east-2:000000000000:function:shop-api",
    });
    const { Configuration } = await stack.cloud.clients.lambda.send(
      new GetFunctionCommand({ FunctionName: "shop-api" }),
    );
    expect(Configuration?.Environment?.Variables).to.deep.equal({ BUCKET: "shop" });
  });

  it("changes nothing the second time, and keeps made-up names", async () => {
    await stack.run(shop);
    const before = await stack.state();
    const { summary } = await stack.run(shop);

    expect(summary).to.deep.equal({ ...nothing, unchanged: everything });
    expect(await stack.state()).to.equal(before);
  });

  for (const [what, args, updated] of [
    ["the code of a function", { source: "2" }, "api"],
    ["the retention of a log group", { retentionInDays: 14 }, "logs"],
  ] as const) {
    it(`updates ${what} alone`, async () => {
      await stack.run(shop);
      const { summary } = await stack.run(() => shop(args));

      const unchanged = everything.filter((name) => name !== updated);
      expect(summary).to.deep.equal({ ...nothing, updated: [updated], unchanged });
    });
  }

  it("deletes what the program no longer has, and nothing else", async () => {
    await stack.run(shop);
    const { summary } = await stack.run(() => shop({ script: false }));

    const unchanged = everything.filter((name) => name !== "script");
    expect(summary).to.deep.equal({ ...nothing, deleted: ["script"], unchanged });
  });

  it("replaces a bucket and what is in it, and updates what uses it", async () => {
    await stack.run(shop);
    const { summary } = await stack.run(() => shop({ bucket: "shop-2" }));

    expect(summary).to.deep.equal({
      ...nothing,
      replaced: ["data", "script", "versioning"],
      updated: ["api"],
      unchanged: ["logs", "policy", "role"],
    });
    expect(await stack.leftovers())
      .to.include("shop-2")
      .and.not.include("shop");
  });

  it("deletes first what would have the name of its replacement, with what cannot outlive it", async () => {
    await stack.run(shop);
    const operations: string[] = [];
    const { summary } = await stack.run(
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
    await stack.run(shop);
    const { s3 } = stack.cloud.clients;
    await s3.send(new PutObjectCommand({ Bucket: "shop", Key: "input/a.csv", Body: "1" }));
    await s3.send(new PutObjectCommand({ Bucket: "shop", Key: "input/a.csv", Body: "2" }));
    await s3.send(new DeleteObjectCommand({ Bucket: "shop", Key: "input/a.csv" }));

    const { summary } = await destroy(stack.target());

    expect(namesOf(summary)).to.deep.equal({ ...nothing, deleted: everything });
    expect(await stack.leftovers()).to.deep.equal([]);
  });

  it("destroys what is gone already, and destroys twice", async () => {
    const { outputs } = await stack.run(() => ({ url: new aws.sqs.Queue("queue").url }));
    await stack.cloud.clients.sqs.send(
      new DeleteQueueCommand({ QueueUrl: String(outputs["url"]) }),
    );

    expect(namesOf((await destroy(stack.target())).summary).deleted).to.deep.equal(["queue"]);
    expect(namesOf((await destroy(stack.target())).summary)).to.deep.equal(nothing);
  });

  it("makes again what is gone from the cloud", async () => {
    const { outputs } = await stack.run(() => {
      shop();
      return { url: new aws.sqs.Queue("queue", { name: "queue" }).url };
    });
    await stack.cloud.clients.sqs.send(
      new DeleteQueueCommand({ QueueUrl: String(outputs["url"]) }),
    );
    const { summary } = await stack.run(() => {
      shop();
      new aws.sqs.Queue("queue", { name: "queue" });
    });

    expect(summary).to.deep.equal({ ...nothing, created: ["queue"], unchanged: everything });
  });

  it("makes resources in the order of what they depend on", async () => {
    const order: string[] = [];
    await stack.run(shop, {}, ({ name }) => order.push(name));

    expect(order.indexOf("data")).to.be.lessThan(order.indexOf("versioning"));
    expect(order.indexOf("versioning")).to.be.lessThan(order.indexOf("script"));
    for (const name of ["data", "logs", "role", "policy"]) {
      expect(order.indexOf(name), name).to.be.lessThan(order.indexOf("api"));
    }
  });

  it("names resources as the engine does", async () => {
    await stack.run(shop);

    const urns = JSON.parse(await stack.state()).resources.map(({ urn }: { urn: string }) => urn);
    expect(urns).to.include.members([
      `urn:pulumi:${stack.name}::shop::aws:s3/bucket:Bucket::data`,
      `urn:pulumi:${stack.name}::shop::test:index:Api$aws:iam/role:Role::role`,
    ]);
  });

  it("gives the program its config, project and stack", async () => {
    const pipelines = JSON.stringify({ churn: { endpoint: { name: "churn" } } });
    const { outputs } = await stack.run(
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
      place: `shop ${stack.name}`,
    });
  });

  it("answers the program's questions about where it is", async () => {
    const { outputs } = await stack.run(async () => ({
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
        ...stack.target(),
        stack: name,
        stateFile: join(stack.cloud.folder, `${name}.json`),
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
      await destroy({
        ...stack.target(),
        stack: name,
        stateFile: join(stack.cloud.folder, `${name}.json`),
      });
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

    expect((await stack.run(queue("hush-1"))).outputs).to.deep.equal({ secret: [true, "hush-1"] });
    expect((await stack.run(queue("hush-1"))).summary.unchanged).to.deep.equal(["queue"]);
    expect((await stack.run(queue("hush-2"))).summary.updated).to.deep.equal(["queue"]);
    expect(await stack.state()).not.to.include("hush");
  });

  it("leaves what the program ignores, retains and protects", async () => {
    const program =
      (visibilityTimeoutSeconds: number, options: pulumi.CustomResourceOptions) => () => {
        new aws.sqs.Queue("queue", { name: "kept", visibilityTimeoutSeconds }, options);
      };
    await stack.run(program(10, { protect: true }));
    expect(
      (await stack.run(program(20, { protect: true, ignoreChanges: ["visibilityTimeoutSeconds"] })))
        .summary.unchanged,
    ).to.deep.equal(["queue"]);
    const renamed = await stack.failureOf(
      () => void new aws.sqs.Queue("queue", { name: "moved" }, { protect: true }),
    );
    expect(renamed.message).to.match(
      /cannot replace aws:sqs\/queue:Queue "queue": it is protected/,
    );
    expect((await stack.failureOf(() => {})).message).to.match(
      /cannot delete aws:sqs\/queue:Queue "queue": it is protected/,
    );

    await stack.run(program(10, { retainOnDelete: true }));
    await stack.run(() => {});
    const [url] = (await stack.leftovers()) as string[];
    expect(url).to.match(/\/kept$/);
    await stack.cloud.clients.sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
  });
});
