import { expect } from "chai";
import { abalone, abaloneContext, candidates } from "../../support/comparison.ts";

describe("arguments of a comparison's ETL script", () => {
  it("say what to write, and how many test rows can be compared", () => {
    expect(abaloneContext().config.etl.arguments).to.deep.equal({
      FORMATS: "csv,libsvm",
      TASK: "regression",
      MAX_TEST_ROWS: "500000",
    });
  });

  it("bound test rows by what many candidates and resamples leave time for", () => {
    const evaluation = { ...abalone().evaluation, resamples: 10_000 };
    const { config } = abaloneContext({ evaluation, candidates: candidates(20) });

    // 21 sets of predictions, the guess among them
    expect(config.etl.arguments).to.include({ MAX_TEST_ROWS: "28571" });
  });

  it("bound no test rows where only some of them are predicted", () => {
    const evaluation = { ...abalone().evaluation, samples: 30 };

    expect(abaloneContext({ evaluation }).config.etl.arguments).not.to.have.property(
      "MAX_TEST_ROWS",
    );
  });
});
