import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CloudWatchLogsClient, PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DeleteBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { parse } from "yaml";
import { takeInventory } from "../../../local/engine/inventory.ts";
import { emptyBucket } from "../../../local/provider/empty-bucket.ts";
import { projectRoot } from "../../../local/setup/node-packages.mjs";
import { type EngineTestCloud, startEngineCloud } from "./engine-cloud.ts";
import { EngineRun, type Outcome } from "./engine-run.ts";
import { copyOfProgram, type Project } from "./project.ts";
import { installMs, pulumiCli } from "./pulumi-cli.ts";

const stateMachine = "aws:sfn/stateMachine:StateMachine";
const bucketObject = "aws:s3/bucketObjectv2:BucketObjectv2";

describe("the program under the real engine", () => {
  let cloud: EngineTestCloud;
  let project: Project;
  let engine: EngineRun;
  let config: Record<string, unknown>;

  before(async function () {
    this.timeout(installMs);
    await pulumiCli();
    cloud = await startEngineCloud();
    project = await copyOfProgram();
    config = await stackConfig("local");
    await project.configure("local", config);
    engine = await EngineRun.of(project, cloud);
  });

  after(async () => {
    await project?.remove();
    await cloud?.stop();
  });

  const left = async () => (await takeInventory(cloud.endpoint)).resources;

  it("previews a stack without making anything", async () => {
    const outcome = await engine.preview();

    expect(outcome.code, outcome.text).to.equal(0);
    expect(outcome.changes["create"]).to.be.above(40);
    expect(await left()).to.deep.equal({});
  });

  for (const stack of ["dev", "prod"]) {
    it(`previews stack ${stack} with nothing to complain of`, async () => {
      await project.configure(stack, await stackConfig(stack));

      const { code, text } = await engine.run("preview", "--stack", stack);

      expect(code, text).to.equal(0);
      expect(text).not.to.match(/warning|error:/);
    });
  }

  it("makes with up what the preview announced", async () => {
    const announced = await engine.preview();

    const outcome = await engine.up();

    expect(outcome.code, outcome.text).to.equal(0);
    expect(outcome.changes).to.deep.equal(announced.changes);
    expect(Object.keys(await left())).to.include.members(["S3 buckets", "state machines"]);
  });

  it("changes nothing with a second up", async () => {
    const outcome = await engine.up();

    expect(outcome.code, outcome.text).to.equal(0);
    expect(Object.keys(outcome.changes)).to.deep.equal(["same"]);
  });

  it("finds nothing to refresh in what it has just made", async () => {
    const outcome = await engine.refresh();

    expect(outcome.code, outcome.text).to.equal(0);
    expect(Object.keys(outcome.changes)).to.deep.equal(["same"]);
  });

  it("updates the state machine alone when a hyperparameter changes", async () => {
    const key = "retraining:pipelines.churn.training.hyperparameters.max_depth";
    const set = await engine.run("config", "set", "--path", key, "7");
    expect(set.code, set.text).to.equal(0);

    const preview = await engine.preview();
    const outcome = await engine.up();

    expect(operations(preview)).to.deep.equal([`update ${stateMachine}`]);
    expect(operations(outcome)).to.deep.equal([`update ${stateMachine}`]);
    expect(outcome.steps[0]?.changed).to.deep.equal(["definition"]);
  });

  it("writes the config that was set into the stack's own file, without the local salt", async () => {
    const text = await readFile(join(project.folder, "Pulumi.local.yaml"), "utf8");

    expect(parse(text)).to.have.all.keys("config");
    expect(parse(text).config["retraining:pipelines"].churn.training.hyperparameters).to.include({
      max_depth: 7,
    });
  });

  it("updates the script's object alone when the ETL script changes", async () => {
    await appendFile(join(project.folder, "glue", "churn_etl.py"), "\n# changed\n");

    const outcome = await engine.up();

    expect(operations(outcome)).to.deep.equal([`update ${bucketObject}`]);
    expect(outcome.steps[0]).to.include({ name: "churn-etl-script" });
    expect(outcome.steps[0]?.changed).to.deep.equal(["source"]);
  });

  it("makes the resources of a pipeline that is added to the config, and touches no others", async () => {
    const { churn } = config["retraining:pipelines"] as { churn: Record<string, unknown> };
    const file = parse(await readFile(join(project.folder, "Pulumi.local.yaml"), "utf8"));
    file.config["retraining:pipelines"].second = {
      ...churn,
      endpoint: { ...(churn["endpoint"] as object), name: "second" },
    };
    await project.configure("local", file.config);

    const outcome = await engine.up();

    expect(outcome.code, outcome.text).to.equal(0);
    expect(outcome.changes).to.have.all.keys("create", "same");
    for (const { name } of outcome.steps) expect(name).to.match(/^second(-|$)/);
    expect(outcome.changes["create"]).to.be.above(40);
  });

  it("sees what somebody else has changed or deleted, and puts it right", async () => {
    const clients = {
      s3: new S3Client(clientConfig()),
      logs: new CloudWatchLogsClient(clientConfig()),
    };
    const [bucket = ""] = ((await left())["S3 buckets"] ?? []).filter((name) =>
      name.includes("second"),
    );
    await emptyBucket(clients.s3, bucket);
    await clients.s3.send(new DeleteBucketCommand({ Bucket: bucket }));
    await clients.logs.send(
      new PutRetentionPolicyCommand({
        logGroupName: "/aws/vendedlogs/states/local-second-retraining",
        retentionInDays: 1,
      }),
    );

    const drift = await engine.refresh();
    const outcome = await engine.up();
    const again = await engine.up();

    const seen = drift.steps.map(({ op, type, name }) => `${op} ${type} ${name}`);
    expect(drift.code, drift.text).to.equal(0);
    expect(drift.changes["delete"], JSON.stringify(seen)).to.be.above(0);
    expect(drift.changes["update"]).to.equal(1);
    expect(outcome.code, outcome.text).to.equal(0);
    expect((await left())["S3 buckets"]).to.include(bucket);
    expect(Object.keys(again.changes)).to.deep.equal(["same"]);
    for (const client of Object.values(clients)) client.destroy();
  });

  it("deletes the resources of a pipeline that is taken out of the config, and no others", async () => {
    const file = parse(await readFile(join(project.folder, "Pulumi.local.yaml"), "utf8"));
    delete file.config["retraining:pipelines"].second;
    await project.configure("local", file.config);

    const outcome = await engine.up();

    expect(outcome.code, outcome.text).to.equal(0);
    expect(outcome.changes).to.have.all.keys("delete", "same");
    for (const { name } of outcome.steps) expect(name).to.match(/^second(-|$)/);
    for (const names of Object.values(await left())) {
      for (const name of names) expect(name).not.to.include("second");
    }
  });

  it("goes on where an interrupted up or destroy ended", async () => {
    const atBucket = /"resOutputsEvent".*aws:s3\/bucket:Bucket/;

    // One resource at a time, that the signal comes long before the end.
    const down = await engine.interrupted(/"resOutputsEvent"/, () =>
      engine.destroy("--parallel", "1"),
    );
    const between = await left();
    const gone = await engine.destroy();
    const empty = await left();
    const up = await engine.interrupted(atBucket, () => engine.up());
    const again = await engine.up();

    expect(down.text).to.include("cancelling");
    expect(between).not.to.deep.equal({});
    expect(gone.code, gone.text).to.equal(0);
    expect(empty).to.deep.equal({});
    expect(up.text).to.include("cancelling");
    expect(again.code, again.text).to.equal(0);
    expect(again.changes).to.include.keys("create", "same");
  });

  it("leaves nothing behind after destroy, also of what is gone already", async () => {
    const s3 = new S3Client(clientConfig());
    const Bucket = (await left())["S3 buckets"]?.[0] ?? "";
    await emptyBucket(s3, Bucket);
    await s3.send(new DeleteBucketCommand({ Bucket }));
    s3.destroy();

    const outcome = await engine.destroy();

    expect(outcome.code, outcome.text).to.equal(0);
    expect(Object.keys(outcome.changes)).to.deep.equal(["delete"]);
    expect(await left()).to.deep.equal({});
  });

  function clientConfig() {
    return {
      endpoint: cloud.endpoint.endpointUrl,
      region: cloud.endpoint.region,
      credentials: cloud.endpoint.credentials,
      forcePathStyle: true,
    };
  }
});

/** `update aws:...`, in alphabetical order; without the engine's own lines for components and the stack. */
function operations({ steps }: Outcome): string[] {
  return steps.map(({ op, type }) => `${op} ${type}`).sort();
}

async function stackConfig(stack: string): Promise<Record<string, unknown>> {
  return parse(await readFile(join(projectRoot, `Pulumi.${stack}.yaml`), "utf8")).config;
}
