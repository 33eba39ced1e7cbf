import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { expect } from "chai";
import { takeInventory } from "../../../local/engine/inventory.ts";
import { type EngineTestCloud, region, startEngineCloud } from "./engine-cloud.ts";
import { EngineRun } from "./engine-run.ts";
import { type Project, projectOf } from "./project.ts";
import { installMs, pulumiCli } from "./pulumi-cli.ts";

const queue = "aws:sqs/queue:Queue";
const stateMachine = "aws:sfn/stateMachine:StateMachine";
const secret = "not-for-the-state-file";

describe("the local provider, asked by the real engine", () => {
  let cloud: EngineTestCloud;
  let project: Project;
  let engine: EngineRun;

  before(async function () {
    this.timeout(installMs);
    await pulumiCli();
    cloud = await startEngineCloud();
    await createRole(cloud);
    project = await projectOf("");
    await project.configure("local", { "aws:region": region });
    engine = await EngineRun.of(project, cloud);
  });

  after(async () => {
    await project?.remove();
    await cloud?.stop();
  });

  /** The program from now on. */
  const program = (body: string) =>
    writeFile(
      join(project.folder, "index.ts"),
      `import * as aws from "@pulumi/aws";\nimport * as pulumi from "@pulumi/pulumi";\n${body}\n`,
    );

  const machine = (name: string, args: object) => {
    const definition = '{"StartAt":"End","States":{"End":{"Type":"Succeed"}}}';
    const all = { roleArn: "arn:aws:iam::000000000000:role/any", definition, ...args };
    return `new aws.sfn.StateMachine("${name}", ${JSON.stringify(all)});`;
  };

  it("makes a wrong input an error of the preview that names resource and property", async () => {
    await program(
      'new aws.sqs.Queue("jobs", { visibilityTimeoutSeconds: -1, namePrefix: "x" } as never);',
    );

    const { code, text } = await engine.run("preview");

    expect(code).not.to.equal(0);
    expect(text)
      .to.include("jobs")
      .and.to.match(/visibilityTimeoutSeconds.*(at least 0|between 0)/);
    expect(text).to.match(/namePrefix.*does not support this property/);
  });

  it("says of a resource type that it does not know it", async () => {
    await program('new aws.sns.Topic("news");');

    const { code, text } = await engine.run("preview");

    expect(code).not.to.equal(0);
    expect(text).to.include("news").and.to.include("does not support this resource type");
  });

  it("gives an error of a function to the program", async () => {
    await program(
      'await aws.sagemaker.getPrebuiltEcrImage({ repositoryName: "no-such-algorithm" });',
    );

    const { code, text } = await engine.run("preview");

    expect(code).not.to.equal(0);
    expect(text).to.include("no-such-algorithm");
  });

  it("refuses a stack of another region than the cloud's", async () => {
    await program('new aws.sqs.Queue("jobs");');
    await project.configure("abroad", { "aws:region": "eu-west-1" });

    const { code, text } = await engine.run("preview", "--stack", "abroad");

    expect(code).not.to.equal(0);
    expect(text).to.include("eu-west-1").and.to.include(region);
  });

  it("previews what is known only later, and makes it", async () => {
    await program(`
      const jobs = new aws.sqs.Queue("jobs", { name: "jobs" });
      const policy = jobs.arn.apply((Resource) => JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Deny", Principal: "*", Action: "sqs:SendMessage", Resource }],
      }));
      new aws.sqs.QueuePolicy("policy", { queueUrl: jobs.url, policy });
      ${machine("machine", { name: "machine" })}`);

    const preview = await engine.preview();
    const outcome = await engine.up();

    expect(preview.code, preview.text).to.equal(0);
    expect(outcome.code, outcome.text).to.equal(0);
    expect(outcome.changes).to.deep.equal(preview.changes);
  });

  it("changes a resource in place without a word about those that depend on it", async () => {
    await changeProgram('{ name: "jobs" }', '{ name: "jobs", tags: { team: "a" } }');

    const preview = await engine.preview();

    expect(preview.steps).to.deep.equal([
      { op: "update", type: queue, name: "jobs", changed: ["tags"] },
    ]);
  });

  it("makes the new one before the old one goes when a name changes", async () => {
    await changeProgram('{ name: "jobs", tags', '{ name: "tasks", tags');

    const outcome = await engine.up();

    expect(outcome.code, outcome.text).to.equal(0);
    const steps = outcome.steps.filter(({ type }) => type === queue);
    expect(steps.map(({ op }) => op)).to.deep.equal([
      "create-replacement",
      "replace",
      "delete-replaced",
    ]);
    expect(steps[0]?.changed).to.deep.equal(["name", "tags"]);
    const { resources } = await takeInventory(cloud.endpoint);
    expect(resources["queues"]?.join()).to.match(/\/tasks$/);
  });

  it("deletes the old one first where both would have one name", async () => {
    await changeProgram('"name":"machine"', '"name":"machine","type":"EXPRESS"');

    const outcome = await engine.up();

    expect(outcome.code, outcome.text).to.equal(0);
    const steps = outcome.steps.filter(({ type }) => type === stateMachine);
    expect(steps.map(({ op }) => op)).to.deep.equal([
      "delete-replaced",
      "replace",
      "create-replacement",
    ]);
  });

  it("keeps secrets secret in the state, also where AWS gives them back", async () => {
    await program(
      `new aws.sqs.Queue("jobs", { name: "tasks", tags: { team: pulumi.secret("${secret}") } });`,
    );

    const outcome = await engine.up();
    const again = await engine.up();
    const exported = await engine.run("stack", "export", "--show-secrets");

    expect(outcome.code, outcome.text).to.equal(0);
    expect(Object.keys(again.changes)).to.deep.equal(["same"]);
    expect(exported.text).to.include(secret).and.to.include("tagsAll");
    const file = join(
      project.folder,
      ".state",
      "backend",
      ".pulumi",
      "stacks",
      "small",
      "local.json",
    );
    expect(await readFile(file, "utf8"))
      .to.include("tagsAll")
      .and.not.to.include(secret);
  });

  it("gives what AWS says when it refuses", async () => {
    await program(`new aws.s3.BucketVersioning("versions", {
      bucket: "no-such-bucket",
      versioningConfiguration: { status: "Enabled" },
    });`);

    const { code, text } = await engine.run("up", "--yes", "--skip-preview");

    expect(code).not.to.equal(0);
    expect(text).to.include("versions").and.to.include("NoSuchBucket");
  });

  it("leaves nothing behind after destroy", async () => {
    const outcome = await engine.destroy();

    expect(outcome.code, outcome.text).to.equal(0);
    expect((await takeInventory(cloud.endpoint)).resources).to.deep.equal({ "IAM roles": ["any"] });
  });

  async function changeProgram(from: string, to: string): Promise<void> {
    const file = join(project.folder, "index.ts");
    const before = await readFile(file, "utf8");
    expect(before).to.include(from);
    await writeFile(file, before.replace(from, to));
  }
});

/** The role that the machines name: Step Functions takes none that does not let it in. */
async function createRole({ endpoint }: EngineTestCloud): Promise<void> {
  const iam = new IAMClient({
    endpoint: endpoint.endpointUrl,
    region,
    credentials: endpoint.credentials,
  });
  const Principal = { Service: "states.amazonaws.com" };
  await iam.send(
    new CreateRoleCommand({
      RoleName: "any",
      AssumeRolePolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
      }),
    }),
  );
  iam.destroy();
}
