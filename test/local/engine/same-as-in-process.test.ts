import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { takeInventory } from "../../../local/engine/inventory.ts";
import { deploy, destroy } from "../../../local/provider/in-process.ts";
import { projectRoot } from "../../../local/setup/node-packages.mjs";
import { readStackFile } from "../../../local/stack-file.ts";
import { type EngineTestCloud, startEngineCloud } from "./engine-cloud.ts";
import { EngineRun } from "./engine-run.ts";
import { copyOfProgram, type Project } from "./project.ts";
import { installMs, pulumiCli } from "./pulumi-cli.ts";

const project = "retraining";
const stack = "local";

/** A resource as its keeper recorded it. */
interface Recorded {
  urn: string;
  id: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

/** What differs from one making to the next, whoever makes it. */
const everNew =
  /^(lastModified|createDate|creationDate|revisionId|versionId|uniqueId|source|code)$/;

describe("the same program, by the real engine and in one process", () => {
  let cloud: EngineTestCloud;
  let copy: Project;
  let engine: EngineRun;

  before(async function () {
    this.timeout(installMs);
    await pulumiCli();
    cloud = await startEngineCloud();
    copy = await copyOfProgram();
    const file = await readFile(join(projectRoot, "Pulumi.local.yaml"), "utf8");
    await copy.configure(stack, parse(file).config);
    engine = await EngineRun.of(copy, cloud);
  });

  after(async () => {
    await copy?.remove();
    await cloud?.stop();
  });

  it("ends with the same resources", async () => {
    const up = await engine.up();
    expect(up.code, up.text).to.equal(0);
    const byEngine = await exported(engine);
    const inventory = await takeInventory(cloud.endpoint);
    await engine.destroy();

    const stateFile = join(copy.folder, "state.json");
    const target = { project, stack, cloud: cloud.endpoint, stateFile };
    const config = await readStackFile(copy.folder, stack);
    const { default: program } = await import(join(copy.folder, "index.ts"));
    await deploy({ ...target, program: async () => ({ ...(await program()) }), config });
    const inProcess: Recorded[] = JSON.parse(await readFile(stateFile, "utf8")).resources;

    expect(await takeInventory(cloud.endpoint)).to.deep.equal(inventory);
    expect(inProcess.map(({ urn }) => urn).sort()).to.deep.equal(
      byEngine.map(({ urn }) => urn).sort(),
    );
    for (const resource of inProcess) {
      const other = byEngine.find(({ urn }) => urn === resource.urn);
      expect(other && lasting(other), resource.urn).to.deep.equal(lasting(resource));
    }
    await destroy(target);
    expect((await takeInventory(cloud.endpoint)).resources).to.deep.equal({});
  });
});

/** Resources of providers, without components and the provider itself. */
async function exported(engine: EngineRun): Promise<Recorded[]> {
  const { text } = await engine.run("stack", "export");
  const { deployment } = JSON.parse(text);
  return deployment.resources.filter(
    ({ custom, type }: { custom: boolean; type: string }) =>
      custom && !type.startsWith("pulumi:providers:"),
  );
}

function lasting({ id, inputs, outputs }: Recorded) {
  const keep = (values: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(values)
        .filter(([name]) => !everNew.test(name))
        .map(([name, value]) => [name, name === "definition" ? parsed(value) : value]),
    );
  const text = JSON.stringify({ id, inputs: keep(inputs), outputs: keep(outputs) });
  // Names that nobody gave end with seven random digits.
  return JSON.parse(text.replaceAll(/-[0-9a-f]{7}(?![0-9a-f-])/g, "-random"));
}

/** The engine sorts the keys of config, and so of hyperparameters: the order says nothing. */
function parsed(definition: unknown): unknown {
  return JSON.parse(String(definition));
}
