import { rm } from "node:fs/promises";
import { CreateRoleCommand, DeleteRoleCommand, DeleteRolePolicyCommand } from "@aws-sdk/client-iam";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { DeploymentError, deploy, destroy } from "../../../local/provider/in-process.ts";
import type { Program } from "../../../local/provider/program-run.ts";
import { read, trust } from "./test-program.ts";
import { nothing, useTestStack } from "./test-stack.ts";

describe("deployment in this process that fails", () => {
  const stack = useTestStack();

  it("names the resource and AWS's error, keeps what was made, and goes on from there", async () => {
    const program = (role: string) => () => {
      new aws.sqs.Queue("queue", { name: "first" });
      new aws.iam.Role("role", { name: "late", assumeRolePolicy: trust });
      new aws.iam.RolePolicy("policy", { role, name: "p", policy: read });
    };
    const error = await stack.failureOf(program("nobody"));

    expect(error).to.be.instanceOf(DeploymentError);
    expect(error.message).to.match(
      /^cannot create aws:iam\/rolePolicy:RolePolicy "policy": NoSuchEntity(Exception)?: .*nobody/,
    );
    const made = JSON.parse(await stack.state()).resources.map(
      ({ name }: { name: string }) => name,
    );
    expect(made).to.have.members(["queue", "role"]);

    const { summary } = await stack.run(program("late"));
    expect(summary).to.deep.equal({
      ...nothing,
      created: ["policy"],
      unchanged: ["queue", "role"],
    });
    await stack.cloud.clients.iam.send(
      new DeleteRolePolicyCommand({ RoleName: "late", PolicyName: "p" }),
    );
  });

  it("makes again what it had made when it was killed before it knew", async () => {
    const program = () => {
      const role = new aws.iam.Role("role", { name: "unknown", assumeRolePolicy: trust });
      new aws.cloudwatch.LogGroup("logs", { name: "unknown" });
      new aws.s3.Bucket("bucket", { bucket: "unknown" });
      new aws.glue.Job("job", {
        name: "unknown",
        roleArn: role.arn,
        glueVersion: "5.0",
        command: { scriptLocation: "s3://unknown/script.py" },
      });
    };
    await stack.run(program);
    await rm(stack.target().stateFile);

    const { summary } = await stack.run(program);

    expect(summary).to.deep.equal({ ...nothing, created: ["bucket", "job", "logs", "role"] });
  });

  it("does not take what somebody else has made", async () => {
    const name = "taken";
    const role = { RoleName: name, AssumeRolePolicyDocument: trust };
    await stack.cloud.clients.iam.send(new CreateRoleCommand(role));

    const error = await stack.failureOf(() => {
      new aws.iam.Role("role", { name, assumeRolePolicy: trust });
    });

    expect(error.message).to.match(/^cannot create aws:iam\/role:Role "role": EntityAlreadyExists/);
    await stack.cloud.clients.iam.send(new DeleteRoleCommand({ RoleName: name }));
  });

  it("makes nothing of what depends on what failed", async () => {
    const error = await stack.failureOf(() => {
      const bucket = new aws.s3.Bucket("bucket", { bucket: "UPPER" });
      new aws.sqs.Queue("queue", { name: bucket.bucket });
    });

    expect(error.message).to.match(
      /^cannot use the inputs of aws:s3\/bucket:Bucket "bucket": bucket: must match/,
    );
    expect(await stack.leftovers()).to.deep.equal([]);
  });

  it("deletes later what a replacement could not", async () => {
    const program = (bucket: string) => () => {
      new aws.s3.Bucket("bucket", { bucket });
    };
    await stack.run(program("full"));
    await stack.cloud.clients.s3.send(
      new PutObjectCommand({ Bucket: "full", Key: "a", Body: "1" }),
    );

    const error = await stack.failureOf(program("fresh"));
    expect(error.message).to.match(/^cannot delete aws:s3\/bucket:Bucket "bucket": BucketNotEmpty/);
    expect(await stack.leftovers()).to.have.members(["full", "fresh"]);

    await stack.cloud.clients.s3.send(new DeleteObjectCommand({ Bucket: "full", Key: "a" }));
    expect((await stack.run(program("fresh"))).summary).to.deep.equal({
      ...nothing,
      unchanged: ["bucket"],
    });
    expect(await stack.leftovers()).to.deep.equal(["fresh"]);
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
      const error = await stack.failureOf(program);

      expect(error.message).to.match(message);
      expect(process.listeners("unhandledRejection")).to.deep.equal(listeners);
      expect((await stack.run(() => ({ fine: true }))).outputs).to.deep.equal({ fine: true });
    });
  }

  it("says so when the cloud cannot be reached", async () => {
    const options = {
      ...stack.target(),
      cloud: { ...stack.cloud.endpoint, endpointUrl: "http://127.0.0.1:9" },
      config: {},
    };
    const error = await deploy({
      ...options,
      program: () => void new aws.sqs.Queue("queue"),
    }).catch((e) => e);

    expect(error.message).to.match(/^cannot create aws:sqs\/queue:Queue "queue": ECONNREFUSED/);
  });

  it("refuses a stack of another region, and a state file of another stack", async () => {
    expect((await stack.failureOf(() => {}, { "aws:region": "eu-west-1" })).message).to.match(
      /aws:region is eu-west-1, the local cloud is in us-east-2/,
    );

    await stack.run(() => {});
    const error = await destroy({ ...stack.target(), stack: "other" }).catch((e) => e);
    expect(error.message).to.match(/holds stack test-\d+ of shop, not other of shop$/);
  });

  it("refuses to deploy a stack that is being deployed", async () => {
    const first = stack.run(() => void new aws.sqs.Queue("queue"));

    expect((await stack.failureOf(() => {})).message).to.match(/is being deployed already$/);
    await first;
  });
});
