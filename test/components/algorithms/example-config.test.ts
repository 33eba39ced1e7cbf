import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { parse } from "yaml";
import { exampleConfig } from "../../../components/algorithms/example-config.ts";
import { algorithms } from "../../../components/algorithms/index.ts";
import { regionsWith } from "../../../components/algorithms/registry.ts";
import { parseStackConfig } from "../../../stacks/config.ts";
import { retrainingStack } from "../../../stacks/retraining-stack.ts";
import { record } from "../../support/mocks.ts";
import { region } from "../../support/pipeline.ts";

/** As the program reads it from `Pulumi.<stack>.yaml`, but in the region that mocks deploy to. */
function configOf(yaml: string) {
  const { config } = parse(yaml);
  return parseStackConfig({
    stack: "dev",
    region,
    settings: Object.keys(config),
    pipelines: config["retraining:pipelines"],
    projectRoot: fileURLToPath(new URL("../../..", import.meta.url)),
  });
}

describe("exampleConfig", () => {
  for (const [name, algorithm] of Object.entries(algorithms)) {
    const yaml = exampleConfig(algorithm);

    it(`is right for ${name}, and nothing in it is discouraged`, () => {
      const { pipelines, warnings } = configOf(yaml);

      expect(pipelines.map((pipeline) => pipeline.algorithm)).to.deep.equal([
        { name, version: algorithm.defaultVersion },
      ]);
      expect(warnings).to.deep.equal([]);
    });

    it(`deploys for ${name}, with its image and hyperparameters`, async () => {
      const { find } = await record(() => retrainingStack(configOf(yaml)));

      const definition = String(
        find(`${algorithm.example.pipeline}-retraining`).inputs["definition"],
      );
      expect(definition).to.contain(`/${algorithm.imageRepository}:`);
      for (const hyperparameter of Object.keys(algorithm.example.hyperparameters)) {
        expect(definition).to.contain(`"${hyperparameter}"`);
      }
    });

    it(`fits a terminal for ${name}, indented by 4 as a page about it does`, () => {
      expect(Math.max(...yaml.split("\n").map((line) => line.length))).to.be.at.most(96);
    });
  }

  it("gives each its own pipeline, so that they may stand in one stack", () => {
    const names = Object.values(algorithms).map(({ example }) => example.pipeline);

    expect(new Set(names).size).to.equal(names.length);
  });

  it("names a region that has every image", () => {
    for (const algorithm of Object.values(algorithms)) {
      const region = parse(exampleConfig(algorithm)).config["aws:region"];

      expect(regionsWith(algorithm, algorithm.defaultVersion)).to.include(region);
    }
  });
});
