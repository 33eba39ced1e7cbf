import { expect } from "chai";
import { minimalPipeline, parse, problemsOf } from "./pipeline-config.ts";

const image = "123456789012.dkr.ecr.us-east-2.amazonaws.com/team/model:1.0";
const off = { ...minimalPipeline(), enabled: false };

describe("a pipeline with enabled: false", () => {
  it("is read like any other", () => {
    const { pipelines } = parse({ churn: minimalPipeline(), ratings: off });

    expect(pipelines.map(({ name, enabled }) => [name, enabled])).to.deep.equal([
      ["churn", true],
      ["ratings", false],
    ]);
  });

  it("is checked", () => {
    const wrong = { ...off, validation: { metric: "validation:auc", threshold: 0.9 } };

    expect(
      problemsOf(() => parse({ churn: minimalPipeline(), ratings: wrong })).map(({ path }) => path),
    ).to.deep.equal(["pipelines.ratings.validation.metric"]);
  });

  it("says nothing about what merely may not be meant", () => {
    const own = { ...off, algorithm: { image }, validation: { enabled: false } };

    expect(parse({ churn: minimalPipeline(), own }).warnings).to.deep.equal([]);
    expect(parse({ own: { ...own, enabled: true } }).warnings).to.have.length(1);
  });

  it("may stand in for another one, by the same endpoint", () => {
    const named = (pipeline: object) => ({ ...pipeline, endpoint: { name: "scores" } });

    expect(
      parse({ one: named(minimalPipeline()), two: named(off) }).pipelines.map(
        ({ endpoint }) => endpoint.name,
      ),
    ).to.deep.equal(["scores", "scores"]);
  });

  it("is warned about where there is no other", () => {
    expect(parse({ churn: off }).warnings).to.deep.equal([
      {
        path: "pipelines",
        message: "every pipeline has enabled: false: nothing is deployed, and what was is deleted",
      },
    ]);
  });
});
