import { expect } from "chai";
import { takeInventory } from "../../../local/engine/inventory.ts";
import { type EngineTestCloud, region, startEngineCloud } from "./engine-cloud.ts";
import { EngineRun, type Outcome } from "./engine-run.ts";
import { copyOfProgram, type Project } from "./project.ts";
import { installMs, pulumiCli } from "./pulumi-cli.ts";

const prices = {
  algorithm: { container: "containers/sklearn-regressor" },
  etl: { script: "glue/churn_etl.py" },
  training: {
    metricDefinitions: [{ name: "validation:rmse", regex: "validation:rmse=([0-9.e+-]+)" }],
  },
  validation: { metric: "validation:rmse", direction: "min", threshold: 1 },
  data: { forceDestroy: true },
};

// The same program as on AWS, its components of awsx made by the local provider: the engine asks for them.
describe("a container of one's own and a network, by the real engine", () => {
  let cloud: EngineTestCloud;
  let copy: Project;
  let engine: EngineRun;
  const stepOf = ({ steps }: Outcome, type: string) => steps.find((step) => step.type === type);

  before(async function () {
    this.timeout(installMs);
    await pulumiCli();
    cloud = await startEngineCloud();
    copy = await copyOfProgram();
    engine = await EngineRun.of(copy, cloud);
    await copy.configure("local", {
      "aws:region": region,
      "retraining:pipelines": { prices },
      "retraining:network": { create: { cidrBlock: "10.1.0.0/16" } },
    });
  });

  after(async () => {
    await copy?.remove();
    await cloud?.stop();
  });

  it("are previewed, with the image not known yet", async () => {
    const preview = await engine.preview();

    expect(preview.code, preview.text).to.equal(0);
    for (const type of [
      "awsx:ecr:Repository",
      "awsx:ecr:Image",
      "awsx:ec2:Vpc",
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      "aws:sfn/stateMachine:StateMachine",
    ]) {
      expect(stepOf(preview, type)?.op, type).to.equal("create");
    }
  });

  it("are made, once", async () => {
    const up = await engine.up();
    const again = await engine.up();

    expect(up.code, up.text).to.equal(0);
    expect(stepOf(up, "docker-build:index:Image")?.op, up.text).to.equal("create");
    expect(again.code, again.text).to.equal(0);
    expect(again.steps, again.text).to.deep.equal([]);
    const { resources } = await takeInventory(cloud.endpoint);
    expect(resources["ECR repositories"]).to.deep.equal(["local-prices-container"]);
    const { text } = await engine.run("stack", "export");
    expect(text).to.match(/local-prices-container@sha256:[0-9a-f]{64}/);
    expect(text).to.contain("type=registry,oci-mediatypes=false");
  });

  it("leave nothing behind", async () => {
    const destroyed = await engine.destroy();

    expect(destroyed.code, destroyed.text).to.equal(0);
    expect((await takeInventory(cloud.endpoint)).resources).to.deep.equal({});
  });
});
