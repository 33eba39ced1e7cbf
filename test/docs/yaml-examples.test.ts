import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse as parseYaml } from "yaml";
import { projectRoot } from "../../local/setup/node-packages.mjs";
import { parseStackConfig } from "../../stacks/config.ts";
import { retrainingStack } from "../../stacks/retraining-stack.ts";
import { record } from "../support/mocks.ts";
import { region } from "../support/pipeline.ts";

const texts = [
  "README.md",
  ...readdirSync(join(projectRoot, "docs")).map((name) => `docs/${name}`),
].filter((name) => name.endsWith(".md"));

type Config = Record<string, unknown>;

/** Every block of YAML in a text that configures the program, with the line that it begins in. */
function examplesIn(file: string): { place: string; config: Config }[] {
  const text = readFileSync(join(projectRoot, file), "utf8");
  return [...text.matchAll(/^```yaml\n(?<yaml>.*?)^```/gms)].flatMap(({ index, groups }) => {
    const line = text.slice(0, index).split("\n").length + 1;
    const read = parseYaml(groups?.["yaml"] ?? "");
    const config: Config = read?.config ?? read;
    const isOurs = Object.keys(config).some((key) => key.startsWith("retraining:"));
    return isOurs ? [{ place: `${file}, line ${line}`, config }] : [];
  });
}

const examples = texts.flatMap(examplesIn);

describe("YAML in the documentation", () => {
  it("is found", () => {
    const files = new Set(examples.map(({ place }) => place.split(",")[0]));
    expect(files).to.include.keys("docs/own-container.md", "docs/private-network.md");
  });

  for (const { place, config } of examples) {
    it(`deploys as it stands: ${place}`, async () => {
      const stack = parseStackConfig({
        stack: "dev",
        region: (config["aws:region"] as string | undefined) ?? region,
        settings: Object.keys(config),
        pipelines: config["retraining:pipelines"],
        comparisons: config["retraining:comparisons"],
        network: config["retraining:network"],
        projectRoot,
      });
      const { resources } = await record(() => retrainingStack({ ...stack, region, warnings: [] }));

      const machines = resources.filter(({ type }) => type === "aws:sfn/stateMachine:StateMachine");
      const entries = [...stack.pipelines, ...stack.comparisons].filter(({ enabled }) => enabled);
      expect(entries).to.not.deep.equal([]);
      expect(machines).to.have.length(entries.length);
    });
  }
});
