import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parse as parseYaml } from "yaml";
import {
  candidateEndpointSection,
  comparisonSection,
  evaluationSection,
  promotionSection,
  splitSection,
} from "../../stacks/comparison-sections.ts";
import {
  algorithmSection,
  dataSection,
  endpointSection,
  etlSection,
  logsSection,
  spotSection,
  trainingSection,
  validationSection,
} from "../../stacks/pipeline-sections.ts";
import { retrainingStack } from "../../stacks/retraining-stack.ts";
import { tuningSection } from "../../stacks/tuning-sections.ts";
import { record } from "../support/mocks.ts";
import { region } from "../support/pipeline.ts";
import { parse } from "./pipeline-config.ts";

const guide = read("docs/configuration.md");
const guides = [
  "docs/configuration.md",
  "docs/etl-scripts.md",
  "docs/migration-from-cdk-sample.md",
];

function read(file: string): string {
  return readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
}

/** Pipelines of each example in the texts, by the file that it stands in. */
const examples: [string, Record<string, unknown>][] = [
  ...guides.flatMap((file) =>
    [...read(file).matchAll(/^```yaml\n(.*?)^```/gms)].map(
      ([, yaml]): [string, Record<string, unknown>] => [file, parseYaml(`${yaml}`)],
    ),
  ),
  ...[...read("README.md").matchAll(/^ {4}config:\n(( {6}.*)?\n)+/gm)].map(
    ([yaml]): [string, Record<string, unknown>] => ["README.md", parseYaml(yaml).config],
  ),
];

const sections = {
  algorithm: algorithmSection,
  etl: { ...etlSection, arguments: undefined },
  training: {
    ...trainingSection,
    instanceType: undefined,
    hyperparameters: undefined,
    uncheckedHyperparameters: undefined,
    channels: undefined,
  },
  "training.spot": spotSection,
  validation: validationSection,
  endpoint: { ...endpointSection, name: undefined, instanceType: undefined },
  data: dataSection,
  logs: logsSection,
  tuning: tuningSection,
};

const comparison = {
  "": comparisonSection,
  "split.": splitSection,
  "evaluation.": evaluationSection,
  "promotion.": promotionSection,
  "endpoint.": candidateEndpointSection,
};

describe("documented config", () => {
  it("is in each text", () => {
    expect(examples.map(([file]) => file)).to.include.members([...guides, "README.md"]);
  });

  for (const [file, config] of examples) {
    const pipelines = config["retraining:pipelines"] as object;
    it(`deploys as it stands: ${Object.keys(pipelines).join(", ")} in ${file}`, async () => {
      const stack = parse(pipelines, { region });
      const { resources } = await record(() => retrainingStack(stack));

      const machines = resources.filter(({ type }) => type === "aws:sfn/stateMachine:StateMachine");
      expect(machines).to.have.length(stack.pipelines.length);
      expect(stack.warnings).to.deep.equal([]);
    });
  }

  for (const [section, keys] of Object.entries(sections)) {
    it(`has a row for each key of ${section}`, () => {
      const missing = Object.keys(keys).filter((key) => !guide.includes(`| \`${section}.${key}\``));

      expect(missing).to.deep.equal([]);
    });
  }

  for (const [prefix, keys] of Object.entries(comparison)) {
    it(`has a row for each key of comparisons, ${prefix || "at the top"}`, () => {
      const text = read("docs/comparison.md");
      const missing = Object.keys(keys).filter((key) => !text.includes(`\`${prefix}${key}\``));

      expect(missing).to.deep.equal([]);
    });
  }
});
