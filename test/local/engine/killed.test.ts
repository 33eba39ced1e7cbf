import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { takeInventory } from "../../../local/engine/inventory.ts";
import { projectRoot } from "../../../local/setup/node-packages.mjs";
import { type EngineTestCloud, startEngineCloud } from "./engine-cloud.ts";
import { EngineRun } from "./engine-run.ts";
import { copyOfProgram, type Project } from "./project.ts";
import { installMs, pulumiCli } from "./pulumi-cli.ts";

describe("an engine that is killed in the middle of its work", function () {
  this.timeout(180_000);

  let cloud: EngineTestCloud;
  let project: Project;
  let engine: EngineRun;

  before(async function () {
    this.timeout(installMs);
    await pulumiCli();
    cloud = await startEngineCloud();
    project = await copyOfProgram();
    const text = await readFile(join(projectRoot, "Pulumi.local.yaml"), "utf8");
    await project.configure("local", parse(text).config);
    engine = await EngineRun.of(project, cloud);
  });

  after(async () => {
    await project?.remove();
    await cloud?.stop();
  });

  it("knows what it had made, and makes the rest with the next up", async () => {
    const half = await engine.killed(/"resOutputsEvent".*lambda\/function:Function/, () =>
      engine.up(),
    );
    expect(half.code).to.not.equal(0);
    const made = Object.keys((await takeInventory(cloud.endpoint)).resources);
    expect(made).to.include("IAM roles");

    const rest = await engine.up();

    expect(rest.code, rest.text).to.equal(0);
    expect(rest.changes["same"]).to.be.above(5);
    const again = await engine.up();
    expect(Object.keys(again.changes)).to.deep.equal(["same"]);
  });

  it("leaves nothing that the next destroy does not find", async () => {
    const half = await engine.killed(/"resOutputsEvent".*lambda\/function:Function/, () =>
      engine.destroy(),
    );
    expect(half.code).to.not.equal(0);

    const rest = await engine.destroy();

    expect(rest.code, rest.text).to.equal(0);
    expect((await takeInventory(cloud.endpoint)).resources).to.deep.equal({});
  });
});
