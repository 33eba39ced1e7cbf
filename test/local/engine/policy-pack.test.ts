import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { projectRoot } from "../../../local/setup/node-packages.mjs";
import { type EngineTestCloud, startEngineCloud } from "./engine-cloud.ts";
import { EngineRun } from "./engine-run.ts";
import { copyOfProgram, type Project } from "./project.ts";
import { installMs, pulumiCli } from "./pulumi-cli.ts";

describe("the policy pack under the real engine", () => {
  let cloud: EngineTestCloud;
  let project: Project;
  let engine: EngineRun;

  before(async function () {
    this.timeout(installMs);
    await pulumiCli();
    cloud = await startEngineCloud();
  });

  after(() => cloud?.stop());

  beforeEach(async () => {
    project = await copyOfProgram();
    engine = await EngineRun.of(project, cloud);
    for (const stack of ["dev", "prod"]) await project.configure(stack, await stackConfig(stack));
  });

  afterEach(() => project.remove());

  for (const stack of ["dev", "prod"]) {
    it(`finds no violation in a preview of ${stack}`, async () => {
      const { code, text } = await preview(stack);

      expect(code, text).to.equal(0);
      expect(text).to.match(/retraining-security@v\d/);
      // Advice is what the engine makes of a rule that could not be checked.
      expect(text).not.to.match(/mandatory|advisory|warning|error:/);
    });
  }

  it("refuses a resource without its safeguard, and says which", async () => {
    await edit("components/logged-state-machine.ts", [
      "tracingConfiguration: { enabled: true }",
      "tracingConfiguration: { enabled: false }",
    ]);

    const { code, text } = await preview("prod");

    expect(code).to.not.equal(0);
    expect(violations(text)).to.deep.equal(["AwsSolutions-SF2 churn-retraining"]);
    expect(text).to.contain("X-Ray tracing is off");
  });

  it("refuses resources that do not go together, where names are unknown yet", async () => {
    await edit("components/data-bucket.ts", [
      "blockPublicPolicy: true",
      "blockPublicPolicy: false",
    ]);

    const { code, text } = await preview("prod");

    expect(code).to.not.equal(0);
    expect(violations(text)).to.deep.equal(["AwsSolutions-S2 churn-data"]);
    expect(text).to.contain("public access is open: blockPublicPolicy is not true");
  });

  it("says where there is no pack", async () => {
    const folder = join(projectRoot, "components");

    const { code, text } = await engine.run("preview", "-s", "dev", `--policy-pack=${folder}`);

    expect(code).to.not.equal(0);
    expect(text).to.contain("PulumiPolicy.yaml");
  });

  function preview(stack: string) {
    const pack = join(projectRoot, "policy");
    return engine.run("preview", "--stack", stack, "--non-interactive", "--policy-pack", pack);
  }

  async function edit(name: string, [before, after]: [string, string]) {
    const file = join(project.folder, name);
    const text = await readFile(file, "utf8");
    if (!text.includes(before)) throw new Error(`${name} has no ${before}`);
    await writeFile(file, text.replace(before, after));
  }
});

async function stackConfig(stack: string): Promise<Record<string, unknown>> {
  return parse(await readFile(join(projectRoot, `Pulumi.${stack}.yaml`), "utf8")).config;
}

/** Rule and resource of each line such as `- [mandatory]  AwsSolutions-S2  (aws:s3/bucket:Bucket: churn-data)`. */
function violations(text: string): string[] {
  const lines = text.matchAll(/\[(?:mandatory|advisory)\]\s+(\S+)\s+\(\S+: (.+)\)/g);
  return [...new Set([...lines].map(([, rule, name]) => `${rule} ${name}`))];
}
