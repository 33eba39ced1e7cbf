import { expect } from "chai";
import { algorithms } from "../../components/algorithms/index.ts";
import { regionsWith } from "../../components/algorithms/registry.ts";
import { minimalPipeline, parse, problemsOf } from "./pipeline-config.ts";

const legacy = { name: "xgboost", version: "1" };
const oldest = { ...minimalPipeline(), algorithm: legacy };

describe("the region of a stack", () => {
  it("must have the image of the version; the report lists regions that have it, and another version", () => {
    const regions = regionsWith(algorithms.xgboost, "1");

    expect(problemsOf(() => parse({ churn: oldest }, { region: "il-central-1" }))).to.deep.equal([
      {
        path: "pipelines.churn.algorithm.name",
        received: "xgboost",
        rule: `XGBoost 1 has no image in il-central-1; it is in ${regions.join(", ")}`,
        remedy:
          'write version: "3.2-0", which is there too, or deploy to one of these regions: aws:region, below config',
      },
    ]);
    expect(regions).to.include("us-east-2").and.not.include("il-central-1");
  });

  it("is to be another where no version is there", () => {
    const region = "eu-nowhere-1";
    const [problem] = problemsOf(() => parse({ churn: minimalPipeline() }, { region }));

    expect(problem).to.include({
      path: "pipelines.churn.algorithm.name",
      remedy: "deploy to one of these regions: aws:region, below config",
    });
    expect(problem?.rule).to.contain("us-east-2");
  });

  it("is not looked at for an image, or for a version that the catalogue does not know", () => {
    const region = "eu-nowhere-1";
    const image = "123456789012.dkr.ecr.us-east-2.amazonaws.com/team/model:1.0";
    const validation = { enabled: false };

    expect(
      parse(
        {
          own: { ...minimalPipeline(), algorithm: { image }, validation },
          newer: {
            ...minimalPipeline(),
            algorithm: { name: "xgboost", uncheckedVersion: "9.0-1" },
          },
        },
        { region },
      ).pipelines,
    ).to.have.length(2);
  });
});
